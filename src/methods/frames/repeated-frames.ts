/** What is needed of the list of frames: how many, and which are the same. */
export interface ComparableFrames {
  readonly count: number;
  same(a: number, b: number): boolean;
  shortHash(index: number): number;
}

/** Neighbouring frames that are the same bit for bit: `length` of them from `first`. */
export interface FrameRun {
  readonly first: number;
  readonly length: number;
}

/** Divides all frames into runs of equal neighbours; most runs have length 1. */
export function equalRuns(frames: ComparableFrames): FrameRun[] {
  const runs: FrameRun[] = [];
  let first = 0;
  for (let i = 1; i <= frames.count; i += 1) {
    if (i < frames.count && frames.same(i, i - 1)) continue;
    runs.push({ first, length: i - first });
    first = i;
  }
  return runs;
}

/** A part of the recording whose frames all occur once more, in the same order and number, later on. */
export interface RepeatedSequence {
  readonly firstFrame: number;
  readonly repeatedAtFrame: number;
  /** Frames, and how many different ones are among them. */
  readonly frames: number;
  readonly differentFrames: number;
}

/**
 * Sequences of at least `leastDifferent` different frames that occur again later, bit for bit. Each later part is held
 * against the nearest earlier one that has its frame, so the work grows with n log n also for a recording of one still
 * picture.
 */
export function repeatedSequences(
  frames: ComparableFrames,
  runs: readonly FrameRun[],
  leastDifferent: number,
): RepeatedSequence[] {
  const earlier = nearestEarlier(frames, runs);
  const found: RepeatedSequence[] = [];
  for (let start = 0; start < runs.length;) {
    const from = earlier[start] ?? -1;
    if (from < 0) {
      start += 1;
      continue;
    }
    let length = 1;
    while (start + length < runs.length && earlier[start + length] === from + length) length += 1;
    const sequence = measure(frames, runs, from, start, length);
    if (sequence.differentFrames >= leastDifferent) found.push(sequence);
    start += length;
  }
  return found;
}

/** For each run the nearest earlier run of the same picture; -1 where it is the first. */
function nearestEarlier(frames: ComparableFrames, runs: readonly FrameRun[]): Int32Array {
  const keys = Float64Array.from(runs, ({ first }) => frames.shortHash(first));
  const sorted = Uint32Array.from(runs, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const earlier = new Int32Array(runs.length).fill(-1);
  for (let i = 1; i < sorted.length; i += 1) {
    const [before, run] = [sorted[i - 1]!, sorted[i]!];
    if (keys[before] === keys[run] && frames.same(runs[before]!.first, runs[run]!.first)) earlier[run] = before;
  }
  return earlier;
}

function measure(
  frames: ComparableFrames,
  runs: readonly FrameRun[],
  from: number,
  start: number,
  length: number,
): RepeatedSequence {
  const different = new Set<number>();
  let count = 0;
  for (let k = 0; k < length; k += 1) {
    const [a, b] = [runs[from + k]!, runs[start + k]!];
    different.add(frames.shortHash(b.first));
    count += Math.min(a.length, b.length);
  }
  return {
    firstFrame: runs[from]!.first,
    repeatedAtFrame: runs[start]!.first,
    ...{ frames: count, differentFrames: different.size },
  };
}

/** Duplicates at a regular distance, as a conversion of the frame rate makes them. */
export interface RegularDuplicates {
  /** Frames from one duplicate to the next. */
  readonly period: number;
  /** Share of the duplicates that keep it, 0…1. */
  readonly share: number;
}

/** The distance that most duplicates keep, where at least ten duplicates and four in five of them keep it. */
export function regularDuplicates(runs: readonly FrameRun[]): RegularDuplicates | undefined {
  const at = runs.filter(({ length }) => length === 2).map(({ first }) => first);
  if (at.length < 10) return undefined;
  const counts = new Map<number, number>();
  for (let i = 1; i < at.length; i += 1) {
    const distance = at[i]! - at[i - 1]!;
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  const [period = 0, count = 0] = [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0] ?? [];
  const share = count / (at.length - 1);
  return share >= 0.8 ? { period, share } : undefined;
}
