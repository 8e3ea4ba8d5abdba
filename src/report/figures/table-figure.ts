import type { TableArtefact } from '../../base/artefact.ts';
import type { Cell, TableFigure } from './figure.ts';
import { readJson } from './read-json.ts';

/** A table of up to so many rows is printed as far as a page goes; of a longer one, only a sample. */
const readableRows = 150;
const mostRows = 40;
const sampleRows = 15;

/** The beginning of a table, its cells in the order of the artefact's columns. Throws where it has no rows to read. */
export function tableFigure(table: TableArtefact, bytes: Uint8Array): TableFigure {
  const stored = readJson(bytes) as { columns?: unknown; rows?: unknown };
  if (!Array.isArray(stored.rows) || !Array.isArray(stored.columns)) throw new RangeError('not a table');
  const ids = stored.columns as unknown[];
  const order = table.columns.map(({ id }) => ids.indexOf(id));
  const rows = (stored.rows as unknown[])
    .slice(0, stored.rows.length <= readableRows ? mostRows : sampleRows)
    .map((row) => order.map((at) => (Array.isArray(row) ? cell((row as unknown[])[at]) : null)));
  return { kind: 'table', rows, total: stored.rows.length };
}

function cell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}
