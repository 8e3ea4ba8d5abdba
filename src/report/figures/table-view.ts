import type { Unit } from '../../base/finding.ts';
import { formatNumber } from '../../base/format-number.ts';
import { shorten } from '../../base/shorten.ts';
import type { Text } from '../../base/text.ts';
import type { ReportArtefact } from '../model/report-model.ts';
import type { Cell, TableFigure } from './figure.ts';

/** Columns that fit a page's width; letters of a cell before it is cut. */
const mostColumns = 8;
export const longestCell = 160;

export interface ViewedColumn {
  readonly heading: string;
  readonly numeric: boolean;
}

export interface ViewedCell {
  readonly shown: string;
  /** How far a branch of a tree stands inside; 0 elsewhere. */
  readonly depth: number;
}

/** The beginning of a table as it is shown, whatever draws it. */
export interface TableView {
  readonly columns: readonly ViewedColumn[];
  readonly rows: readonly (readonly ViewedCell[])[];
  /** How much of the table that is and where all of it stands; absent where that is all. */
  readonly cut?: string;
}

/** Which columns and cells of a table artefact a report shows, in words. */
export function viewTable(text: Text, artefact: ReportArtefact, table: TableFigure): TableView {
  const stored = artefact.artefact;
  const depthAt = stored.kind === 'table' ? stored.columns.findIndex(({ id }) => id === stored.depthColumn) : -1;
  const columns = artefact.columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ at }) => at !== depthAt && table.rows.some((row) => !isBlank(row[at])))
    .slice(0, mostColumns)
    .map((column) => ({ ...column, numeric: isNumeric(table, column.at) }));
  const isCut = table.rows.length < table.total || columns.length < artefact.columns.length - (depthAt >= 0 ? 1 : 0);
  const treeAt = columns.find(({ numeric }) => !numeric)?.at;
  return {
    columns: columns.map(({ heading, unit, numeric }) => ({ heading: headingWithUnit(text, heading, unit), numeric })),
    rows: table.rows.map((row) =>
      columns.map(({ at }) => ({
        shown: cellText(text, artefact.method, row[at] ?? null),
        depth: at === treeAt ? depthOf(row[depthAt]) : 0,
      })),
    ),
    ...(isCut
      ? {
          cut: text('report:tables.cut', {
            shown: table.rows.length,
            total: table.total,
            columns: columns.length,
            allColumns: artefact.columns.length,
            file: stored.file,
          }),
        }
      : {}),
  };
}

function headingWithUnit(text: Text, heading: string, unit: Unit): string {
  const key = `units:axis.${unit}`;
  return text.has(key) ? `${heading} (${text(key)})` : heading;
}

function isNumeric(table: TableFigure, at: number): boolean {
  return (
    table.rows.some((row) => typeof row[at] === 'number') &&
    table.rows.every((row) => typeof row[at] === 'number' || row[at] === null || row[at] === undefined)
  );
}

function depthOf(value: Cell | undefined): number {
  return typeof value === 'number' ? Math.max(0, Math.min(8, Math.floor(value))) : 0;
}

function isBlank(value: Cell | undefined): boolean {
  return value === null || value === undefined || value === '';
}

function cellText(text: Text, method: string, value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return text(value ? 'units:yes' : 'units:no');
  if (typeof value === 'string') {
    const word = `methods/${method}:cells.${value}`;
    return /^[a-z-]+$/.test(value) && text.has(word) ? text(word) : shorten(value, longestCell);
  }
  // Whole numbers are offsets, sizes and counts: to be copied, so without spaces.
  return Number.isInteger(value) ? String(value) : formatNumber(value, text.language);
}
