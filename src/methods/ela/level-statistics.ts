/** What the levels of one picture come to. Levels are 8-bit steps, 0–255. */
export interface LevelStatistics {
  readonly meanLevel: number;
  readonly maxLevel: number;
  /** Share of pixels that saving again did not change at all, 0–1. */
  readonly unchangedShare: number;
  /** Of the blocks' means. */
  readonly medianBlock: number;
  readonly highBlock: number;
  /** 95th less 5th percentile of the blocks' means. */
  readonly blockSpread: number;
  /** Share of blocks whose mean is above three times the median block, 0–1. */
  readonly shareAbove: number;
}

const timesMedian = 3;

/** Sums up a map. Percentiles are nearest-rank, so that they are levels that a block really has. */
export function levelStatistics(histogram: ArrayLike<number>, blockMeans: Float32Array): LevelStatistics {
  let pixels = 0;
  let sum = 0;
  let maxLevel = 0;
  for (let level = 0; level < histogram.length; level += 1) {
    const count = histogram[level] ?? 0;
    pixels += count;
    sum += count * level;
    if (count > 0) maxLevel = level;
  }
  const sorted = Float32Array.from(blockMeans).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const medianBlock = at(0.5);
  let above = 0;
  for (const mean of sorted) if (mean > timesMedian * medianBlock) above += 1;
  return {
    meanLevel: pixels === 0 ? 0 : sum / pixels,
    maxLevel,
    unchangedShare: pixels === 0 ? 0 : (histogram[0] ?? 0) / pixels,
    medianBlock,
    highBlock: at(0.95),
    blockSpread: at(0.95) - at(0.05),
    shareAbove: sorted.length === 0 ? 0 : above / sorted.length,
  };
}
