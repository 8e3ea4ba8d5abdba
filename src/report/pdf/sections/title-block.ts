import { bold, mono, type Inline } from '../layout/inline.ts';
import { card, cardFrame } from '../layout/card.ts';
import { facts } from '../layout/facts.ts';
import { heading } from '../layout/heading.ts';
import type { Piece } from '../layout/piece.ts';
import { colours, type } from '../layout/style.ts';
import { tag } from '../layout/tag.ts';
import { paragraph } from '../layout/text-pieces.ts';
import type { PdfContext } from '../section-context.ts';
import { contentsList } from './contents-list.ts';

/** Reference, title, examiner, date with zone, who seals, and what the seal shows; the signature stands for its line. */
export function titleBlock(context: PdfContext): Piece[] {
  const { text, model, set, frame, root, dataSha256 } = context;
  const { case: of, sealedBy } = model;
  const parent = tag('Sect', root);
  const say = (key: string) => text(`report:title.${key}`);
  const shown = (key: string, value: Inline) => ({ label: say(key), value });
  return [
    ...paragraph(set, frame, text('report:title.kind', { id: model.id }), {
      style: type.bodyMuted,
      parent,
      before: 0,
      keepWithNext: true,
    }),
    ...heading(set, frame, of.title, { level: 1, parent }),
    ...facts(
      set,
      frame,
      [
        of.reference === undefined ? undefined : shown('reference', of.reference),
        shown('examiner', of.examiner),
        shown('date', mono(model.createdAt.shown)),
        shown('data', mono(dataSha256)),
      ],
      { parent, before: 8, style: type.body },
    ),
    ...sealCard(context),
    ...paragraph(set, frame, text('pdf:attached'), { style: type.smallMuted, parent, before: 6 }),
    ...contentsList(context, parent),
  ].map((piece, i, all) => (i < all.length - 1 ? { ...piece, keepWithNext: true } : piece));

  function sealCard({ set: typesetter, frame: outer }: PdfContext): Piece[] {
    const inner = cardFrame(outer);
    const seal = [
      ...paragraph(typesetter, inner, [bold(text('pdf:sealed-by', { name: sealedBy.name }))], { parent }),
      ...facts(
        typesetter,
        inner,
        [
          { label: text('pdf:fingerprint'), value: mono(sealedBy.fingerprint) },
          { label: say('words'), value: sealedBy.words.join(' ') },
        ],
        { parent, before: 2 },
      ),
      ...paragraph(typesetter, inner, `${sealedBy.notice} ${text('pdf:verify')}`, {
        style: type.small,
        parent,
        before: 3,
      }),
    ];
    const [made, ...rest] = card(outer, seal, sealedBy.practice ? colours.inconclusive : colours.muted, 10);
    if (made === undefined) return rest;
    return [
      {
        ...made,
        draw: (surface, y) => {
          surface.signHere({ x: outer.x, y, width: outer.width, height: made.height });
          made.draw(surface, y);
        },
      },
      ...rest,
    ];
  }
}
