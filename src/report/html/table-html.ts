import { formatClock } from '../../base/format-time.ts';
import { shorten } from '../../base/shorten.ts';
import type { MarksFigure, TableFigure } from '../figures/figure.ts';
import { longestCell, viewTable } from '../figures/table-view.ts';
import type { ReportArtefact } from '../model/report-model.ts';
import { html, type Html } from './html.ts';
import { columnShares } from './column-shares.ts';
import type { SectionContext } from './section-context.ts';

/** The beginning of a table artefact, with how much of it that is and where all of it stands. */
export function tableHtml({ text }: SectionContext, artefact: ReportArtefact, table: TableFigure): Html {
  const { columns, rows, cut } = viewTable(text, artefact, table);
  const shares = columnShares(
    columns.map(({ heading }, c) => ({
      heading,
      cells: rows.map((row) => 'x'.repeat((row[c]?.depth ?? 0) * 2) + (row[c]?.shown ?? '')),
    })),
  );
  return html`<table class="data fixed">
      <colgroup>
        ${shares.map((share) => html`<col width="${share}%" />`)}
      </colgroup>
      <thead>
        <tr>
          ${columns.map(
            ({ heading, numeric }) =>
              html`<th scope="col" ${numeric ? html` class="number"` : undefined}>${heading}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(({ shown, depth }, c) => cellHtml(shown, columns[c]?.numeric === true, depth))}
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

function cellHtml(shown: string, number: boolean, depth: number): Html {
  const classes = [number ? 'number' : undefined, depth > 0 ? `depth-${depth}` : undefined].filter(
    (c) => c !== undefined,
  );
  return classes.length > 0 ? html`<td class="${classes.join(' ')}">${shown}</td>` : html`<td>${shown}</td>`;
}
