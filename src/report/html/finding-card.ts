import { visibleLines } from '../../base/visible-text.ts';
import { shorten } from '../../base/shorten.ts';
import type { ReportArtefact, ReportFinding } from '../model/report-model.ts';
import { figureHtml } from './figure-html.ts';
import { html, type Html } from './html.ts';
import { outcomeHtml } from './outcome-html.ts';
import type { SectionContext } from './section-context.ts';

/** Places printed on a card, and in a row of the table of facts; the others stand in the data. */
const mostPlaces = { card: 6, row: 3 } as const;
/** A page of bold type is as hard to read as none. */
const longestBold = 160;
/** A measured text (a software string, a list) is cut here; in full it stands in the data. */
const longestShown = 120;

/**
 * One finding on one card: outcome, proposition, observation, measures, picture or plot, interpretation; limits beside it.
 * `own` are the artefacts that this card pictures; others of the finding are referred to.
 */
export function findingCard(
  context: SectionContext,
  finding: ReportFinding,
  own: readonly ReportArtefact[],
  elsewhere: readonly ReportArtefact[],
): Html {
  const { text } = context;
  const { proposition, reason, interpretation } = finding;
  const label = (key: string) => html`<span class="label">${text(`report:findings.${key}`)}</span> `;
  return html`<article class="card ${finding.outcome}" id="${finding.id}">
    <header>
      <h4>${outcomeHtml(text, finding.outcome)}</h4>
      <span class="id">${finding.id}</span
      ><span class="method"
        >${finding.method.title} · ${finding.method.id}
        ${text('report:findings.version', { version: String(finding.method.version) })}${finding.marked ? html` · ${text('report:findings.marked')}` : undefined}</span
      >
    </header>
    ${
      proposition === undefined
        ? undefined
        : html`<p class="proposition">${label('proposition')}${proposition.text}</p>`
    }
    <p class="observation${finding.observation.length > longestBold ? ' long' : ''}">${finding.observation}</p>
    ${reason === undefined ? undefined : html`<p>${label('reason')}${reason.text}</p>`}
    ${cardBody(context, finding, own, elsewhere)}
    ${interpretation === undefined ? undefined : html`<p class="interpretation">${label('interpretation')}${interpretation}</p>`}
    ${finding.remark === undefined ? undefined : html`<div class="remark">${label('remark')}${visibleLines(finding.remark).map((line) => html`<p>${line}</p>`)}</div>`}
  </article>`;
}

/** Measures, places and one picture at the left, limits at the right; two pictures or more stand below, side by side. */
function cardBody(
  context: SectionContext,
  finding: ReportFinding,
  own: readonly ReportArtefact[],
  elsewhere: readonly ReportArtefact[],
): Html {
  const { text } = context;
  const [only] = own.length === 1 ? own : [];
  const evidence = [
    measuresList(finding),
    placesList(context, finding, 'card'),
    only === undefined
      ? undefined
      : figureHtml(context, finding.exhibit, only, finding.limits.length > 0 ? 'card' : 'page'),
    elsewhere.length === 0
      ? undefined
      : html`<p class="muted">
          ${text('report:findings.see-figures', {
            figures: elsewhere
              .map(({ id }) => context.figureNumber(id))
              .sort((a, b) => a - b)
              .join(', '),
          })}
        </p>`,
  ].filter((part) => part !== undefined);
  const limits = finding.limits.map((limit) => html`<li>${limit.text}</li>`);
  return html`${
    evidence.length === 0 && limits.length === 0
      ? undefined
      : html`<div class="body">
          ${evidence.length === 0 ? undefined : html`<div class="evidence">${evidence}</div>`}
          ${
            limits.length === 0
              ? undefined
              : html`<aside class="limits">
                  <h5>${text('report:findings.limits')}</h5>
                  <ul>
                    ${limits}
                  </ul>
                </aside>`
          }
        </div>`
  }${own.length < 2 ? undefined : html`<div class="figures">${own.map((artefact) => figureHtml(context, finding.exhibit, artefact, 'page'))}</div>`}`;
}

/** Names and values of a finding's measures, in two columns. */
export function measuresList({ measures }: ReportFinding): Html | undefined {
  if (measures.length === 0) return undefined;
  return html`<dl class="measures">
    ${measures.map(
      ({ label, shown, value }) =>
        html`<dt>${label}</dt>
          ${typeof value === 'string' ? html`<dd>${shorten(shown, longestShown)}</dd>` : html`<dd class="quantity">${shown}</dd>`}`,
    )}
  </dl>`;
}

/** Where in the exhibit a finding stands, the first few. */
export function placesList(
  { text }: SectionContext,
  { places }: ReportFinding,
  within: keyof typeof mostPlaces,
): Html | undefined {
  const shown = places.filter((place) => place.shown !== '');
  if (shown.length === 0) return undefined;
  const more = shown.length - mostPlaces[within];
  return html`<p class="places">
    <span class="label">${text('report:findings.places')}</span> ${shown
      .slice(0, mostPlaces[within])
      .map(
        (place) => html`<span class="mono place">${place.shown}</span>`,
      )}${more > 0 ? html` ${text('report:findings.more-places', { more, total: shown.length })}` : undefined}
  </p>`;
}
