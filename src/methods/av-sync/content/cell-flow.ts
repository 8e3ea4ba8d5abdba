import { cellGrid, cellSize, type GreyLevel } from './grey-levels.ts';

/** How far each cell of a level moved, in pixels of that level: down and right are positive. */
export interface CellFlow {
  readonly columns: number;
  readonly rows: number;
  readonly down: Float32Array;
  readonly right: Float32Array;
}

/** Squared grey levels per squared pixel below which a cell has too little texture to say much: flow is drawn to 0. */
const texture = 4;
/** Cells that moved less than this are not looked at a second time. */
const still = 0.12;

/**
 * Motion between two pictures, one vector a cell of 4 × 4 pixels, by gradients (B. D. Lucas, T. Kanade, An iterative image
 * registration technique, IJCAI 1981) from the coarsest level to the finest. `from` and `to` hold the same levels, finest first.
 */
export function flowBetween(from: readonly GreyLevel[], to: readonly GreyLevel[]): CellFlow[] {
  const flows: CellFlow[] = [];
  let coarser: CellFlow | undefined;
  for (let level = from.length - 1; level >= 0; level--) {
    coarser = levelFlow(from[level]!, to[level]!, coarser);
    flows.unshift(coarser);
  }
  return flows;
}

function levelFlow(from: GreyLevel, to: GreyLevel, coarser: CellFlow | undefined): CellFlow {
  const { columns, rows } = cellGrid(from.width, from.height);
  const cells = columns * rows;
  const down = new Float32Array(cells);
  const right = new Float32Array(cells);
  if (coarser !== undefined) startFrom(coarser, columns, rows, down, right);
  const sums = new Float32Array(cells * 5);
  accumulate(from, to, columns, rows, down, right, sums);
  const smooth = new Float32Array(cells * 5);
  smoothSums(sums, smooth, columns, rows);
  solve(smooth, down, right, () => true);
  // A second look where something moved: gradients are exact for small steps only.
  sums.fill(0);
  accumulate(from, to, columns, rows, down, right, sums);
  smoothSums(sums, smooth, columns, rows);
  solve(smooth, down, right, (cell) => Math.abs(down[cell]!) + Math.abs(right[cell]!) > still);
  return { columns, rows, down, right };
}

/** Twice the coarser level's flow, from the cell that lies over each. */
function startFrom(coarser: CellFlow, columns: number, rows: number, down: Float32Array, right: Float32Array): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const over = Math.min(coarser.rows - 1, row >> 1) * coarser.columns + Math.min(coarser.columns - 1, column >> 1);
      const cell = row * columns + column;
      down[cell] = 2 * (coarser.down[over] ?? 0);
      right[cell] = 2 * (coarser.right[over] ?? 0);
    }
}

/** Sums over each cell: xx, yy, xy of the gradients, and each gradient times the difference left after moving. */
function accumulate(
  from: GreyLevel,
  to: GreyLevel,
  columns: number,
  rows: number,
  down: Float32Array,
  right: Float32Array,
  sums: Float32Array,
): void {
  const { width, height, pixels: a } = from;
  const b = to.pixels;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const v = down[cell]!;
      const u = right[cell]!;
      const moved = v !== 0 || u !== 0;
      const vFloor = Math.floor(v);
      const uFloor = Math.floor(u);
      const fv = v - vFloor;
      const fu = u - uFloor;
      let xx = 0;
      let yy = 0;
      let xy = 0;
      let xt = 0;
      let yt = 0;
      const endY = Math.min(height - 1, row * cellSize + cellSize);
      const endX = Math.min(width - 1, column * cellSize + cellSize);
      for (let y = Math.max(1, row * cellSize); y < endY; y++)
        for (let x = Math.max(1, column * cellSize); x < endX; x++) {
          const i = y * width + x;
          const gx = (a[i + 1]! - a[i - 1]!) * 0.5;
          const gy = (a[i + width]! - a[i - width]!) * 0.5;
          let there: number;
          if (moved) {
            const ty = y + vFloor;
            const tx = x + uFloor;
            if (ty < 0 || tx < 0 || ty > height - 2 || tx > width - 2) continue;
            const j = ty * width + tx;
            const top = b[j]! + (b[j + 1]! - b[j]!) * fu;
            const bottom = b[j + width]! + (b[j + width + 1]! - b[j + width]!) * fu;
            there = top + (bottom - top) * fv;
          } else there = b[i]!;
          const difference = there - a[i]!;
          xx += gx * gx;
          yy += gy * gy;
          xy += gx * gy;
          xt += gx * difference;
          yt += gy * difference;
        }
      const at = cell * 5;
      sums[at] = xx;
      sums[at + 1] = yy;
      sums[at + 2] = xy;
      sums[at + 3] = xt;
      sums[at + 4] = yt;
    }
}

/** Binomial of three cells each way, edges held; sums become means over pixels. */
function smoothSums(sums: Float32Array, out: Float32Array, columns: number, rows: number): void {
  const across = new Float32Array(sums.length);
  const stride = columns * 5;
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < stride; i++) {
      const at = row * stride + i;
      const left = i >= 5 ? sums[at - 5]! : sums[at]!;
      const next = i < stride - 5 ? sums[at + 5]! : sums[at]!;
      across[at] = left + 2 * sums[at]! + next;
    }
  const scale = 1 / (16 * cellSize * cellSize);
  for (let row = 0; row < rows; row++) {
    const above = (row > 0 ? row - 1 : row) * stride;
    const below = (row < rows - 1 ? row + 1 : row) * stride;
    for (let i = 0; i < stride; i++)
      out[row * stride + i] = (across[above + i]! + 2 * across[row * stride + i]! + across[below + i]!) * scale;
  }
}

function solve(sums: Float32Array, down: Float32Array, right: Float32Array, wanted: (cell: number) => boolean): void {
  for (let cell = 0; cell < down.length; cell++) {
    if (!wanted(cell)) continue;
    const at = cell * 5;
    const xx = sums[at]! + texture;
    const yy = sums[at + 1]! + texture;
    const xy = sums[at + 2]!;
    const xt = sums[at + 3]!;
    const yt = sums[at + 4]!;
    const det = xx * yy - xy * xy;
    right[cell] = right[cell]! - (yy * xt - xy * yt) / det;
    down[cell] = down[cell]! - (xx * yt - xy * xt) / det;
  }
}
