/** Movement that has nothing to do with the speech: what a sync measurement must not be taken in by. */
export const distractions = ['hands', 'passers', 'flicker', 'handheld'] as const;
export type Distraction = (typeof distractions)[number];

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
  /** How far the lips are ahead of the voice, ms. */
  readonly lipLeadMs: number;
}
