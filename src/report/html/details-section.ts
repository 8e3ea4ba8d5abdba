import type { ReportedExamination, ReportedExhibit, ReportFinding } from '../model/report-model.ts';
import { figureHtml } from './figure-html.ts';
import { measuresList, placesList } from './finding-card.ts';
import { html, type Html } from './html.ts';
import type { SectionContext } from './section-context.ts';

/** Per exhibit and method: parameters, plain facts as dense rows, and the pictures, plots and tables that no card shows. */
export function detailsSection(context: SectionContext): Html {
  const { text, model } = context;
  return html`<section id="details">
    <h2>${text('report:sections.details')}</h2>
    ${model.exhibits.map((exhibit) => exhibitDetails(context, exhibit))}
  </section>`;
}

function exhibitDetails(context: SectionContext, exhibit: ReportedExhibit): Html {
  const { text } = context;
  const { examinations } = exhibit;
  // Why these do not apply stands in the list of what was not examined; here they are only named.
  const idle = examinations.filter(({ status }) => status === 'not-applicable').map(({ method }) => method.title);
  const ran = examinations.filter(({ status }) => status !== 'not-applicable');
  return html`<section class="exhibit-part">
    <h3 class="edge ${exhibit.role}">${exhibit.id} <bdi>${exhibit.name}</bdi></h3>
    ${examinations.length === 0 ? html`<p class="empty">${text('report:details.none')}</p>` : undefined}
    ${idle.length === 0 ? undefined : html`<p class="muted intro">${text('report:details.not-applicable', { methods: idle.join(', ') })}</p>`}
    ${ran.map((examination) => methodPart(context, exhibit, examination))}
  </section>`;
}

function methodPart(context: SectionContext, exhibit: ReportedExhibit, examination: ReportedExamination): Html {
  const { text } = context;
  const { method, statusText, reason, parameters } = examination;
  const facts = exhibit.findings.filter((f) => f.key === examination.key && f.outcome === 'information');
  const figures = examination.artefacts.filter(({ shown }) => shown === 'in-details');
  const listed = examination.artefacts.filter(({ shown }) => shown === 'listed').length;
  return html`<section class="method">
    <h4>
      ${method.title}
      <span class="muted"
        >${method.id} ${text('report:findings.version', { version: String(method.version) })} · ${statusText}</span
      >
    </h4>
    ${reason === undefined ? undefined : html`<p>${reason.text}</p>`}${
      parameters.length === 0
        ? undefined
        : html`<p class="parameters">
            ${text('report:details.parameters')}:
            ${parameters.map(({ label, shown }, i) => html`${i === 0 ? '' : ' · '}${label} <span class="mono">${shown}</span>`)}
          </p>`
    }${factsTable(context, facts)}${limitsOf(context, facts)}
    <div class="figures">${figures.map((artefact) => figureHtml(context, exhibit.id, artefact, 'page'))}</div>
    ${listed === 0 ? undefined : html`<p class="muted">${text('report:details.listed', { count: listed })}</p>`}
  </section>`;
}

function factsTable(context: SectionContext, facts: readonly ReportFinding[]): Html | undefined {
  const { text } = context;
  if (facts.length === 0) return undefined;
  const heading = (key: string) => html`<th scope="col">${text(`report:details.${key}`)}</th>`;
  return html`<table class="findings">
    <thead>
      <tr>
        ${heading('number')}${heading('observation')}${heading('measures')}
      </tr>
    </thead>
    <tbody>
      ${facts.map(
        (finding) =>
          html`<tr id="${finding.id}">
            <td class="id">${finding.id}</td>
            <td>
              ${finding.observation}${
                finding.interpretation === undefined
                  ? undefined
                  : html` <span class="muted">${finding.interpretation}</span>`
              }${placesList(context, finding, 'row')}
            </td>
            <td>${measuresList(finding)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Each limit once, with the findings that it belongs to. */
function limitsOf({ text }: SectionContext, facts: readonly ReportFinding[]): Html | undefined {
  const limits = new Map<string, string[]>();
  for (const { id, limits: own } of facts)
    for (const limit of own) limits.set(limit.text, [...(limits.get(limit.text) ?? []), id]);
  if (limits.size === 0) return undefined;
  return html`<div class="limits">
    <h5>${text('report:findings.limits')}</h5>
    <ul>
      ${[...limits].map(
        ([limit, ids]) =>
          html`<li>
            ${limit}${ids.length === facts.length ? undefined : html` <span class="id">(${ids.map((id) => id.replace(/^.*-/, '')).join(', ')})</span>`}
          </li>`,
      )}
    </ul>
  </div>`;
}
