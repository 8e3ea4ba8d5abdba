import type { Unit } from '../../base/finding.ts';
import { formatNumber } from '../../base/format-number.ts';
import { formatClock } from '../../base/format-time.ts';
import { shorten } from '../../base/shorten.ts';
import type { Text } from '../../base/text.ts';
import type { Cell, MarksFigure, TableFigure } from '../figures/figure.ts';
import type { ReportArtefact } from '../model/report-model.ts';
import { html, type Html } from './html.ts';
import { columnShares } from './column-shares.ts';
import type { SectionContext } from './section-context.ts';

/** Columns that fit a page's width; letters of a cell before it is cut. */
const mostColumns = 8;
const longestCell = 160;

/** The beginning of a table artefact, with how much of it that is and where all of it stands. */
export function tableHtml(context: SectionContext, artefact: ReportArtefact, table: TableFigure): Html {
  const { text } = context;
  const stored = artefact.artefact;
  const depthAt = stored.kind === 'table' ? stored.columns.findIndex(({ id }) => id === stored.depthColumn) : -1;
  const columns = artefact.columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ at }) => at !== depthAt && table.rows.some((row) => !isBlank(row[at])))
    .slice(0, mostColumns);
  const cut =
    table.rows.length < table.total || columns.length < artefact.columns.length - (depthAt >= 0 ? 1 : 0)
      ? text('report:tables.cut', {
          shown: table.rows.length,
          total: table.total,
          columns: columns.length,
          allColumns: artefact.columns.length,
          file: stored.file,
        })
      : undefined;
  const numeric = new Set(columns.filter(({ at }) => isNumeric(table, at)).map(({ at }) => at));
  const treeAt = columns.find(({ at }) => !numeric.has(at))?.at;
  const depth = (row: readonly Cell[], at: number) => (at === treeAt ? depthOf(row[depthAt]) : 0);
  const shares = columnShares(
    columns.map(({ at, heading }) => ({
      heading,
      cells: table.rows.map((row) => 'x'.repeat(depth(row, at) * 2) + cellText(text, row[at] ?? null)),
    })),
  );
  return html`<table class="data fixed">
      <colgroup>
        ${shares.map((share) => html`<col width="${share}%" />`)}
      </colgroup>
      <thead>
        <tr>
          ${columns.map(
            ({ heading, unit, at }) =>
              html`<th scope="col" ${numeric.has(at) ? html` class="number"` : undefined}>
                ${headingWithUnit(text, heading, unit)}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          (row) =>
            html`<tr>
              ${columns.map(({ at }) => cellHtml(text, row[at] ?? null, numeric.has(at), depth(row, at)))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${cut === undefined ? undefined : html`<p class="cut">${cut}</p>`}`;
}

/** The first events of an artefact as rows below their marks. */
export function eventTable(context: SectionContext, artefact: ReportArtefact, figure: MarksFigure, most: number): Html {
  const { text } = context;
  const rows = figure.marks.slice(0, most);
  const cut =
    rows.length < figure.total
      ? html`<p class="cut">
          ${text('report:tables.cut-rows', { shown: rows.length, total: figure.total, file: artefact.artefact.file })}
        </p>`
      : undefined;
  if (rows.length === 0) return html`${cut}`;
  return html`<table class="data">
      <thead>
        <tr>
          <th scope="col" class="time">${text('report:tables.from')}</th>
          <th scope="col" class="time">${text('report:tables.to')}</th>
          <th scope="col">${text('report:tables.event')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ startMs, endMs, label }) =>
            html`<tr>
              <td class="mono whole">${formatClock(startMs)}</td>
              <td class="mono whole">${endMs === undefined ? '' : formatClock(endMs)}</td>
              <td>${shorten(label, longestCell)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${cut}`;
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

function cellText(text: Text, value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return text(value ? 'units:yes' : 'units:no');
  if (typeof value === 'string') return shorten(value, longestCell);
  // Whole numbers are offsets, sizes and counts: to be copied, so without spaces.
  return Number.isInteger(value) ? String(value) : formatNumber(value, text.language);
}

function cellHtml(text: Text, value: Cell, number: boolean, depth: number): Html {
  const classes = [number ? 'number' : undefined, depth > 0 ? `depth-${depth}` : undefined].filter(
    (c) => c !== undefined,
  );
  const shown = cellText(text, value);
  return classes.length > 0 ? html`<td class="${classes.join(' ')}">${shown}</td>` : html`<td>${shown}</td>`;
}
