/** A value with so many decimals that every machine writes the same; never −0. */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor + 0;
}

/** Milliseconds to the microsecond. */
export function roundMs(value: number): number {
  return round(value, 3);
}

/** A measure in ms. */
export function ms(value: number): { readonly value: number; readonly unit: 'ms' } {
  return { value: roundMs(value), unit: 'ms' };
}
