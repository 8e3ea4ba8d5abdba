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
export function levelStatistics(levels: {
  readonly pixels: number;
  readonly sum: number;
  readonly unchanged: number;
  readonly blockMean: Float32Array;
  readonly blockMax: Uint8Array;
}): LevelStatistics {
  const { pixels, sum, unchanged, blockMean, blockMax } = levels;
  const sorted = Float32Array.from(blockMean).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const medianBlock = at(0.5);
  let above = 0;
  for (const mean of sorted) if (mean > timesMedian * medianBlock) above += 1;
  return {
    meanLevel: pixels === 0 ? 0 : sum / pixels,
    maxLevel: blockMax.reduce((largest, level) => Math.max(largest, level), 0),
    unchangedShare: pixels === 0 ? 0 : unchanged / pixels,
    medianBlock,
    highBlock: at(0.95),
    blockSpread: at(0.95) - at(0.05),
    shareAbove: sorted.length === 0 ? 0 : above / sorted.length,
  };
}
