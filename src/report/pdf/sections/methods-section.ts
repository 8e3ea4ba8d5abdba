import { heading } from '../layout/heading.ts';
import { bold, styled } from '../layout/inline.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import type { Tag } from '../layout/tag.ts';
import { bullets, paragraph } from '../layout/text-pieces.ts';
import type { PdfContext } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

/** The methods that ran: the question of each, how it works, how often it errs, its limits and its sources. */
export function methodsSection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.methods'));
  const parent = place.tag;
  return [
    ...head,
    ...model.methods.flatMap((method) => [
      ...heading(
        set,
        frame,
        [
          method.title,
          styled(
            type.smallMuted,
            `   ${method.id} ${text('report:findings.version', { version: String(method.version) })}`,
          ),
        ],
        { level: 3, parent, bookmark: method.title, under: place.holder },
      ),
      ...paragraph(set, frame, [bold(method.question), ' ', method.summary], { parent }),
      ...errorRates(context, method.errorRates ?? [], parent),
      ...group(
        context,
        text('pdf:methods.limits'),
        method.limits.map((limit) => limit.text),
        parent,
      ),
      ...group(
        context,
        text('pdf:methods.references'),
        method.references.map(({ citation, doi }) => (doi === undefined ? citation : `${citation} doi:${doi}`)),
        parent,
      ),
    ]),
  ];
}

function group(context: PdfContext, title: string, entries: readonly string[], parent: Tag): Piece[] {
  const { set, frame } = context;
  if (entries.length === 0) return [];
  return [
    ...paragraph(set, frame, title, { style: type.smallBold, parent, keepWithNext: true }),
    ...bullets(set, frame, entries, { style: type.small, parent, before: 1 }),
  ];
}

/** Measured error rates where the method states them; that none are stated is said too. */
function errorRates(context: PdfContext, stated: readonly string[], parent: Tag): Piece[] {
  const { text, set, frame } = context;
  if (stated.length > 0) return group(context, text('report:error-rates'), stated, parent);
  return paragraph(set, frame, text('pdf:methods.no-error-rates'), { style: type.smallMuted, parent });
}
