import type { RowSource } from './row-source.ts';

/** A span of a series: the samples themselves where they fit, else the lowest and highest of each bin. */
export interface SeriesSpan {
  readonly axis: number[];
  readonly min: (number | null)[][];
  readonly max: (number | null)[][];
  readonly exact: boolean;
}

const rowsAtATime = 65_536;

/**
 * Rows whose axis lies in [from, to), as at most `points` bins of equal width. Where there are no more rows than `points`,
 * each has its own bin at its own place and `exact` is true. Memory does not grow with the length of the span.
 */
export async function decimate(source: RowSource, from: number, to: number, points: number): Promise<SeriesSpan> {
  const width = source.columns.length;
  const first = await firstRowFrom(source, from);
  const end = await firstRowFrom(source, to);
  const count = Math.max(0, end - first);
  const exact = count <= points;
  const bins = exact ? count : points;
  const min = Array.from({ length: width - 1 }, () => new Float64Array(bins).fill(Infinity));
  const max = Array.from({ length: width - 1 }, () => new Float64Array(bins).fill(-Infinity));
  const binWidth = (to - from) / points;
  const axis = Array.from({ length: bins }, (_, bin) => from + bin * binWidth);
  for (let row = first; row < end; row += rowsAtATime) {
    const rows = Math.min(rowsAtATime, end - row);
    const values = await source.read(row, rows);
    for (let i = 0; i < rows; i++) {
      const at = values[i * width] ?? NaN;
      const bin = exact ? row + i - first : Math.min(bins - 1, Math.max(0, Math.floor((at - from) / binWidth)));
      if (exact) axis[bin] = at;
      for (let c = 1; c < width; c++) {
        const value = values[i * width + c] ?? NaN;
        const [low, high] = [min[c - 1], max[c - 1]];
        if (low === undefined || high === undefined || Number.isNaN(value)) continue;
        if (value < (low[bin] ?? Infinity)) low[bin] = value;
        if (value > (high[bin] ?? -Infinity)) high[bin] = value;
      }
    }
  }
  return {
    axis: axis.map((at) => (Number.isFinite(at) ? at : from)),
    min: min.map(orNull),
    max: max.map(orNull),
    exact,
  };
}

/** First row whose axis is at or past a value, by halving. A row without an axis value counts with the next one that has. */
async function firstRowFrom(source: RowSource, value: number): Promise<number> {
  let low = 0;
  let high = source.rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await axisAt(source, middle)) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const rowsToProbe = 64;

async function axisAt(source: RowSource, row: number): Promise<number> {
  const width = source.columns.length;
  const values = await source.read(row, 1);
  if (!Number.isNaN(values[0] ?? NaN)) return values[0] ?? NaN;
  const next = await source.read(row, Math.min(rowsToProbe, source.rows - row));
  for (let i = 0; i < next.length; i += width) if (!Number.isNaN(next[i] ?? NaN)) return next[i] ?? NaN;
  return Infinity;
}

function orNull(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
