import { shorten } from '../../../base/shorten.ts';
import type { ReportedExamination, ReportedExhibit, ReportFinding } from '../../model/report-model.ts';
import { heading, type BookmarkHolder } from '../layout/heading.ts';
import { styled, type Inline } from '../layout/inline.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { table } from '../layout/table.ts';
import type { Tag } from '../layout/tag.ts';
import { bullets, paragraph } from '../layout/text-pieces.ts';
import type { PdfContext, SectionPlace } from '../section-context.ts';
import { figureRows, placesInline } from './finding-card.ts';
import { sectionHead } from './section-heading.ts';

const longestShown = 120;

/** Annex: per exhibit and method the parameters, plain facts as dense rows, and the figures that no card shows. */
export function detailsSection(context: PdfContext): Piece[] {
  const { text, model } = context;
  const { place, head } = sectionHead(context, text('pdf:sections.details'));
  return [...head, ...model.exhibits.flatMap((exhibit) => exhibitPieces(context, exhibit, place))];
}

function exhibitPieces(context: PdfContext, exhibit: ReportedExhibit, { tag, holder }: SectionPlace): Piece[] {
  const { text, set, frame } = context;
  const { examinations } = exhibit;
  // Why these do not apply stands in the list of what was not examined; here they are only named.
  const idle = examinations.filter(({ status }) => status === 'not-applicable').map(({ method }) => method.title);
  const ran = examinations.filter(({ status }) => status !== 'not-applicable');
  const under: BookmarkHolder = {};
  const title = `${exhibit.id} ${exhibit.name}`;
  const small = { style: type.smallMuted, parent: tag };
  return [
    ...heading(set, frame, title, { level: 3, parent: tag, bookmark: title, under: holder, holder: under }),
    ...(examinations.length === 0 ? paragraph(set, frame, text('report:details.none'), small) : []),
    ...(idle.length === 0
      ? []
      : paragraph(set, frame, text('report:details.not-applicable', { methods: idle.join(', ') }), {
          ...small,
          keepWithNext: ran.length > 0,
        })),
    ...ran.flatMap((examination) => methodPieces(context, exhibit, examination, tag, under)),
  ];
}

function methodPieces(
  context: PdfContext,
  exhibit: ReportedExhibit,
  examination: ReportedExamination,
  parent: Tag,
  under: BookmarkHolder,
): Piece[] {
  const { text, set, frame } = context;
  const { method, statusText, reason, parameters } = examination;
  const facts = exhibit.findings.filter((f) => f.key === examination.key && f.outcome === 'information');
  const figures = examination.artefacts.filter(({ shown }) => shown === 'in-details');
  const listed = examination.artefacts.filter(({ shown }) => shown === 'listed').length;
  const version = text('report:findings.version', { version: String(method.version) });
  const follows = parameters.length + facts.length + figures.length > 0;
  return [
    ...heading(set, frame, [method.title, styled(type.smallMuted, `   ${method.id} ${version} · ${statusText}`)], {
      level: 4,
      parent,
      bookmark: method.title,
      under,
      before: 14,
    }),
    ...(reason === undefined ? [] : paragraph(set, frame, reason.text, { parent, keepWithNext: follows })),
    ...(parameters.length === 0
      ? []
      : paragraph(
          set,
          frame,
          [
            `${text('report:details.parameters')}: `,
            parameters.map(({ label, shown }, i): Inline => [
              `${i === 0 ? '' : ' · '}${label} `,
              styled(type.smallMono, shown),
            ]),
          ],
          { style: type.smallMuted, parent, keepWithNext: facts.length + figures.length > 0 },
        )),
    ...factsTable(context, facts, parent),
    ...limits(context, facts, parent),
    ...figureRows(context, figures, exhibit.id, frame, parent),
    ...(listed === 0
      ? []
      : paragraph(set, frame, text('report:details.listed', { count: listed }), {
          style: type.smallMuted,
          parent,
          before: 6,
        })),
  ];
}

function factsTable(context: PdfContext, facts: readonly ReportFinding[], parent: Tag): Piece[] {
  const { text, set, frame } = context;
  if (facts.length === 0) return [];
  const column = (key: string) => ({ heading: text(`report:details.${key}`) });
  return table(
    set,
    frame,
    [
      { ...column('number'), style: type.smallMono, rowHeading: true, width: 54 },
      { ...column('observation'), width: 238 },
      { ...column('measures'), width: frame.width - 292 },
    ],
    facts.map((finding) => [finding.id, factInline(context, finding), measuresInline(finding)]),
    { parent },
  );
}

function factInline(context: PdfContext, finding: ReportFinding): Inline {
  const places = placesInline(context, finding, 'row');
  return [
    finding.observation,
    finding.interpretation === undefined ? '' : styled(type.smallMuted, ` ${finding.interpretation}`),
    places === undefined ? '' : ['\n', places],
  ];
}

function measuresInline({ measures }: ReportFinding): Inline {
  return measures.map(({ label, shown, value }, i): Inline => [
    i === 0 ? '' : '\n',
    styled(type.smallMuted, `${label} `),
    typeof value === 'string' ? shorten(shown, longestShown) : styled(type.smallMono, shown),
  ]);
}

/** Each limit once, with the findings that it belongs to. */
function limits({ text, set, frame }: PdfContext, facts: readonly ReportFinding[], parent: Tag): Piece[] {
  const known = new Map<string, string[]>();
  for (const { id, limits: own } of facts)
    for (const limit of own) known.set(limit.text, [...(known.get(limit.text) ?? []), id]);
  if (known.size === 0) return [];
  return [
    ...paragraph(set, frame, text('report:findings.limits'), {
      style: type.smallBold,
      parent,
      before: 6,
      keepWithNext: true,
    }),
    ...bullets(
      set,
      frame,
      [...known].map(([limit, ids]) =>
        ids.length === facts.length ? limit : `${limit} (${ids.map((id) => id.replace(/^.*-/, '')).join(', ')})`,
      ),
      { style: type.smallMuted, parent, before: 1 },
    ),
  ];
}
