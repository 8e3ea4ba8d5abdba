import { roundMs } from './round.ts';

/** Time of each packet or picture, and how far it departs from where the stream's own count puts it. */
export interface OffsetSeries {
  readonly timeMs: readonly number[];
  readonly offsetMs: readonly number[];
}

/** Most points of a series; a longer one keeps the extremes of each stretch. */
const maxPoints = 4000;

/**
 * Offset of ascending times from a count that begins with the first of them: flat where the stream runs on, a step where
 * time jumps, a slope where clocks drift. Long series are thinned so that no step is lost: each stretch keeps its lowest,
 * its highest and its ends.
 */
export function offsetSeries(timeMs: Float64Array, clockMs: Float64Array): OffsetSeries {
  const first = timeMs[0] ?? 0;
  const origin = clockMs[0] ?? 0;
  const offset = (i: number): number => timeMs[i]! - first - (clockMs[i]! - origin);
  const kept: number[] = [];
  const stretches = maxPoints / 4;
  if (timeMs.length <= maxPoints) for (let i = 0; i < timeMs.length; i++) kept.push(i);
  else
    for (let s = 0; s < stretches; s++) {
      const from = Math.floor((s * timeMs.length) / stretches);
      const end = Math.floor(((s + 1) * timeMs.length) / stretches);
      let low = from;
      let high = from;
      for (let i = from; i < end; i++) {
        if (offset(i) < offset(low)) low = i;
        if (offset(i) > offset(high)) high = i;
      }
      kept.push(...new Set([from, Math.min(low, high), Math.max(low, high), end - 1]));
    }
  return { timeMs: kept.map((i) => roundMs(timeMs[i]!)), offsetMs: kept.map((i) => roundMs(offset(i))) };
}
