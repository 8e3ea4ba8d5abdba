/** Lowest level that is written for digital silence, which has none. */
const lowestDb = -200;

/** A value with so many decimals that every machine writes the same; never −0. */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor + 0;
}

/** Level of a linear amplitude in dB relative to full scale, two decimals; null for digital silence. */
export function decibels(amplitude: number): number | null {
  if (!(amplitude > 0)) return null;
  return round(Math.max(lowestDb, 20 * Math.log10(amplitude)), 2);
}
