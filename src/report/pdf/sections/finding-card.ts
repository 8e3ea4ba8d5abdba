import { shorten } from '../../../base/shorten.ts';
import { visibleLines } from '../../../base/visible-text.ts';
import type { ReportArtefact, ReportFinding } from '../../model/report-model.ts';
import { figurePieces } from '../figures/figure-pieces.ts';
import { card, cardFrame, pageRoom, sideBySide } from '../layout/card.ts';
import { facts } from '../layout/facts.ts';
import { bold, styled, type Inline } from '../layout/inline.ts';
import { outcomeInline } from '../layout/outcome.ts';
import { stackHeight, type Frame, type Piece } from '../layout/piece.ts';
import { colours, type } from '../layout/style.ts';
import { tag, type Tag } from '../layout/tag.ts';
import { bullets, paragraph } from '../layout/text-pieces.ts';
import type { PdfContext, SectionPlace } from '../section-context.ts';

/** Places printed on a card, and in a row of the table of facts; the others stand in the data. */
const mostPlaces = { card: 6, row: 3 } as const;
/** A page of bold type is as hard to read as none. */
const longestBold = 160;
/** A measured text (a software string, a list) is cut here; in full it stands in the data. */
const longestShown = 120;
const longestBookmark = 90;

/** One finding on one card: outcome, proposition, observation, measures, pictures, interpretation, and limits beside it. */
export function findingCard(
  context: PdfContext,
  finding: ReportFinding,
  own: readonly ReportArtefact[],
  elsewhere: readonly ReportArtefact[],
  { tag: parent, holder }: SectionPlace,
): Piece[] {
  const { text, set, frame } = context;
  const inner = cardFrame(frame);
  const as = tag('Sect', parent);
  const { proposition, reason, interpretation, observation, method } = finding;
  const labelled = (key: string, words: Inline): Inline => [bold(text(`report:findings.${key}`)), ' ', words];
  const head: Inline = [
    outcomeInline(text, finding.outcome, type.body),
    '   ',
    styled(type.bodyMono, finding.id),
    '   ',
    styled(
      type.smallMuted,
      `${method.title} · ${method.id} ${text('report:findings.version', { version: String(method.version) })}${finding.marked ? ` · ${text('report:findings.marked')}` : ''}`,
    ),
  ];
  const words = (inline: Inline, before = 4) => paragraph(set, inner, inline, { parent: as, before });
  const pieces: Piece[] = [
    ...paragraph(set, inner, head, { tag: tag('H4', as), keepWithNext: true, before: 0 }),
    ...(proposition === undefined ? [] : words(labelled('proposition', proposition.text))),
    ...words(observation.length > longestBold ? observation : bold(observation)),
    ...(reason === undefined ? [] : words(labelled('reason', reason.text))),
    ...body(context, finding, own, elsewhere, inner, as),
    ...(interpretation === undefined ? [] : words(labelled('interpretation', interpretation), 6)),
    ...(finding.remark === undefined ? [] : words(labelled('remark', visibleLines(finding.remark).join('\n')))),
  ];
  const [first, ...rest] = card(frame, pieces, colours[finding.outcome]);
  if (first === undefined) return rest;
  return [
    {
      ...first,
      draw: (surface, y) => {
        surface.bookmark(`${finding.id} ${shorten(observation, longestBookmark)}`, y, holder.made);
        first.draw(surface, y);
      },
    },
    ...rest,
  ];
}

