import type { StreamPackets } from '../../media/exhibit-media.ts';
import { isHidden, type PresentationOrder } from './presentation-order.ts';

/** How regularly the shown packets of a stream follow one another, in ticks. */
export interface Intervals {
  /** Number of intervals between shown packets. */
  readonly count: number;
  readonly median: number;
  readonly shortest: number;
  readonly longest: number;
  /** Intervals that differ from the median by more than the tolerance. */
  readonly deviating: number;
}

/** Ticks between neighbours in presentation, hidden packets left out; undefined for fewer than two packets. */
export function measureIntervals(
  packets: StreamPackets,
  { order, ticks }: PresentationOrder,
  toleranceTicks: number,
): Intervals | undefined {
  const between = new Float64Array(order.length);
  let shown = 0;
  let last = 0;
  for (const packet of order) {
    if (((packets.flags[packet] ?? 0) & isHidden) !== 0) continue;
    const time = ticks[packet] ?? 0;
    if (shown > 0) between[shown - 1] = time - last;
    last = time;
    shown += 1;
  }
  if (shown < 2) return undefined;
  const intervals = between.subarray(0, shown - 1).sort();
  const median = intervals[intervals.length >> 1] ?? 0;
  const tooShort = firstWhere(intervals, (interval) => median - interval <= toleranceTicks);
  const regular = firstWhere(intervals, (interval) => interval - median > toleranceTicks) - tooShort;
  return {
    ...{ count: intervals.length, median },
    shortest: intervals[0] ?? 0,
    longest: intervals[intervals.length - 1] ?? 0,
    deviating: intervals.length - regular,
  };
}

/** Position of the first of ascending values for which this holds; their number where it holds for none. */
function firstWhere(ascending: Float64Array, holds: (value: number) => boolean): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(ascending[middle] ?? 0)) to = middle;
    else from = middle + 1;
  }
  return from;
}
