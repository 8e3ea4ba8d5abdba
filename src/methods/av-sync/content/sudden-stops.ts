import { cellSize } from './grey-levels.ts';
import { flowUnit, type FlowSeries } from './head-motion.ts';
import type { PairTimes } from './opening-speed.ts';
import { percentile } from './voice-onset.ts';

/** Something in the picture that moved fast and came to rest at once: hands that meet, a door that shuts. */
export interface SuddenStop {
  readonly atMs: number;
  /** Middle of where it is seen, in pixels of the level. */
  readonly x: number;
  readonly y: number;
  /** Pixels in 40 ms before, summed over the cells of the tile. */
  readonly speed: number;
}

/** Tiles across and down; each is twice as large as their distance. */
const tiles = 6;
/** Pixels of the level in 40 ms that are noise. */
const noise = 0.1;
/** Least sum over a tile before a stop: ten cells that move a little more than half a pixel. */
const leastSpeed = 6;
/** Times the tile's middle motion that a sudden one must have. */
const lively = 4;
/** Share of its speed that is left two frames after a stop, and that it had one frame before, at most: what slows down is no stop. */
const mostLeft = 0.15;
const mostBefore = 1.1;
const apartMs = 160;
const reboundMs = 500;
const unitMs = 40;

/**
 * Sudden stops, from how much moves in overlapping tiles of the picture: a sound is made where bodies meet, and there at least one
 * of them stops. A gesture that merely ends slows down over several frames. The moment lies within a frame: the pair in which
 * the thing stops has the share of the last full step that was left to go.
 */
export function suddenStops(flow: FlowSeries, times: PairTimes): SuddenStop[] {
  const { columns, rows, length } = flow;
  if (columns === 0 || rows === 0) return [];
  const motion = tileMotion(flow, times);
  const found: SuddenStop[] = [];
  const usual = new Float64Array(tiles * tiles);
  for (let t = 0; t < usual.length; t++)
    usual[t] = percentile(
      motion.filter((_, i) => i % usual.length === t),
      0.5,
    );
  for (let pair = 1; pair < length - 2; pair++) {
    let best: SuddenStop | undefined;
    for (let t = 0; t < usual.length; t++) {
      const [before, own, next, after] = [-1, 0, 1, 2].map((d) => motion[(pair + d) * usual.length + t]!) as [
        number,
        number,
        number,
        number,
      ];
      if (own < leastSpeed || own < lively * usual[t]! || next > own) continue;
      if (after > mostLeft * own || before > mostBefore * own) continue;
      if (best !== undefined && best.speed >= own) continue;
      best = {
        // In the next pair it goes on for the share of a step that is seen there.
        atMs: times.toMs[pair]! + (next / own) * (times.toMs[pair + 1]! - times.fromMs[pair + 1]!),
        x: (((t % tiles) + 0.5) * columns * cellSize) / tiles,
        y: ((Math.floor(t / tiles) + 0.5) * rows * cellSize) / tiles,
        speed: own,
      };
    }
    if (best === undefined) continue;
    const last = found[found.length - 1];
    if (last === undefined || best.atMs - last.atMs >= apartMs) found.push(best);
    else if (best.speed > last.speed) found[found.length - 1] = best;
  }
  return found.filter((stop, i) => !isRebound(stop, found[i - 1]));
}

/** What moves on after a blow and comes to rest with less than half of its speed: hands that part, a door that swings back. */
function isRebound(stop: SuddenStop, before: SuddenStop | undefined): boolean {
  return before !== undefined && stop.atMs - before.atMs < reboundMs && stop.speed < before.speed / 2;
}

/** How much moves in each tile in each pair: pixels in 40 ms beyond noise, summed over cells. */
function tileMotion({ columns, rows, length, down, right }: FlowSeries, { fromMs, toMs }: PairTimes): Float32Array {
  const cells = columns * rows;
  const out = new Float32Array(length * tiles * tiles);
  const fine = new Float32Array(tiles * tiles);
  for (let pair = 0; pair < length; pair++) {
    fine.fill(0);
    const elapsed = toMs[pair]! - fromMs[pair]!;
    const gain = elapsed > 0 ? (flowUnit * unitMs) / elapsed : 0;
    for (let row = 0, at = pair * cells; row < rows; row++) {
      const line = Math.floor((row * tiles) / rows) * tiles;
      for (let column = 0; column < columns; column++, at++) {
        const [v, u] = [down[at]!, right[at]!];
        const speed = Math.sqrt(v * v + u * u) * gain;
        if (speed > noise) fine[line + Math.floor((column * tiles) / columns)]! += speed - noise;
      }
    }
    // A tile and its neighbours: what moves from one into the other has not stopped.
    for (let y = 0; y < tiles; y++)
      for (let x = 0; x < tiles; x++) {
        let sum = 0;
        for (let ny = Math.max(0, y - 1); ny <= Math.min(tiles - 1, y + 1); ny++)
          for (let nx = Math.max(0, x - 1); nx <= Math.min(tiles - 1, x + 1); nx++) sum += fine[ny * tiles + nx]!;
        out[(pair * tiles + y) * tiles + x] = sum;
      }
  }
  return out;
}
