/** How one clock runs against another. */
export interface ClockFit {
  /** Change of (time − clock) a minute of the clock, in ms. */
  readonly driftMsPerMin: number;
  /** Half-width of the 95 % interval, never below what rounding of the times allows. */
  readonly uncertaintyMsPerMin: number;
  readonly points: number;
  readonly spanMs: number;
}

const msPerMin = 60_000;

/**
 * Straight line through times against a clock, both in ms, by least squares. The uncertainty is the larger of the
 * statistical one (1.96 standard errors of the slope) and the bound of rounding: errors of up to half a tick that all pull
 * one way turn an evenly spaced line by 1.5 ticks over its span. Undefined for fewer than three points or no span.
 */
export function fitClock(clockMs: ArrayLike<number>, timeMs: ArrayLike<number>, tickMs: number): ClockFit | undefined {
  const n = clockMs.length;
  if (n < 3) return undefined;
  let meanX = 0;
  let meanY = 0;
  // The difference is fitted, not the time: an hour's ms squared would eat the digits that matter.
  const difference = (i: number): number => timeMs[i]! - clockMs[i]!;
  for (let i = 0; i < n; i++) {
    meanX += clockMs[i]! / n;
    meanY += difference(i) / n;
  }
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const x = clockMs[i]! - meanX;
    xx += x * x;
    xy += x * (difference(i) - meanY);
  }
  const spanMs = clockMs[n - 1]! - clockMs[0]!;
  if (!(xx > 0) || !(spanMs > 0)) return undefined;
  const slope = xy / xx;
  let residuals = 0;
  for (let i = 0; i < n; i++) residuals += (difference(i) - meanY - slope * (clockMs[i]! - meanX)) ** 2;
  const standardError = Math.sqrt(residuals / (n - 2) / xx);
  return {
    driftMsPerMin: slope * msPerMin,
    uncertaintyMsPerMin: Math.max(1.96 * standardError, (1.5 * tickMs) / spanMs) * msPerMin,
    points: n,
    spanMs,
  };
}
