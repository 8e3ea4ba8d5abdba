/** A peak of a curve over a grid: its place between the grid's points and how sharp it is. */
export interface Peak {
  readonly index: number;
  /** Place on the grid with the part between points, by a parabola through three points. */
  readonly position: number;
  readonly height: number;
  /** Second difference at the peak, positive for a peak. */
  readonly curvature: number;
}

/** Highest point of a curve; undefined for an empty or flat one. */
export function highestPeak(curve: ArrayLike<number>): Peak | undefined {
  let index = -1;
  for (let i = 0; i < curve.length; i++) if (index === -1 || curve[i]! > curve[index]!) index = i;
  if (index === -1 || !Number.isFinite(curve[index]!) || curve[index]! <= 0) return undefined;
  const middle = curve[index]!;
  const before = curve[index - 1];
  const after = curve[index + 1];
  if (before === undefined || after === undefined) return { index, position: index, height: middle, curvature: 0 };
  const curvature = 2 * middle - before - after;
  const shift = curvature > 0 ? (after - before) / (2 * curvature) : 0;
  return { index, position: index + Math.max(-0.5, Math.min(0.5, shift)), height: middle, curvature };
}

/** Highest value further than `apart` points from the peak: what the peak has to stand out from. */
export function secondHeight(curve: ArrayLike<number>, peak: Peak, apart: number): number {
  let highest = 0;
  for (let i = 0; i < curve.length; i++) if (Math.abs(i - peak.index) > apart) highest = Math.max(highest, curve[i]!);
  return highest;
}

/**
 * Share of their mean that the peaks of mismatched voices scatter by at least: a handful of them can lie closer together by chance
 * than they should. (A share, since scores of a small face are small altogether.)
 */
const leastShare = 0.085;

/** Mean and standard deviation of the peaks of mismatched voices. */
export interface NullPeaks {
  readonly mean: number;
  readonly deviation: number;
}

export function nullPeaks(peaks: readonly number[]): NullPeaks {
  const n = Math.max(1, peaks.length);
  const mean = peaks.reduce((sum, value) => sum + value, 0) / n;
  const power = peaks.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  return { mean, deviation: Math.max(leastShare * mean, Math.sqrt(power)) };
}

const eulerMascheroni = 0.577_215_664_9;

/**
 * Chance that a voice which does not belong reaches this height: maxima of many correlations follow Gumbel's law (E. J. Gumbel,
 * Statistics of Extremes, 1958), fitted by moments to the peaks of mismatched voices.
 */
export function chanceOfPeak(height: number, { mean, deviation }: NullPeaks): number {
  const scale = (deviation * Math.sqrt(6)) / Math.PI;
  if (!(scale > 0)) return 1;
  const reduced = (height - mean) / scale + eulerMascheroni;
  return -Math.expm1(-Math.exp(-reduced));
}
