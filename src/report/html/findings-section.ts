import { pictureOwners } from '../figures/figure-order.ts';
import type { ReportArtefact, ReportedExhibit, ReportFinding } from '../model/report-model.ts';
import { findingCard } from './finding-card.ts';
import { html, type Html } from './html.ts';
import type { SectionContext } from './section-context.ts';

/** Findings that answer something, or refuse to, on cards; plain facts stand among the details. */
export function findingsSection(context: SectionContext): Html {
  const { text, model } = context;
  return html`<section id="findings">
    <h2>${text('report:sections.findings')}</h2>
    <p class="muted intro">${text('report:findings.how-to-read')}</p>
    ${model.exhibits.map((exhibit) => exhibitFindings(context, exhibit))}
  </section>`;
}

function exhibitFindings(context: SectionContext, exhibit: ReportedExhibit): Html {
  const { text } = context;
  const cards = exhibit.findings.filter(({ outcome }) => outcome !== 'information');
  const facts = exhibit.findings.length - cards.length;
  const owners = pictureOwners(exhibit);
  const artefacts = new Map(exhibit.examinations.flatMap((e) => e.artefacts.map((a) => [a.id, a] as const)));
  const of = (finding: ReportFinding, own: boolean): ReportArtefact[] =>
    finding.artefacts
      .map((id) => artefacts.get(id))
      .filter((artefact) => artefact !== undefined)
      .filter(({ id, shown }) => shown !== 'listed' && (owners.get(id) === finding.id) === own);
  return html`<section class="exhibit-part">
    <h3 class="edge ${exhibit.role}">${exhibit.id} <bdi>${exhibit.name}</bdi></h3>
    ${cards.length === 0 ? html`<p class="empty">${text('report:findings.none')}</p>` : undefined}
    ${facts === 0 ? undefined : html`<p class="muted intro">${text('report:findings.facts-below', { count: facts })}</p>`}
    ${cards.map((finding) => findingCard(context, finding, of(finding, true), of(finding, false)))}
  </section>`;
}
