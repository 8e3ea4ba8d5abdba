/** Steps of brightness that a histogram tells apart. */
export const histogramBins = 64;

/** Mean absolute difference of two luma planes in levels (0…255). */
export function meanDifference(a: Uint8Array, b: Uint8Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += Math.abs(a[i]! - b[i]!);
  return count === 0 ? 0 : sum / count;
}

/** Histogram of a luma plane in 64 steps of 4 levels, written into `histogram`. */
export function lumaHistogram(luma: Uint8Array, count: number, histogram: Uint32Array): void {
  histogram.fill(0);
  for (let i = 0; i < count; i += 1) {
    const bin = luma[i]! >> 2;
    histogram[bin] = histogram[bin]! + 1;
  }
}

/** Share of the pixels, 0…1, whose brightness step two histograms of the same size do not have in common. */
export function histogramDistance(a: Uint32Array, b: Uint32Array, count: number): number {
  let difference = 0;
  for (let bin = 0; bin < histogramBins; bin += 1) difference += Math.abs(a[bin]! - b[bin]!);
  return count === 0 ? 0 : difference / (2 * count);
}
