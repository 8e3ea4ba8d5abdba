import { acceptanceBand, positionInBand } from './published-bands.ts';

/** What is known about when one stream starts. */
export interface StreamStart {
  readonly startMs: number;
  /** The start lies within this of startMs, either way: rounding, and how long one frame or packet stands. */
  readonly withinMs: number;
  /** The start may be later still by up to this: encoder delay or reordering that the file does not state. */
  readonly laterByMs: number;
}

/** How the file is timed: one number with its interval. Positive: sound ahead of picture (ITU-R BT.1359). */
export interface ContainerLead {
  readonly audioLeadMs: number;
  readonly lowestMs: number;
  readonly highestMs: number;
  /** Larger half of the interval. */
  readonly uncertaintyMs: number;
  readonly audioLeadFrames: number | null;
  readonly outcome: 'consistent' | 'inconsistent' | 'inconclusive';
}

/**
 * Sound leads when it starts before the picture: picture start minus sound start. Both starts are intervals, and the ends
 * of theirs give the ends of the lead's: bounds are added, not squared, because roundings are no random errors.
 */
export function containerLead(picture: StreamStart, sound: StreamStart, frameMs: number | null): ContainerLead {
  const audioLeadMs = picture.startMs - sound.startMs;
  const within = picture.withinMs + sound.withinMs;
  const lowestMs = audioLeadMs - within - sound.laterByMs;
  const highestMs = audioLeadMs + within + picture.laterByMs;
  const position = positionInBand(lowestMs, highestMs, acceptanceBand);
  return {
    audioLeadMs,
    lowestMs,
    highestMs,
    uncertaintyMs: Math.max(audioLeadMs - lowestMs, highestMs - audioLeadMs),
    audioLeadFrames: frameMs === null || frameMs <= 0 ? null : audioLeadMs / frameMs,
    outcome: position === 'inside' ? 'consistent' : position === 'outside' ? 'inconsistent' : 'inconclusive',
  };
}
