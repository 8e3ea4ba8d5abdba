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
  const shown = order.filter((i) => ((packets.flags[i] ?? 0) & isHidden) === 0);
  if (shown.length < 2) return undefined;
  const intervals = new Float64Array(shown.length - 1);
  for (let i = 1; i < shown.length; i += 1) {
    intervals[i - 1] = (ticks[shown[i] ?? 0] ?? 0) - (ticks[shown[i - 1] ?? 0] ?? 0);
  }
  intervals.sort();
  const median = intervals[intervals.length >> 1] ?? 0;
  return {
    ...{ count: intervals.length, median },
    shortest: intervals[0] ?? 0,
    longest: intervals[intervals.length - 1] ?? 0,
    deviating: intervals.filter((interval) => Math.abs(interval - median) > toleranceTicks).length,
  };
}
