import type { TableArtefact } from '../../base/artefact.ts';
import type { Cell, TableFigure } from './figure.ts';
import { readJson } from './read-json.ts';

/** Rows that a report prints of one table; the rest stands in the artefact's file. */
const mostRows = 30;

/** The beginning of a table, its cells in the order of the artefact's columns. Throws where it has no rows to read. */
export function tableFigure(table: TableArtefact, bytes: Uint8Array): TableFigure {
  const stored = readJson(bytes) as { columns?: unknown; rows?: unknown };
  if (!Array.isArray(stored.rows) || !Array.isArray(stored.columns)) throw new RangeError('not a table');
  const ids = stored.columns as unknown[];
  const order = table.columns.map(({ id }) => ids.indexOf(id));
  const rows = (stored.rows as unknown[])
    .slice(0, mostRows)
    .map((row) => order.map((at) => (Array.isArray(row) ? cell((row as unknown[])[at]) : null)));
  return { kind: 'table', rows, total: stored.rows.length };
}

function cell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}
