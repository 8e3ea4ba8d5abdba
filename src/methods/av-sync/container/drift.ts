import { type ClockFit, fitClock } from './clock-fit.ts';
import type { StreamFacts } from './stream-facts.ts';

/** Shorter streams give a slope that says nothing. */
export const shortestFitMs = 2000;

/**
 * How a stream's times run against what it holds, with its jumps taken out (they are reported by themselves). Undefined
 * where the stream has no clock of its own, or is too short.
 */
export function streamDrift(facts: StreamFacts): ClockFit | undefined {
  if (!facts.ownClock) return undefined;
  const { timeMs, clockMs, jumps } = facts;
  const span = clockMs.length === 0 ? 0 : clockMs[clockMs.length - 1]! - clockMs[0]!;
  if (span < shortestFitMs) return undefined;
  const joined = new Float64Array(timeMs.length);
  let shift = 0;
  let next = 0;
  for (let i = 0; i < timeMs.length; i++) {
    // A jump belongs to the packet that starts at its far end (an overlap: at its near end).
    while (next < jumps.length && timeMs[i]! >= startAfter(jumps[next]!) - 1e-6) shift += jumps[next++]!.jumpMs;
    joined[i] = timeMs[i]! - shift;
  }
  return fitClock(clockMs, joined, facts.tickMs);
}

function startAfter(jump: { readonly startMs: number; readonly endMs: number; readonly jumpMs: number }): number {
  return jump.jumpMs > 0 ? jump.endMs : jump.startMs;
}
