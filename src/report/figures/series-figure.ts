import type { SeriesArtefact } from '../../base/artefact.ts';
import { decodeNpy } from '../../base/npy.ts';
import type { ReportArtefact } from '../model/report-model.ts';
import { readJson } from './read-json.ts';
import type { PlotFigure } from './figure.ts';

/**
 * A series in either of its stored forms as columns of numbers. `giveBack` gets what was only needed on the way. Throws where a column is missing or of another length.
 */
export function seriesFigure(
  series: SeriesArtefact,
  columns: ReportArtefact['columns'],
  bytes: Uint8Array,
  giveBack: (array: ArrayBufferView) => void = () => undefined,
): PlotFigure {
  const values =
    series.mediaType === 'application/x-npy' ? fromNpy(bytes, columns.length, giveBack) : fromJson(bytes, columns);
  if (values.some(({ length }) => length !== values[0]?.length)) throw new RangeError('columns differ in length');
  return {
    kind: 'plot',
    draw: series.draw,
    columns: columns.map((column, c) => ({ ...column, values: values[c] ?? new Float64Array() })),
  };
}

function fromNpy(bytes: Uint8Array, columns: number, giveBack: (array: ArrayBufferView) => void): Float64Array[] {
  const { values, shape } = decodeNpy(bytes);
  const [rows = 0, width = 1] = shape;
  if (shape.length > 2 || width !== columns) throw new RangeError('not the columns that it should have');
  const taken = Array.from({ length: width }, (_, c) => {
    const column = new Float64Array(rows);
    for (let r = 0; r < rows; r++) column[r] = values[r * width + c] ?? NaN;
    return column;
  });
  giveBack(values);
  return taken;
}

function fromJson(bytes: Uint8Array, columns: ReportArtefact['columns']): Float64Array[] {
  const stored = (readJson(bytes) as { columns?: Record<string, unknown> }).columns ?? {};
  return columns.map(({ id }) => {
    const column = Object.hasOwn(stored, id) ? stored[id] : undefined;
    if (!Array.isArray(column)) throw new RangeError(`no column ${id}`);
    return Float64Array.from(column, (value) => (typeof value === 'number' ? value : NaN));
  });
}
