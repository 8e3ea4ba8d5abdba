import { formatClock } from '../../base/format-time.ts';
import type { Text } from '../../base/text.ts';
import type { Figure, PictureFigure } from '../figures/figure.ts';
import { layoutPlot } from '../figures/plot-layout.ts';
import type { ReportArtefact } from '../model/report-model.ts';
import { html, type Html } from './html.ts';
import { mapHtml } from './map-html.ts';
import { marksSvg } from './marks-svg.ts';
import { plotSvg } from './plot-svg.ts';
import type { SectionContext } from './section-context.ts';
import { eventTable, tableHtml } from './table-html.ts';

/** Width in pixels of the drawing: across the page, or beside a finding's limits. */
const widths = { page: { width: 680, panelHeight: 92 }, card: { width: 460, panelHeight: 96 } } as const;

interface Drawn {
  readonly body: Html;
  /** How the drawing relates to the artefact: at which size a picture is shown, how much of a series a line shows. */
  readonly note?: string;
}

/** A pictured artefact with its number and caption: exhibit, frame, time, size shown and the SHA-256 of the whole artefact. */
export function figureHtml(
  context: SectionContext,
  exhibit: string,
  artefact: ReportArtefact,
  place: 'page' | 'card',
): Html {
  const { text } = context;
  const number = context.figureNumber(artefact.id);
  const { body, note } = draw(context, artefact, place);
  const { artefact: stored, caption, atMs } = artefact;
  const frame = stored.kind === 'map' && stored.over?.plane === 'picture' ? stored.over.frame : undefined;
  const facts = [
    exhibit,
    frame === undefined ? undefined : text('report:places.frame', { frame: String(frame) }),
    atMs === undefined ? undefined : formatClock(atMs),
    note,
  ].filter((fact) => fact !== undefined);
  return html`<figure id="figure-${number}" class="${kindOf(artefact)}">
    ${body}
    <figcaption>
      <b>${text('report:figures.number', { number: String(number) })}</b> ${caption}${/[.!?]$/.test(caption) ? '' : '.'}
      <span class="facts">${facts.join(' · ')}</span> <span class="hash">SHA-256 ${stored.sha256}</span>
    </figcaption>
  </figure>`;
}

function kindOf({ artefact }: ReportArtefact): string {
  if (artefact.kind !== 'map') return artefact.kind;
  return artefact.over?.plane === 'picture' ? 'map scene' : 'map';
}

function draw(context: SectionContext, artefact: ReportArtefact, place: 'page' | 'card'): Drawn {
  const { text } = context;
  const figure: Figure = context.figures.get(artefact.id) ?? { kind: 'unreadable', reason: 'missing' };
  const { artefact: stored, caption } = artefact;
  const nothing = html`<p class="empty">${text('report:figures.nothing')}</p>`;
  switch (figure.kind) {
    case 'picture':
      return {
        body: stored.kind === 'map' ? mapHtml(text, artefact, stored, figure) : nothing,
        note: sizeNote(text, figure),
      };
    case 'plot': {
      const layout = layoutPlot(text, figure, widths[place]);
      if (layout === undefined) return { body: nothing };
      const note = layout.decimated ? `decimated-${figure.draw === 'bars' ? 'bars' : 'line'}` : 'samples';
      return { body: plotSvg(layout, caption), note: text(`report:figures.${note}`, { count: layout.samples }) };
    }
    case 'table':
      return { body: tableHtml(context, artefact, figure) };
    case 'marks': {
      const rows = eventTable(context, artefact, figure, place === 'card' ? 5 : 12);
      return { body: html`${marksSvg(text, figure, widths[place].width, caption) ?? nothing}${rows}` };
    }
    case 'unreadable':
      return { body: html`<p class="empty">${text(`report:figures.unreadable.${figure.reason}`)}</p>` };
  }
}

function sizeNote(text: Text, { shownWidth, shownHeight, fullWidth, fullHeight }: PictureFigure): string {
  const full = { fullWidth: String(fullWidth), fullHeight: String(fullHeight) };
  return shownWidth === fullWidth && shownHeight === fullHeight
    ? text('report:figures.full-size', full)
    : text('report:figures.reduced', { ...full, width: String(shownWidth), height: String(shownHeight) });
}
