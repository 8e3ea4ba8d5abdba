import { smoothStep } from '../elementary.ts';

/** Movement that has nothing to do with the speech: what a sync measurement must not be taken in by. */
export const distractions = ['hands', 'passers', 'flicker', 'handheld'] as const;
export type Distraction = (typeof distractions)[number];

/** A stretch of a person's own speech, on the clock of the scene, ms. */
export interface Turn {
  readonly startMs: number;
  readonly endMs: number;
}

/** How long a person takes to fall silent or to begin, ms. */
const fadeMs = 120;

/** Share of lips and voice at an instant: 1 within a turn, 0 outside, smooth at its ends. */
export function turnAt(turns: readonly Turn[], ms: number): number {
  if (turns.length === 0) return 1;
  let most = 0;
  for (const { startMs, endMs } of turns)
    most = Math.max(most, smoothStep(startMs, startMs + fadeMs, ms) * smoothStep(endMs, endMs - fadeMs, ms));
  return most;
}

/** All that a presenter's picture depends on besides time. */
export interface Scene {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** Hairline to chin, pixels. */
  readonly facePx: number;
  /** 1 is a lively speaker, 0 a still one. */
  readonly headMotion: number;
  /** Factor on how far the mouth is seen to open; closures stay closures. */
  readonly mouthMotion: number;
  /** Standard deviation of sensor noise at middle grey, 8-bit levels. */
  readonly noise: number;
  readonly distractions: readonly Distraction[];
  /** Instants at which two hands beside the face meet. */
  readonly claps: readonly number[];
  /** When this person speaks; lips are shut between. Empty: throughout. */
  readonly turns: readonly Turn[];
  /** How far the lips are ahead of the voice, ms. */
  readonly lipLeadMs: number;
}
