import type { SeriesArtefact } from '../../../src/base/artefact.ts';
import type { SeriesPiece } from './axis-data.ts';
import type { LaneCanvas } from './lane-canvas.ts';
import { xOf } from './time-scale.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest of what a series holds; from zero on where nothing is below it. */
export function rangeOf(piece: SeriesPiece): Range {
  let low = Infinity;
  let high = -Infinity;
  piece.min.forEach((column) => column.forEach((value) => (value < low ? (low = value) : undefined)));
  piece.max.forEach((column) => column.forEach((value) => (value > high ? (high = value) : undefined)));
  if (low > high) return { low: 0, high: 1 };
  if (low > 0) low = 0;
  if (low === high) return { low: low - 0.5, high: high + 0.5 };
  return { low, high };
}

const tones = ['--text-muted', '--text', '--text-faint'] as const;

/** Draws a series as its artefact says: bars from zero, steps, points, or lines. */
export function drawSeries(
  lane: LaneCanvas,
  series: SeriesArtefact,
  pieces: readonly SeriesPiece[],
  range: Range,
): void {
  const columns = series.columns.length - 1;
  for (let column = 0; column < columns; column++) {
    lane.context.fillStyle = lane.context.strokeStyle = lane.colours.of(tones[column % tones.length] ?? '--text');
    if (series.draw === 'bars') drawBars(lane, pieces, column, range);
    else if (series.draw === 'points') drawPoints(lane, pieces, column, range);
    else drawLine(lane, pieces, column, range, series.draw === 'steps');
  }
}

/** Place of a value on a lane of this height. */
export function yOf(value: number, { low, high }: Range, height: number): number {
  const margin = 2;
  return margin + (1 - (value - low) / (high - low)) * (height - 2 * margin);
}

/** Width of the last bar, after which nothing says where it ends. */
const lastBar = 4;
/** Marks nearer than this would run into one line. */
const marksApart = 8;

/** Draws each bar up to the next one, whole pixels at the least. */
function drawBars(lane: LaneCanvas, pieces: readonly SeriesPiece[], column: number, range: Range): void {
  const { context, width, height } = lane;
  const ground = yOf(Math.max(0, range.low), range, height);
  let lastMark = -Infinity;
  for (const { axis, max } of pieces) {
    const values = max[column];
    if (values === undefined) continue;
    for (let i = 0; i < axis.length; i++) {
      const value = values[i] ?? NaN;
      // In a second column nought means: not one of these.
      if (Number.isNaN(value) || (column > 0 && value === 0)) continue;
      const x = xOf(lane, axis[i] ?? 0);
      const next = i + 1 < axis.length ? xOf(lane, axis[i + 1] ?? 0) : x + lastBar;
      if (next < 0 || x > width) continue;
      const top = yOf(value, range, height);
      const barWidth = Math.max(1, next - x - 1);
      context.fillRect(x, top, barWidth, Math.max(1, ground - top));
      // What the second column names (key frames) is marked by shape too.
      if (column > 0 && x - lastMark >= marksApart) {
        context.fillRect(x - 1, height - 3, Math.max(3, Math.min(barWidth, 5)), 3);
        lastMark = x;
      }
    }
  }
}

/** Fewer points than this in a lane are drawn as large as they can be seen. */
const fewPoints = 300;

function drawPoints(lane: LaneCanvas, pieces: readonly SeriesPiece[], column: number, range: Range): void {
  const { context, width, height } = lane;
  const isFew = pieces.reduce((sum, { axis }) => sum + axis.length, 0) < fewPoints;
  const half = isFew ? 2 : 1;
  for (const { axis, min, max } of pieces) {
    for (let i = 0; i < axis.length; i++) {
      const x = xOf(lane, axis[i] ?? 0);
      if (x < -2 || x > width + 2) continue;
      for (const value of new Set([min[column]?.[i] ?? NaN, max[column]?.[i] ?? NaN]))
        if (!Number.isNaN(value)) context.fillRect(x - half, yOf(value, range, height) - half, 2 * half, 2 * half);
    }
  }
}

function drawLine(
  lane: LaneCanvas,
  pieces: readonly SeriesPiece[],
  column: number,
  range: Range,
  isStepped: boolean,
): void {
  const { context, width, height } = lane;
  context.lineWidth = 1;
  context.beginPath();
  let lastY: number | undefined;
  for (const { axis, min, max, exact } of pieces) {
    const [low, high] = [min[column], max[column]];
    if (low === undefined || high === undefined) continue;
    for (let i = 0; i < axis.length; i++) {
      const x = xOf(lane, axis[i] ?? 0);
      const value = high[i] ?? NaN;
      if (Number.isNaN(value)) {
        // An empty bin only says that no sample begins in it; an empty sample breaks the line.
        if (exact) lastY = undefined;
        continue;
      }
      // One point beyond either edge is kept, so that the line runs on.
      const after = axis[i + 1];
      if (after !== undefined && xOf(lane, after) < 0) continue;
      const top = yOf(value, range, height);
      const bottom = yOf(low[i] ?? value, range, height);
      if (lastY === undefined) context.moveTo(x, top);
      else {
        if (isStepped) context.lineTo(x, lastY);
        context.lineTo(x, top);
      }
      if (bottom !== top) context.lineTo(x, bottom);
      lastY = bottom;
      if (x > width) break;
    }
  }
  if (isStepped && lastY !== undefined) context.lineTo(width, lastY);
  context.stroke();
}

/** The sample that holds at a moment: the latest one that begins no later. -1 where there is none. */
export function sampleAt(axis: ArrayLike<number>, ms: number): number {
  let low = 0;
  let high = axis.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((axis[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
