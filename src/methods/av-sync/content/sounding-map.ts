import type { Box } from './examine-stretch.ts';
import { cellSize } from './grey-levels.ts';
import { laggedVoice, type Candidate } from './lag-scan.ts';
import type { StretchMotion } from './scan-stretch.ts';
import type { VoiceOnset } from './voice-onset.ts';

/** How well each cell of one level follows the voice at one lag. */
export interface SoundingMap {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell in analysed pixels. */
  readonly cellPixels: number;
  /** Correlation, 0 where it is negative or nothing moves. */
  readonly values: Float32Array;
  /** The lit part around the best place, in analysed pixels, where it is in the middle of the stretch. */
  readonly region: Box;
  /** When the picture looked like this. */
  readonly atMs: number;
}

/** Speed below which a cell's correlation is faded out, pixels in 40 ms. */
const fade = 0.1;

/** The map of "pixels that sound": it lights up the mouth of a speaking face. */
export function soundingMap(motion: StretchMotion, place: Candidate, voice: VoiceOnset, lagMs: number): SoundingMap {
  const { columns, rows, speed, strength, length } = motion.speeds[place.level]!;
  const cells = columns * rows;
  const heard = laggedVoice(voice.rise, voice.startMs, motion.momentsMs, Float64Array.of(lagMs));
  const values = new Float32Array(cells);
  for (let i = 0; i < length; i++)
    for (let cell = 0, at = i * cells; cell < cells; cell++, at++)
      values[cell] = values[cell]! + speed[at]! * heard[i]!;
  for (let cell = 0; cell < cells; cell++) {
    const own = strength[cell]!;
    const sure = (own * own) / (own * own + fade * fade);
    values[cell] = own > 0 ? Math.max(0, (values[cell]! / length / own) * sure) : 0;
  }
  const cellPixels = cellSize * 2 ** place.level;
  return {
    ...{ columns, rows, cellPixels, values },
    region: litRegion(values, columns, rows, place, cellPixels),
    atMs: motion.momentsMs[Math.floor(length / 2)] ?? 0,
  };
}

/** Bounding box of the cells around the best one that are lit at least half as much, one cell of margin. */
function litRegion(values: Float32Array, columns: number, rows: number, place: Candidate, cellPixels: number): Box {
  const start = place.row * columns + place.column;
  const least = values[start]! / 2;
  const seen = new Set([start]);
  const queue = [start];
  let [left, right, top, bottom] = [place.column, place.column, place.row, place.row];
  const reach = 8;
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    const row = Math.floor(cell / columns);
    const column = cell % columns;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    for (const [dy, dx] of [
      [0, 1],
      [0, -1],
      [1, 0],
      [-1, 0],
    ] as const) {
      const [y, x] = [row + dy, column + dx];
      const next = y * columns + x;
      if (y < 0 || x < 0 || y >= rows || x >= columns || seen.has(next)) continue;
      if (Math.abs(y - place.row) > reach || Math.abs(x - place.column) > reach) continue;
      if (values[next]! < least) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  const x = Math.max(0, left - 1);
  const y = Math.max(0, top - 1);
  return {
    x: x * cellPixels,
    y: y * cellPixels,
    width: (Math.min(columns - 1, right + 1) - x + 1) * cellPixels,
    height: (Math.min(rows - 1, bottom + 1) - y + 1) * cellPixels,
  };
}