/** Measures, places and one picture at the left, limits at the right; two pictures or more stand below. */
function body(
  context: PdfContext,
  finding: ReportFinding,
  own: readonly ReportArtefact[],
  elsewhere: readonly ReportArtefact[],
  frame: Frame,
  as: Tag,
): Piece[] {
  const { text, set } = context;
  const [only] = own.length === 1 ? own : [];
  const evidenceIn = (within: Frame): Piece[] => [
    ...measures(context, finding, within, as),
    ...places(context, finding, within, as),
    ...(only === undefined
      ? []
      : figurePieces(context, within, finding.exhibit, only, finding.limits.length > 0 ? 'card' : 'page', as)),
    ...(elsewhere.length === 0
      ? []
      : paragraph(
          set,
          within,
          text('report:findings.see-figures', {
            figures: elsewhere
              .map(({ id }) => context.figureNumber(id))
              .sort((a, b) => a - b)
              .join(', '),
          }),
          { style: type.smallMuted, parent: as },
        )),
  ];
  const limitsIn = (within: Frame): Piece[] =>
    finding.limits.length === 0
      ? []
      : [
          ...paragraph(set, within, text('report:findings.limits'), {
            style: type.smallBold,
            parent: as,
            keepWithNext: true,
          }),
          ...bullets(
            set,
            within,
            finding.limits.map((limit) => limit.text),
            { style: type.smallMuted, parent: as, before: 2 },
          ),
        ];
  const below = own.length < 2 ? [] : figureRows(context, own, finding.exhibit, frame, as);
  const gap = 14;
  const left: Frame = { x: frame.x, width: (frame.width - gap) * 0.66 };
  const right: Frame = { x: frame.x + left.width + gap, width: (frame.width - gap) * 0.34 };
  const evidence = evidenceIn(left);
  const limits = limitsIn(right);
  const fits = Math.max(stackHeight(evidence), stackHeight(limits)) < pageRoom * 0.7;
  if (evidence.length > 0 && limits.length > 0 && fits) return [...sideBySide(evidence, limits, 4), ...below];
  return [...evidenceIn(frame), ...limitsIn(frame), ...below];
}

/** Pictures in pairs, anything else across the whole width. */
export function figureRows(
  context: PdfContext,
  artefacts: readonly ReportArtefact[],
  exhibit: string,
  frame: Frame,
  as: Tag,
): Piece[] {
  const gap = 14;
  const half = (frame.width - gap) / 2;
  const left: Frame = { x: frame.x, width: half };
  const right: Frame = { x: frame.x + half + gap, width: half };
  const pieces: Piece[] = [];
  for (let i = 0; i < artefacts.length; i += 1) {
    const one = artefacts[i];
    const two = artefacts[i + 1];
    if (one === undefined) continue;
    if (two !== undefined && isScene(one) && isScene(two)) {
      pieces.push(
        ...sideBySide(
          figurePieces(context, left, exhibit, one, 'card', as),
          figurePieces(context, right, exhibit, two, 'card', as),
          8,
        ),
      );
      i += 1;
    } else pieces.push(...figurePieces(context, isScene(one) ? left : frame, exhibit, one, 'page', as));
  }
  return pieces;
}

function isScene({ artefact }: ReportArtefact): boolean {
  return artefact.kind === 'map' && artefact.over?.plane === 'picture';
}

/** Names and values of a finding's measures. */
function measures({ set }: PdfContext, finding: ReportFinding, frame: Frame, parent: Tag): Piece[] {
  return facts(
    set,
    frame,
    finding.measures.map(({ label, shown, value }) => ({
      label,
      value: typeof value === 'string' ? shorten(shown, longestShown) : styled(type.smallMono, shown),
    })),
    { parent },
  );
}

function places(context: PdfContext, finding: ReportFinding, frame: Frame, parent: Tag): Piece[] {
  const words = placesInline(context, finding, 'card');
  return words === undefined ? [] : paragraph(context.set, frame, words, { style: type.small, parent });
}

/** Where in the exhibit a finding stands, the first few. */
export function placesInline(
  { text }: PdfContext,
  { places: all }: ReportFinding,
  within: keyof typeof mostPlaces,
): Inline {
  const shown = all.filter((place) => place.shown !== '');
  if (shown.length === 0) return undefined;
  const more = shown.length - mostPlaces[within];
  return [
    styled(type.smallBold, text('report:findings.places')),
    ' ',
    styled(
      type.smallMono,
      shown
        .slice(0, mostPlaces[within])
        .map((place) => place.shown)
        .join(' · '),
    ),
    more > 0 ? ` ${text('report:findings.more-places', { more, total: shown.length })}` : '',
  ];
}
