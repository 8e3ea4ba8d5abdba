import { bullets } from '../layout/text-pieces.ts';
import { outcomeInline } from '../layout/outcome.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import type { PdfContext } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

/** At most eight lines, each with its outcome's symbol where it has one. */
export function summarySection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.summary'));
  const lines = model.summary.map((line) =>
    line.outcome === undefined ? line.text : [outcomeInline(text, line.outcome, type.body), ' · ', line.text],
  );
  return [...head, ...bullets(set, frame, lines, { parent: place.tag, before: 6 })];
}
