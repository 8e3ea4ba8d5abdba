/**
 * Sine, cosine and exponential from additions, multiplications and divisions alone.
 *
 * FORENSIC: ECMAScript leaves the last bits of Math.sin, Math.cos, Math.exp and Math.pow to the engine, and V8 has
 * changed them between releases. IEEE 754 arithmetic is exact by the standard, so a clip forged from these functions
 * has the same raw bytes on every machine and Node version. Absolute error is below 1e-13 over the ranges in use.
 */

/** sin(2πx) for x in turns. */
export function sineOfTurns(turns: number): number {
  const x = turns - Math.floor(turns + 0.5);
  // Fold to a quarter turn, where the series converges quickly.
  const folded = x > 0.25 ? 0.5 - x : x < -0.25 ? -0.5 - x : x;
  const r = folded * 6.283185307179586;
  const s = r * r;
  let sum = 1;
  for (let n = 19; n >= 3; n -= 2) sum = 1 - (sum * s) / (n * (n - 1));
  return r * sum;
}

/** cos(2πx) for x in turns. */
export function cosineOfTurns(turns: number): number {
  return sineOfTurns(turns + 0.25);
}

/** e^x for x in [-700, 700]. */
export function exponential(x: number): number {
  const halvings = Math.floor(x * 1.4426950408889634 + 0.5);
  const r = x - halvings * 0.6931471805599453;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (sum * r) / n;
  let scale = 1;
  for (let k = Math.abs(halvings), factor = 2; k > 0; k >>= 1, factor *= factor) if (k & 1) scale *= factor;
  return halvings < 0 ? sum / scale : sum * scale;
}

/** 10^(dB/20): the amplitude ratio of a level. */
export function amplitudeOfDb(db: number): number {
  return exponential(db * 0.11512925464970229);
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** 0 below `from`, 1 above `to`, 3t² − 2t³ between. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
