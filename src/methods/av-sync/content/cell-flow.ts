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
/** Sums of a cell: xx, yy, xy of the gradients, and each gradient times the difference left after moving. */
const sumsPerCell = 5;

/** Motion between two pictures, one vector a cell of 4 × 4 pixels. `from` and `to` hold the same levels, finest first. */
export function flowBetween(from: readonly GreyLevel[], to: readonly GreyLevel[]): CellFlow[] {
  return new FlowMeasurement(from).between(from, to);
}

/** What one level needs while it is measured. */
interface LevelRoom extends CellFlow {
  readonly sums: Float32Array;
  readonly across: Float32Array;
  readonly smooth: Float32Array;
  /** 1 for cells that are looked at again, or lie beside one. */
  readonly again: Uint8Array;
}

/**
 * Motion between pictures of one size, by gradients (B. D. Lucas, T. Kanade, An iterative image registration technique, IJCAI
 * 1981) from the coarsest level to the finest. It takes memory once: what `between` gives is valid until the next call.
 */
export class FlowMeasurement {
  readonly #rooms: readonly LevelRoom[];

  constructor(levels: readonly Pick<GreyLevel, 'width' | 'height'>[]) {
    this.#rooms = levels.map(({ width, height }) => {
      const { columns, rows } = cellGrid(width, height);
      const cells = columns * rows;
      const sums = (): Float32Array => new Float32Array(cells * sumsPerCell);
      return {
        ...{ columns, rows, down: new Float32Array(cells), right: new Float32Array(cells) },
        ...{ sums: sums(), across: sums(), smooth: sums(), again: new Uint8Array(cells) },
      };
    });
  }

  between(from: readonly GreyLevel[], to: readonly GreyLevel[]): CellFlow[] {
    for (let level = this.#rooms.length - 1; level >= 0; level--)
      levelFlow(from[level]!, to[level]!, this.#rooms[level]!, this.#rooms[level + 1]);
    return [...this.#rooms];
  }
}

function levelFlow(from: GreyLevel, to: GreyLevel, room: LevelRoom, coarser: CellFlow | undefined): void {
  const { columns, rows, down, right, again } = room;
  if (columns === 0 || rows === 0) return;
  if (coarser === undefined) {
    down.fill(0);
    right.fill(0);
  } else startFrom(coarser, columns, rows, down, right);
  for (let cell = 0; cell < down.length; cell++) sumCell(from, to, room, cell, true);
  smoothSums(room);
  solve(room, undefined);
  // A second look where something moved: gradients are exact for small steps only.
  if (!markMoved(room)) return;
  for (let cell = 0; cell < down.length; cell++) if (again[cell]! > 0) sumCell(from, to, room, cell, false);
  smoothSums(room);
  solve(room, again);
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

/** The sums of one cell at its flow so far; the gradients' own only where `whole`, since they do not depend on it. */
function sumCell(from: GreyLevel, to: GreyLevel, room: LevelRoom, cell: number, whole: boolean): void {
  const { width, height, pixels: a } = from;
  const b = to.pixels;
  const { columns, sums } = room;
  const row = (cell / columns) | 0;
  const column = cell - row * columns;
  const v = room.down[cell]!;
  const u = room.right[cell]!;
  const vFloor = Math.floor(v);
  const uFloor = Math.floor(u);
  const fv = v - vFloor;
  const fu = u - uFloor;
  const moved = v !== 0 || u !== 0;
  const shift = vFloor * width + uFloor;
  // Gradients need a neighbour each way, and what is moved must lie inside.
  let top = Math.max(1, row * cellSize);
  let left = Math.max(1, column * cellSize);
  let bottom = Math.min(height - 1, row * cellSize + cellSize);
  let end = Math.min(width - 1, column * cellSize + cellSize);
  if (moved) {
    top = Math.max(top, -vFloor);
    left = Math.max(left, -uFloor);
    bottom = Math.min(bottom, height - 1 - vFloor);
    end = Math.min(end, width - 1 - uFloor);
  }
  let xx = 0;
  let yy = 0;
  let xy = 0;
  let xt = 0;
  let yt = 0;
  // Every other pixel, as on a chess-board: blurred neighbours say the same.
  if (!moved)
    for (let y = top; y < bottom; y++) {
      const line = y * width;
      for (let i = line + left + ((y + left) & 1); i < line + end; i += 2) {
        const gx = a[i + 1]! - a[i - 1]!;
        const gy = a[i + width]! - a[i - width]!;
        const difference = b[i]! - a[i]!;
        xx += gx * gx;
        yy += gy * gy;
        xy += gx * gy;
        xt += gx * difference;
        yt += gy * difference;
      }
    }
  else
    for (let y = top; y < bottom; y++) {
      const line = y * width;
      for (let i = line + left + ((y + left) & 1); i < line + end; i += 2) {
        const gx = a[i + 1]! - a[i - 1]!;
        const gy = a[i + width]! - a[i - width]!;
        const j = i + shift;
        const b0 = b[j]!;
        const b1 = b[j + width]!;
        const upper = b0 + (b[j + 1]! - b0) * fu;
        const lower = b1 + (b[j + width + 1]! - b1) * fu;
        const difference = upper + (lower - upper) * fv - a[i]!;
        xx += gx * gx;
        yy += gy * gy;
        xy += gx * gy;
        xt += gx * difference;
        yt += gy * difference;
      }
    }
  const at = cell * sumsPerCell;
  if (whole) {
    // Central differences span two pixels.
    sums[at] = xx * 0.25;
    sums[at + 1] = yy * 0.25;
    sums[at + 2] = xy * 0.25;
  }
  sums[at + 3] = xt * 0.5;
  sums[at + 4] = yt * 0.5;
}

/** Binomial of three cells each way, edges held; sums become means over pixels. */
function smoothSums({ sums, across, smooth, columns, rows }: LevelRoom): void {
  const stride = columns * sumsPerCell;
  for (let row = 0; row < rows; row++) {
    const start = row * stride;
    for (let i = 0; i < stride; i++) {
      const at = start + i;
      const left = i >= sumsPerCell ? sums[at - sumsPerCell]! : sums[at]!;
      const next = i < stride - sumsPerCell ? sums[at + sumsPerCell]! : sums[at]!;
      across[at] = left + 2 * sums[at]! + next;
    }
  }
  const scale = 2 / (16 * cellSize * cellSize);
  for (let row = 0; row < rows; row++) {
    const above = (row > 0 ? row - 1 : row) * stride;
    const here = row * stride;
    const below = (row < rows - 1 ? row + 1 : row) * stride;
    for (let i = 0; i < stride; i++)
      smooth[here + i] = (across[above + i]! + 2 * across[here + i]! + across[below + i]!) * scale;
  }
}

/** Marks with 2 what moved far enough for a second look, with 1 what lies beside it; false where there is none. */
function markMoved({ columns, rows, down, right, again }: LevelRoom): boolean {
  again.fill(0);
  let any = false;
  for (let row = 0, cell = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, cell++) {
      if (!(Math.abs(down[cell]!) + Math.abs(right[cell]!) > still)) continue;
      any = true;
      const lastRow = Math.min(rows - 1, row + 1);
      const lastColumn = Math.min(columns - 1, column + 1);
      for (let y = Math.max(0, row - 1); y <= lastRow; y++)
        for (let x = Math.max(0, column - 1); x <= lastColumn; x++) {
          const beside = y * columns + x;
          if (again[beside] === 0) again[beside] = 1;
        }
      again[cell] = 2;
    }
  return any;
}

/** Solves for the step of every cell, or of those that are marked with 2. */
function solve({ smooth, down, right }: LevelRoom, marked: Uint8Array | undefined): void {
  for (let cell = 0; cell < down.length; cell++) {
    if (marked !== undefined && marked[cell] !== 2) continue;
    const at = cell * sumsPerCell;
    const xx = smooth[at]! + texture;
    const yy = smooth[at + 1]! + texture;
    const xy = smooth[at + 2]!;
    const xt = smooth[at + 3]!;
    const yt = smooth[at + 4]!;
    const det = xx * yy - xy * xy;
    right[cell] = right[cell]! - (yy * xt - xy * yt) / det;
    down[cell] = down[cell]! - (xx * yt - xy * xt) / det;
  }
}
