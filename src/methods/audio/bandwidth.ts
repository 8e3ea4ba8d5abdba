/** How far up in frequency a sound reaches, from its long-term average spectrum. */
export interface Bandwidth {
  /** Where the spectrum falls off an edge; null where no edge is steep enough. */
  readonly cutoffHz: number | null;
  /** Half-width of the edge: from 3 dB below the level before it to 3 dB above the level behind it. At least one bin. */
  readonly cutoffUncertaintyHz: number;
  /** Level before the edge minus level behind it; the largest found where none is steep enough. */
  readonly dropDb: number;
  /** Below this lies 99 % of the power. */
  readonly rolloffHz: number;
  readonly nyquistHz: number;
}

/** Width over which the level on each side of a candidate is taken, and the part next to it that is left out. */
const sideHz = 1000;
const gapHz = 150;
/** At low candidates both shrink to this share of the frequency, or every voice's gentle slope would look like an edge. */
const sideShare = 0.25;
const gapShare = 0.05;
/** Anti-alias filters end here: an edge above this share of the Nyquist frequency is every converter's own. */
const highestShare = 0.97;
/** Below this the spectrum of any voice or instrument has edges of its own. */
const lowestHz = 2000;
/** −130 dB in a bin: what 16-bit rounding leaves there. Differences below are arithmetic, not sound. */
const smallestPower = 1e-13;
/** The edge is where the level has fallen this far, as the cut-off of a steep filter is defined (or half the drop). */
const edgeDb = 6;
const rolloffShare = 0.99;

/**
 * Finds the highest edge in a long-term average spectrum: the frequency at which the median level of the 1 kHz below
 * exceeds that of the 1 kHz above by at least `minimumDropDb`. Medians, so that a single line (mains whistle, a pilot
 * tone) neither makes nor hides an edge; the two levels are taken 150 Hz away from the candidate. The position is where
 * the spectrum has fallen 6 dB below the level before the edge. `power`: mean power per bin, bin k at k·nyquist/length.
 */
export function measureBandwidth(power: Float64Array, nyquistHz: number, minimumDropDb: number): Bandwidth {
  const bins = power.length;
  const binHz = nyquistHz / bins;
  const decibels = Float64Array.from(power, (value) => 10 * Math.log10(Math.max(value, smallestPower)));
  const lowest = Math.ceil(Math.min(lowestHz, nyquistHz / 4) / binHz);
  const highest = Math.floor(highestShare * bins);
  const sideOf = (k: number): number => Math.max(3, Math.round(Math.min(sideHz / binHz, k * sideShare)));
  const gapOf = (k: number): number => Math.max(1, Math.round(Math.min(gapHz / binHz, k * gapShare)));
  const levelBefore = (k: number): number => median(decibels, k - gapOf(k) - sideOf(k), k - gapOf(k));
  const levelBehind = (k: number): number => median(decibels, k + gapOf(k), Math.min(bins, k + gapOf(k) + sideOf(k)));

  const drop = new Float64Array(bins);
  for (let k = lowest; k <= highest; k++) {
    const difference = levelBefore(k) - levelBehind(k);
    drop[k] = Number.isNaN(difference) ? 0 : difference;
  }
  const rolloffHz = rolloff(power) * binHz;

  let peak = -1;
  let largest = 0;
  for (let k = highest; k >= lowest; k--) {
    if (drop[k]! > largest) largest = drop[k]!;
    if (drop[k]! < minimumDropDb) continue;
    // Climb to the top of this edge: the steepest candidate within one side's width below its first steep one.
    peak = k;
    for (let below = k; below >= Math.max(lowest, k - sideOf(k)); below--) if (drop[below]! > drop[peak]!) peak = below;
    break;
  }
  if (peak < 0) return { cutoffHz: null, cutoffUncertaintyHz: binHz, dropDb: largest, rolloffHz, nyquistHz };

  const before = levelBefore(peak);
  const behind = levelBehind(peak);
  const reach = gapOf(peak) + sideOf(peak);
  const crossing = (level: number): number => {
    // From well inside the upper plateau downwards: the last bin that is still above the level.
    for (let k = Math.min(bins - 2, peak + reach); k >= Math.max(0, peak - reach); k--) {
      const here = smoothed(decibels, k);
      const next = smoothed(decibels, k + 1);
      if (here >= level && next < level) return (k + (here - level) / (here - next)) * binHz;
    }
    return peak * binHz;
  };
  const cutoffHz = crossing(before - Math.min(edgeDb, (before - behind) / 2));
  const width = Math.abs(crossing(behind + 3) - crossing(before - 3));
  return { cutoffHz, cutoffUncertaintyHz: Math.max(binHz, width / 2), dropDb: before - behind, rolloffHz, nyquistHz };
}

/** Median of values[from…to); NaN where nothing is left. */
function median(values: Float64Array, from: number, to: number): number {
  if (to - from < 2) return NaN;
  const sorted = values.slice(Math.max(0, from), to).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median of three: a single line does not count as the edge. */
function smoothed(values: Float64Array, at: number): number {
  const a = values[Math.max(0, at - 1)]!;
  const b = values[at]!;
  const c = values[Math.min(values.length - 1, at + 1)]!;
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** Bin (with its fraction) below which {@link rolloffShare} of the power lies. */
function rolloff(power: Float64Array): number {
  const total = power.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (let k = 0; k < power.length; k++) {
    const next = sum + power[k]!;
    if (next >= rolloffShare * total) return k + (next > sum ? (rolloffShare * total - sum) / (next - sum) : 0);
    sum = next;
  }
  return power.length;
}
