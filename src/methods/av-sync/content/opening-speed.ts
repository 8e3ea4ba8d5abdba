import { flowUnit, type FlowSeries, type HeadMotion } from './head-motion.ts';
import { withoutSensorNoise } from './sensor-noise.ts';

/** How fast each cell of a level opens downwards, following the head, over one stretch of frames. */
export interface OpeningSpeed {
  readonly columns: number;
  readonly rows: number;
  readonly length: number;
  /** `length` × `rows` × `columns`: pixels of the level in 40 ms, slow changes taken out. Positive: the part below moves down. */
  readonly speed: Float32Array;
  /** Root mean square of each cell's speed. */
  readonly strength: Float32Array;
}

/** When the two frames of each pair are shown. A repeated frame belongs to no pair, so that pairs may leave it out. */
export interface PairTimes {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
}

/** Distance in cells, up and down, between which opening is measured: about the height of a mouth that fits the level. */
const reach = 2;
/** Speeds are given for frames this far apart. */
const unitMs = 40;
/** Changes slower than about this are posture, not speech. */
const slowMs = 1000;

/**
 * The vertical divergence of motion: how fast what lies below a cell leaves what lies above it. Opening lips and a falling jaw
 * are the largest such motion in a speaking face; a head that moves as a whole has none. `head` gives where each frame's
 * cells are, so that a cell stays with its part of the face.
 */
export function openingSpeed(flow: FlowSeries, head: HeadMotion, scale: number, times: PairTimes): OpeningSpeed {
  const { columns, rows, length } = flow;
  const cells = columns * rows;
  const speed = new Float32Array(length * cells);
  const map = new Float32Array(cells);
  const scratch = new Float32Array(cells);
  const line = new Float32Array(columns + 8);
  for (let pair = 0; pair < length; pair++) {
    verticalDivergence(flow, pair, head.stretch[pair]! * 2 * reach, map);
    smooth(map, scratch, line, columns, rows);
    const dy = ((head.down[pair]! + head.down[pair + 1]!) / 2) * scale;
    const dx = ((head.right[pair]! + head.right[pair + 1]!) / 2) * scale;
    const elapsed = times.toMs[pair]! - times.fromMs[pair]!;
    sampleAt(map, columns, rows, dy, dx, elapsed > 0 ? unitMs / elapsed : 0, speed, pair * cells);
  }
  const strength = new Float32Array(cells);
  const spanMs = (times.toMs[length - 1] ?? 0) - (times.fromMs[0] ?? 0);
  const window = Math.max(1, Math.round((slowMs / 2 / Math.max(1, spanMs)) * length));
  const column = new Float32Array(length);
  for (let cell = 0; cell < cells; cell++) {
    for (let pair = 0; pair < length; pair++) column[pair] = speed[pair * cells + cell]!;
    withoutSlow(column, window);
    strength[cell] = withoutSensorNoise(column);
    for (let pair = 0; pair < length; pair++) speed[pair * cells + cell] = column[pair]!;
  }
  return { columns, rows, length, speed, strength };
}

/** Speed of opening of each cell, smoothed as {@link smooth} says. Rows at the edges, which have no cell above or below, stay 0. */
function verticalDivergence(flow: FlowSeries, pair: number, stretch: number, out: Float32Array): void {
  const { columns, rows, down } = flow;
  const base = pair * columns * rows;
  out.fill(0);
  const apart = reach * columns;
  for (let cell = apart; cell < (rows - reach) * columns; cell++)
    out[cell] = (down[base + cell + apart]! - down[base + cell - apart]!) * flowUnit - stretch;
}

/** Binomials: five cells high, and nine wide, since a mouth is wider than high. Edges are held. */
function smooth(map: Float32Array, scratch: Float32Array, line: Float32Array, columns: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const a = Math.max(0, row - 2) * columns;
    const b = Math.max(0, row - 1) * columns;
    const c = row * columns;
    const d = Math.min(rows - 1, row + 1) * columns;
    const e = Math.min(rows - 1, row + 2) * columns;
    for (let x = 0; x < columns; x++)
      scratch[c + x] = (map[a + x]! + map[e + x]! + 4 * (map[b + x]! + map[d + x]!) + 6 * map[c + x]!) * 0.0625;
  }
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let x = -4; x < columns + 4; x++) line[x + 4] = scratch[start + Math.max(0, Math.min(columns - 1, x))]!;
    for (let x = 0; x < columns; x++)
      map[start + x] =
        (line[x]! +
          line[x + 8]! +
          8 * (line[x + 1]! + line[x + 7]!) +
          28 * (line[x + 2]! + line[x + 6]!) +
          56 * (line[x + 3]! + line[x + 5]!) +
          70 * line[x + 4]!) /
        256;
  }
}

/** The map where the head has taken it, times `gain`; 0 where that is beyond the picture. */
function sampleAt(
  map: Float32Array,
  columns: number,
  rows: number,
  dy: number,
  dx: number,
  gain: number,
  out: Float32Array,
  base: number,
): void {
  const down = Math.floor(dy);
  const right = Math.floor(dx);
  const fy = dy - down;
  const fx = dx - right;
  // Between the last two cells there still is something to interpolate.
  const [firstRow, endRow] = [Math.max(0, -down), Math.min(rows, rows - 1 - down)];
  const [first, end] = [Math.max(0, -right), Math.min(columns, columns - 1 - right)];
  for (let row = firstRow; row < endRow; row++) {
    const from = (row + down) * columns + right;
    const to = base + row * columns;
    for (let column = first; column < end; column++) {
      const at = from + column;
      const top = map[at]! + (map[at + 1]! - map[at]!) * fx;
      const bottom = map[at + columns]! + (map[at + columns + 1]! - map[at + columns]!) * fx;
      out[to + column] = (top + (bottom - top) * fy) * gain;
    }
  }
}

/** Takes the running mean over ± `window` frames away, in place; returns the root mean square of what is left. */
export function withoutSlow(values: Float32Array, window: number): number {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + values[i]!;
  let power = 0;
  for (let i = 0; i < n; i++) {
    const from = Math.max(0, i - window);
    const to = Math.min(n, i + window + 1);
    const rest = values[i]! - (sums[to]! - sums[from]!) / (to - from);
    values[i] = rest;
    power += rest * rest;
  }
  return n === 0 ? 0 : Math.sqrt(power / n);
}
