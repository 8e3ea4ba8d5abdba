import { shorten } from '../../../base/shorten.ts';
import { supportScale } from '../../../base/judgement.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { facts } from '../layout/facts.ts';
import { heading } from '../layout/heading.ts';
import { bold, styled, written, type Inline } from '../layout/inline.ts';
import { outcomeInline } from '../layout/outcome.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { table } from '../layout/table.ts';
import type { Tag } from '../layout/tag.ts';
import { bullets, paragraph } from '../layout/text-pieces.ts';
import type { PdfContext } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

const longestObservation = 220;

/**
 * The examiner's opinion and own words, with the scale that its strength is taken from printed in full; that there is none is said.
 * The program picks nothing here.
 */
export function opinionSection(context: PdfContext): Piece[] {
  const { text, set, frame, model } = context;
  const { place, head } = sectionHead(context, text('pdf:sections.opinion'));
  const parent = place.tag;
  const none = paragraph(set, frame, text('pdf:opinion.none'), { parent });
  return [
    ...head,
    ...(model.opinions.length === 0 ? none : model.opinions.flatMap((_, i) => opinion(context, i, parent))),
    ...scale(context, parent),
    ...marked(context, parent),
    ...provenance(context, parent),
    ...bookmarks(context, parent),
    ...notes(context, parent),
  ];
}

function opinion({ text, set, frame, model }: PdfContext, at: number, parent: Tag): Piece[] {
  const one = model.opinions[at];
  if (one === undefined) return [];
  const say = (key: string) => text(`report:opinion.${key}`);
  return [
    ...facts(
      set,
      frame,
      [
        { label: say('proposition'), value: written(one.proposition) },
        { label: say('alternative'), value: written(one.alternative) },
        { label: say('outcome'), value: outcomeInline(text, one.outcome, type.body) },
        { label: say('strength'), value: bold(one.strength.text) },
      ],
      { parent, before: at === 0 ? 4 : 12, style: type.body, labelWidth: 150 },
    ),
    ...paragraph(set, frame, written(one.words), { parent }),
    ...paragraph(set, frame, `${one.at.shown} · ${one.author}`, { style: type.smallMuted, parent }),
  ];
}

/** The verbal scale with the likelihood ratios of the guideline's own example, and the steps that the examiner picked. */
function scale({ text, set, frame, model }: PdfContext, parent: Tag): Piece[] {
  const chosen = new Map<string, number[]>();
  for (const [i, one] of model.opinions.entries())
    chosen.set(one.strength.key, [...(chosen.get(one.strength.key) ?? []), i + 1]);
  const column = (key: string) => ({ heading: text(`pdf:scale.${key}`) });
  return [
    ...heading(set, frame, text('pdf:scale.title'), { level: 3, parent }),
    ...paragraph(set, frame, text('pdf:scale.meaning'), { style: type.smallMuted, parent, keepWithNext: true }),
    ...table(
      set,
      frame,
      [
        { ...column('step'), align: 'right', width: 38 },
        column('words'),
        { ...column('ratio'), style: type.smallMono },
        column('chosen'),
      ],
      supportScale.map((step, i) => [
        String(i),
        text(`report:strengths.${step}`),
        text(`pdf:scale.ratios.${step}`),
        chosen.has(step)
          ? styled(type.smallBold, text('pdf:scale.picked', { opinions: (chosen.get(step) ?? []).join(', ') }))
          : '',
      ]),
      { parent },
    ).map((piece, i, all) => (i < all.length - 1 ? { ...piece, keepWithNext: true } : piece)),
  ];
}

function marked({ text, set, frame, model }: PdfContext, parent: Tag): Piece[] {
  const findings = model.exhibits.flatMap((exhibit) => exhibit.findings.filter((finding) => finding.marked));
  if (findings.length === 0) return [];
  return [
    ...heading(set, frame, text('report:opinion.marked'), { level: 3, parent }),
    ...bullets(
      set,
      frame,
      findings.map(({ id, outcome, observation, remark }): Inline => [
        styled(type.bodyMono, id),
        ' ',
        outcomeInline(text, outcome, type.body),
        ` · ${shorten(observation, longestObservation)}`,
        remark === undefined ? '' : `\n${written(remark)}`,
      ]),
      { parent },
    ),
  ];
}

function provenance({ text, set, frame, model }: PdfContext, parent: Tag): Piece[] {
  if (model.provenance.length === 0) return [];
  const column = (key: string) => ({ heading: text(`report:provenance.${key}`) });
  return [
    ...heading(set, frame, text('report:provenance.title'), { level: 3, parent }),
    ...paragraph(set, frame, text('report:provenance.meaning'), { style: type.smallMuted, parent, keepWithNext: true }),
    ...table(
      set,
      frame,
      [column('exhibit'), column('question'), column('answer'), column('reason')],
      model.provenance.map(({ exhibit, question, answerText, reason }) => [
        exhibit,
        question.text,
        answerText,
        written(reason),
      ]),
      { parent },
    ),
  ];
}

function bookmarks({ text, set, frame, model }: PdfContext, parent: Tag): Piece[] {
  if (model.bookmarks.length === 0) return [];
  const column = (key: string) => ({ heading: text(`report:bookmarks.${key}`) });
  return [
    ...heading(set, frame, text('report:opinion.bookmarks'), { level: 3, parent }),
    ...table(
      set,
      frame,
      [column('exhibit'), { ...column('place'), style: type.smallMono }, column('status'), column('words')],
      model.bookmarks.map(({ exhibit, shown, statusText, words }) => [exhibit, shown, statusText, written(words)]),
      { parent },
    ),
  ];
}

function notes({ text, set, frame, model }: PdfContext, parent: Tag): Piece[] {
  if (model.notes.length === 0) return [];
  return [
    ...heading(set, frame, text('report:opinion.notes'), { level: 3, parent }),
    ...model.notes.flatMap((note: ReportModel['notes'][number]) => [
      ...paragraph(
        set,
        frame,
        `${note.exhibit === undefined ? '' : `${note.exhibit} · `}${note.at.shown} · ${note.author}`,
        { style: type.smallMuted, parent, keepWithNext: true },
      ),
      ...paragraph(set, frame, written(note.words), { parent, before: 1 }),
    ]),
  ];
}
