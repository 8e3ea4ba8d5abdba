/** How regularly pictures follow each other. */
export interface FrameRate {
  /** Usual time from one picture to the next; null for fewer than two. */
  readonly frameMs: number | null;
  readonly shortestMs: number;
  readonly longestMs: number;
  /** Share of intervals that differ from the usual one by more than their rounding. */
  readonly irregularShare: number;
  readonly variable: boolean;
  /** An interval longer than this is a gap. */
  readonly gapFromMs: number;
}

/** Intervals off the usual one, up to which the rate still counts as constant: a dropped frame now and then. */
const irregularWhenConstant = 0.02;
/** Relative departure that any camera clock or conversion stays within. */
const regularWithin = 0.01;

/** Regularity of ascending picture times. `tickMs`: step in which the container can write a time. */
export function measureFrameRate(startMs: Float64Array, tickMs: number): FrameRate {
  const intervals = new Float64Array(Math.max(0, startMs.length - 1));
  for (let i = 0; i < intervals.length; i++) intervals[i] = startMs[i + 1]! - startMs[i]!;
  if (intervals.length === 0)
    return { frameMs: null, shortestMs: 0, longestMs: 0, irregularShare: 0, variable: false, gapFromMs: Infinity };
  const sorted = intervals.slice().sort();
  const median = sorted[sorted.length >> 1]!;
  // Two times that are each rounded to a tick lie apart by a tick more or less.
  const reach = tickMs * 1.01 + median * regularWithin;
  let sum = 0;
  let regular = 0;
  for (const interval of sorted) {
    if (Math.abs(interval - median) > reach) continue;
    sum += interval;
    regular += 1;
  }
  const frameMs = sum / regular;
  const irregularShare = 1 - regular / sorted.length;
  const variable = irregularShare > irregularWhenConstant && sorted.length - regular > 1;
  const high = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]!;
  return {
    frameMs,
    shortestMs: sorted[0]!,
    longestMs: sorted[sorted.length - 1]!,
    irregularShare,
    variable,
    gapFromMs: variable ? Math.max(3 * frameMs, 1.5 * high) : 1.5 * frameMs + tickMs,
  };
}
