import { heading } from '../layout/heading.ts';
import type { Piece } from '../layout/piece.ts';
import { tag } from '../layout/tag.ts';
import type { PdfContext, SectionPlace } from '../section-context.ts';

/** The head of a section with its bookmark, and the place that its parts stand under. */
export function sectionHead({ set, frame, root }: PdfContext, title: string): { place: SectionPlace; head: Piece[] } {
  const place: SectionPlace = { tag: tag('Sect', root), holder: {} };
  const head = heading(set, frame, title, { level: 2, parent: place.tag, bookmark: title, holder: place.holder });
  return { place, head };
}
