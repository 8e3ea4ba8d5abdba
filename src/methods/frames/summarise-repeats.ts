import {
  equalRuns,
  regularDuplicates,
  repeatedSequences,
  type FrameRun,
  type RegularDuplicates,
} from './repeated-frames.ts';
import type { RepeatedSequence } from './repeated-frames.ts';
import type { VideoExamination } from './examine-video.ts';
import type { FramesParams } from './parameters.ts';

/** Frames of a moving scene that stand still, or come again. */
export interface Repeats {
  /** Runs of two and more equal neighbours. */
  readonly runs: readonly FrameRun[];
  /** Frames that are the same as the one before. */
  readonly duplicates: number;
  readonly regular: RegularDuplicates | undefined;
  /** Runs that begin and end in motion. */
  readonly freezes: readonly FrameRun[];
  /** With the mean difference between the sequence's neighbours, in levels. */
  readonly sequences: readonly (RepeatedSequence & { readonly motionLevels: number })[];
}

/** Neighbours that are looked at on each side of a standstill. */
const nearby = 12;

/** FORENSIC: a static scene repeats itself by nature, so a repetition only counts where the picture moves. */
export function summariseRepeats(examination: VideoExamination, params: FramesParams): Repeats {
  const { list, difference } = examination;
  const all = equalRuns(list);
  const runs = all.filter(({ length }) => length > 1);
  const motion = (first: number, end: number): number => meanMotion(difference.view(), first, end);
  const freezes = runs.filter(({ first, length }) => {
    const end = first + length;
    const before = motion(Math.max(1, first - nearby), first + 1);
    const after = motion(end, Math.min(list.count, end + nearby));
    return length >= params.leastRepeated && before >= params.motionLevels && after >= params.motionLevels;
  });
  const sequences = repeatedSequences(list, all, params.leastRepeated)
    .map((sequence) => {
      const { repeatedAtFrame, frames } = sequence;
      return { ...sequence, motionLevels: motion(repeatedAtFrame + 1, repeatedAtFrame + frames) };
    })
    .filter(({ motionLevels }) => motionLevels >= params.motionLevels);
  return {
    ...{ runs, freezes, sequences },
    duplicates: runs.reduce((sum, { length }) => sum + length - 1, 0),
    regular: regularDuplicates(runs),
  };
}

/** Mean of the differences of frames first…end−1 to the frame before each; 0 where there are none. */
function meanMotion(difference: Float64Array, first: number, end: number): number {
  const part = difference.subarray(first, end);
  return part.length === 0 ? 0 : part.reduce((sum, value) => sum + value, 0) / part.length;
}
