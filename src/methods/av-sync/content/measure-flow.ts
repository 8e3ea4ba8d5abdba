import { FlowMeasurement } from './cell-flow.ts';
import { cellGrid, emptyLevels, levelCount, LevelMaker } from './grey-levels.ts';
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
  /** Mean absolute difference of each pair in grey levels: large at a cut. */
  readonly change: Float32Array;
  /** The same in the tile of each pair that differs most: near 0 for a repeated frame, however little of a picture moves. */
  readonly mostChange: Float32Array;
}

const limit = 32_767;
const stepsPerPixel = 1 / flowUnit;
/** Side of a tile in pixels of the half-size level. */
const tile = 8;

/** The kernel that reads pictures: everything after it works on cells. */
export function measureFlow({ width, height, count, frames }: FrameBlock): BlockFlow {
  const pairs = Math.max(0, count - 1);
  const size = width * height;
  const levels = Array.from({ length: levelCount }, (_, level) => {
    const grid = cellGrid(width >> level, height >> level);
    const cells = grid.columns * grid.rows;
    return {
      ...{ ...grid, length: pairs, down: new Int16Array(pairs * cells) },
      right: new Int16Array(level === 0 ? 0 : pairs * cells),
    };
  });
  const change = new Float32Array(pairs);
  const mostChange = new Float32Array(pairs);
  const maker = new LevelMaker(width, height);
  let [before, after] = [emptyLevels(width, height), emptyLevels(width, height)];
  const measurement = new FlowMeasurement(before);
  if (pairs > 0) maker.fill(before, frames.subarray(0, size));
  for (let pair = 0; pair < pairs; pair++) {
    maker.fill(after, frames.subarray((pair + 1) * size, (pair + 2) * size));
    [change[pair], mostChange[pair]] = differences(before[1]!, after[1]!.pixels);
    measurement.between(before, after).forEach((flow, level) => {
      const { down, right, columns, rows } = levels[level]!;
      const base = pair * columns * rows;
      for (let cell = 0; cell < columns * rows; cell++) down[base + cell] = quantise(flow.down[cell]!);
      if (right.length > 0)
        for (let cell = 0; cell < columns * rows; cell++) right[base + cell] = quantise(flow.right[cell]!);
    });
    [before, after] = [after, before];
  }
  return { levels, change, mostChange };
}

function quantise(pixels: number): number {
  const steps = Math.round(pixels * stepsPerPixel);
  return steps > limit ? limit : steps < -limit ? -limit : steps;
}

/** Mean absolute difference of two pictures, and that of the tile that differs most. */
function differences(
  { width, height, pixels: a }: { readonly width: number; readonly height: number; readonly pixels: Float32Array },
  b: Float32Array,
): [mean: number, most: number] {
  let total = 0;
  let most = 0;
  for (let top = 0; top < height; top += tile)
    for (let left = 0; left < width; left += tile) {
      const [bottom, right] = [Math.min(height, top + tile), Math.min(width, left + tile)];
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let i = y * width + left; i < y * width + right; i++) sum += Math.abs(a[i]! - b[i]!);
      total += sum;
      most = Math.max(most, sum / ((bottom - top) * (right - left)));
    }
  return a.length === 0 ? [0, 0] : [total / a.length, most];
}
