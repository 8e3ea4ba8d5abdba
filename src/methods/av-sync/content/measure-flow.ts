import { flowBetween } from './cell-flow.ts';
import { greyLevels, levelCount, cellGrid } from './grey-levels.ts';
import { flowUnit, type FlowSeries } from './head-motion.ts';

/** Grey frames of one size, one after the other. */
export interface FrameBlock {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly frames: Uint8Array;
}

/** Motion between every two neighbours of a block, per level (finest first), and how much each pair differs. */
export interface BlockFlow {
  readonly levels: readonly FlowSeries[];
  /** Mean absolute difference of each pair in grey levels: near 0 for a repeated frame, large at a cut. */
  readonly change: Float32Array;
}

const limit = 32_767;

/** The kernel that reads pictures: everything after it works on cells. */
export function measureFlow({ width, height, count, frames }: FrameBlock): BlockFlow {
  const pairs = Math.max(0, count - 1);
  const size = width * height;
  const levels = Array.from({ length: levelCount }, (_, level) => {
    const grid = cellGrid(width >> level, height >> level);
    const cells = grid.columns * grid.rows;
    return { ...grid, length: pairs, down: new Int16Array(pairs * cells), right: new Int16Array(pairs * cells) };
  });
  const change = new Float32Array(pairs);
  let before = greyLevels(frames.subarray(0, size), width, height);
  for (let pair = 0; pair < pairs; pair++) {
    const after = greyLevels(frames.subarray((pair + 1) * size, (pair + 2) * size), width, height);
    change[pair] = meanDifference(before[1]!.pixels, after[1]!.pixels);
    flowBetween(before, after).forEach((flow, level) => {
      const { down, right, columns, rows } = levels[level]!;
      const base = pair * columns * rows;
      for (let cell = 0; cell < columns * rows; cell++) {
        down[base + cell] = quantise(flow.down[cell]!);
        right[base + cell] = quantise(flow.right[cell]!);
      }
    });
    before = after;
  }
  return { levels, change };
}

function quantise(pixels: number): number {
  return Math.max(-limit, Math.min(limit, Math.round(pixels / flowUnit)));
}

function meanDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return a.length === 0 ? 0 : sum / a.length;
}
