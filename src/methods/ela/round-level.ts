/** Four decimals: more than the levels mean, fewer than two machines could differ in. */
export function roundLevel(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
