import type { NotExamined } from '../../model/report-model.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { table } from '../layout/table.ts';
import { bullets, paragraph } from '../layout/text-pieces.ts';
import type { PdfContext } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

/** What was not examined and why, with exhibits that share a method, a status and a reason on one row. */
export function notExaminedSection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.not-examined'));
  const parent = place.tag;
  const rows = new Map<string, { entry: NotExamined; exhibits: string[] }>();
  for (const entry of model.notExamined) {
    const id = [entry.method.id, entry.status, entry.reason.text].join('\u0000');
    const row = rows.get(id) ?? { entry, exhibits: [] };
    row.exhibits.push(entry.finding ?? entry.exhibit);
    rows.set(id, row);
  }
  const column = (key: string) => ({ heading: text(`report:not-examined.${key}`) });
  return [
    ...head,
    ...paragraph(set, frame, text('report:not-examined.meaning'), {
      style: type.smallMuted,
      parent,
      keepWithNext: true,
    }),
    ...(rows.size === 0
      ? paragraph(set, frame, text('report:not-examined.none'), { parent })
      : table(
          set,
          frame,
          [column('exhibit'), column('method'), column('status'), column('reason')],
          [...rows.values()].map(({ entry, exhibits }) => [
            exhibits.join(', '),
            entry.method.title,
            entry.statusText,
            entry.reason.text,
          ]),
          { parent },
        )),
  ];
}

/** What no report of this kind can say. */
export function limitsSection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.limits'));
  return [
    ...head,
    ...bullets(
      set,
      frame,
      model.honestLimits.map((limit) => limit.text),
      { parent: place.tag, before: 6 },
    ),
  ];
}
