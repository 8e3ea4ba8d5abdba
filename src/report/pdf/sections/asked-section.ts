import type { Outcome } from '../../../base/finding.ts';
import { styled, written, type Inline } from '../layout/inline.ts';
import { outcomeInline } from '../layout/outcome.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { facts } from '../layout/facts.ts';
import { heading } from '../layout/heading.ts';
import { table } from '../layout/table.ts';
import { paragraph } from '../layout/text-pieces.ts';
import type { PdfContext } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

/** What was asked: the propositions that the examiner weighed, and those that the methods tested. */
export function askedSection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('pdf:sections.asked'));
  const parent = place.tag;
  const own = model.opinions.flatMap((opinion, i): Piece[] =>
    facts(
      set,
      frame,
      [
        { label: text('report:opinion.proposition'), value: written(opinion.proposition) },
        { label: text('report:opinion.alternative'), value: written(opinion.alternative) },
      ],
      { parent, before: i === 0 ? 4 : 8, style: type.body },
    ),
  );
  const tested = testedPropositions(context);
  return [
    ...head,
    ...(own.length === 0 ? paragraph(set, frame, text('pdf:asked.none-of-the-examiner'), { parent, before: 4 }) : own),
    ...heading(set, frame, text('pdf:asked.tested'), { level: 3, parent }),
    ...(tested.length === 0
      ? paragraph(set, frame, text('pdf:asked.none-tested'), { style: type.bodyMuted, parent })
      : table(
          set,
          frame,
          [
            { heading: text('pdf:asked.proposition') },
            { heading: text('report:not-examined.method') },
            { heading: text('pdf:asked.answers'), width: set.measure('◆ Inconclusive  E001-F00', type.smallMono) },
          ],
          tested,
          { parent },
        )),
  ];
}

/** Each proposition once, with its method and the findings that answer it. */
function testedPropositions({ text, model }: PdfContext): Inline[][] {
  const rows = new Map<string, { proposition: string; method: string; answers: { id: string; outcome: Outcome }[] }>();
  for (const { findings } of model.exhibits)
    for (const { id, outcome, proposition, method } of findings) {
      if (proposition === undefined) continue;
      const key = `${method.id} ${proposition.text}`;
      const row = rows.get(key) ?? { proposition: proposition.text, method: method.title, answers: [] };
      row.answers.push({ id, outcome });
      rows.set(key, row);
    }
  return [...rows.values()].map(({ proposition, method, answers }) => [
    proposition,
    method,
    answers
      .slice(0, mostAnswers)
      .map(({ id, outcome }, i): Inline => [
        i === 0 ? '' : '\n',
        outcomeInline(text, outcome, type.small),
        styled(type.smallMono, ` ${id}`),
      ])
      .concat(
        answers.length > mostAnswers
          ? [`\n${text('report:summary.and-more', { ids: '…', more: answers.length - mostAnswers })}`]
          : [],
      ),
  ]);
}

const mostAnswers = 8;
