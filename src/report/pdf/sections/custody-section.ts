import { localMoment } from '../../html/local-moment.ts';
import { facts } from '../layout/facts.ts';
import { mono } from '../layout/inline.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { table } from '../layout/table.ts';
import { paragraph } from '../layout/text-pieces.ts';
import type { PdfContext } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

/** Entries of the log that a report prints: the first few tell how the case began, the last how it came here. */
const printed = { first: 10, last: 40 } as const;

/** Who did what and when, with the head that fixes how long the log was. */
export function custodySection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.custody'));
  const parent = place.tag;
  const { custody } = model;
  const { entries } = custody;
  const all = entries.length <= printed.first + printed.last;
  const shown = all ? entries : [...entries.slice(0, printed.first), ...entries.slice(-printed.last)];
  const column = (key: string) => ({ heading: text(`report:custody.${key}`) });
  return [
    ...head,
    ...paragraph(set, frame, model.clockNotice, { parent }),
    ...facts(
      set,
      frame,
      [
        { label: text('report:custody.head'), value: [String(custody.seq), ' · ', mono(custody.hash)] },
        { label: text('report:custody.actors'), value: custody.actors.join(', ') },
      ],
      { parent },
    ),
    ...table(
      set,
      frame,
      [
        { ...column('seq'), align: 'right' },
        {
          ...column('at'),
          style: type.smallMono,
          width: set.measure('2026-01-01 00:00:00 +00:00', type.smallMono) + 10,
        },
        column('actor'),
        column('action'),
        { ...column('subject'), style: type.smallMono },
      ],
      shown.map(({ seq, at, actor, actionText, subject }) => [
        String(seq),
        localMoment(at),
        actor,
        actionText,
        // An examination's key is 64 digits; eight are enough to find it, and all stand in custody.jsonl.
        subject.replace(/[0-9a-f]{64}/g, (key) => `${key.slice(0, 8)}…`),
      ]),
      { parent },
    ),
    ...(all
      ? []
      : paragraph(
          set,
          frame,
          text('report:custody.cut', {
            shown: shown.length,
            total: entries.length,
            first: printed.first,
            last: printed.last,
          }),
          { style: type.smallMuted, parent },
        )),
  ];
}
