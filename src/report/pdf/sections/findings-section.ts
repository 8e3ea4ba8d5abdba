import { pictureOwners } from '../../figures/figure-order.ts';
import type { ReportArtefact, ReportedExhibit, ReportFinding } from '../../model/report-model.ts';
import { heading, type BookmarkHolder } from '../layout/heading.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { paragraph } from '../layout/text-pieces.ts';
import type { PdfContext, SectionPlace } from '../section-context.ts';
import { findingCard } from './finding-card.ts';
import { sectionHead } from './section-heading.ts';

/** Findings that answer something, or refuse to, on cards; plain facts stand among the details. */
export function findingsSection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.findings'));
  return [
    ...head,
    ...paragraph(set, frame, text('report:findings.how-to-read'), { style: type.smallMuted, parent: place.tag }),
    ...model.exhibits.flatMap((exhibit) => exhibitPieces(context, exhibit, place)),
  ];
}

function exhibitPieces(context: PdfContext, exhibit: ReportedExhibit, { tag, holder }: SectionPlace): Piece[] {
  const { text, set, frame } = context;
  const cards = exhibit.findings.filter(({ outcome }) => outcome !== 'information');
  const facts = exhibit.findings.length - cards.length;
  const owners = pictureOwners(exhibit);
  const artefacts = new Map(exhibit.examinations.flatMap((e) => e.artefacts.map((a) => [a.id, a] as const)));
  const of = (finding: ReportFinding, own: boolean): ReportArtefact[] =>
    finding.artefacts
      .map((id) => artefacts.get(id))
      .filter((artefact) => artefact !== undefined)
      .filter(({ id, shown }) => shown !== 'listed' && (owners.get(id) === finding.id) === own);
  const under: BookmarkHolder = {};
  const title = `${exhibit.id} ${exhibit.name}`;
  const small = { style: type.smallMuted, parent: tag, keepWithNext: cards.length > 0 };
  return [
    ...heading(set, frame, title, { level: 3, parent: tag, bookmark: title, under: holder, holder: under }),
    ...(cards.length === 0
      ? paragraph(set, frame, text('report:findings.none'), { ...small, keepWithNext: facts > 0 })
      : []),
    ...(facts === 0 ? [] : paragraph(set, frame, text('report:findings.facts-below', { count: facts }), small)),
    ...cards.flatMap((finding) =>
      findingCard(context, finding, of(finding, true), of(finding, false), { tag, holder: under }),
    ),
  ];
}
