import { flowUnit, type FlowSeries, type HeadMotion } from './head-motion.ts';

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
  for (let pair = 0; pair < length; pair++) {
    verticalDivergence(flow, pair, head.stretch[pair]! * 2 * reach, map);
    smooth(map, scratch, columns, rows);
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
    strength[cell] = withoutSlow(column, window);
    for (let pair = 0; pair < length; pair++) speed[pair * cells + cell] = column[pair]!;
  }
  return { columns, rows, length, speed, strength };
}

function verticalDivergence(flow: FlowSeries, pair: number, stretch: number, out: Float32Array): void {
  const { columns, rows, down } = flow;
  const base = pair * columns * rows;
  out.fill(0);
  for (let row = reach; row < rows - reach; row++)
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const below = down[base + cell + reach * columns]!;
      const above = down[base + cell - reach * columns]!;
      out[cell] = (below - above) * flowUnit - stretch;
    }
}

/** Binomials: five cells high, and about nine wide, since a mouth is wider than high. */
function smooth(map: Float32Array, scratch: Float32Array, columns: number, rows: number): void {
  filter(map, scratch, { lines: columns, lineStep: 1, count: rows, step: columns });
  filter(scratch, map, { lines: rows, lineStep: columns, count: columns, step: 1 });
  filter(map, scratch, { lines: rows, lineStep: columns, count: columns, step: 1 });
  map.set(scratch);
}

interface Lines {
  readonly lines: number;
  readonly lineStep: number;
  readonly count: number;
  readonly step: number;
}

/** Five taps along one direction, edges held. */
function filter(from: Float32Array, to: Float32Array, { lines, lineStep, count, step }: Lines): void {
  for (let line = 0; line < lines; line++) {
    const base = line * lineStep;
    for (let i = 0; i < count; i++) {
      const at = base + i * step;
      const a = from[base + Math.max(0, i - 2) * step]!;
      const b = from[base + Math.max(0, i - 1) * step]!;
      const d = from[base + Math.min(count - 1, i + 1) * step]!;
      const e = from[base + Math.min(count - 1, i + 2) * step]!;
      to[at] = (a + e + 4 * (b + d) + 6 * from[at]!) / 16;
    }
  }
}

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
  for (let row = 0; row < rows; row++) {
    const y = Math.min(rows - 1.001, Math.max(0, row + dy));
    const y0 = Math.floor(y);
    const fy = y - y0;
    const inY = row + dy >= 0 && row + dy <= rows - 1;
    for (let column = 0; column < columns; column++) {
      const x = column + dx;
      if (!inY || x < 0 || x > columns - 1) continue;
      const x0 = Math.min(columns - 2, Math.floor(x));
      const fx = x - x0;
      const at = y0 * columns + x0;
      const top = map[at]! + (map[at + 1]! - map[at]!) * fx;
      const bottom = map[at + columns]! + (map[at + columns + 1]! - map[at + columns]!) * fx;
      out[base + row * columns + column] = (top + (bottom - top) * fy) * gain;
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
