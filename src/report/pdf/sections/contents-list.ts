import type { Frame, Piece } from '../layout/piece.ts';
import { leadingOf, type } from '../layout/style.ts';
import { tag, type Tag } from '../layout/tag.ts';
import type { PdfContext } from '../section-context.ts';

/** Sections in their order: keys of their titles. */
const sections = [
  'report:sections.summary',
  'pdf:sections.asked',
  'report:sections.exhibits',
  'report:sections.findings',
  'pdf:sections.opinion',
  'report:sections.not-examined',
  'report:sections.limits',
  'report:sections.custody',
  'report:sections.methods',
  'report:sections.reproduction',
  'pdf:sections.details',
] as const;

const columns = 2;
const gap = 24;

/** What stands on which page, in two columns: on paper there are no bookmarks. */
export function contentsList({ text, set, frame }: PdfContext, parent: Tag): Piece[] {
  const leading = leadingOf(type.small);
  const rows = Math.ceil(sections.length / columns);
  const list = tag('TOC', parent);
  const width = (frame.width - gap * (columns - 1)) / columns;
  const column = (at: number): Frame => ({ x: frame.x + at * (width + gap), width });
  return [
    {
      height: rows * leading,
      before: 12,
      draw: (surface, y) => {
        for (const [i, key] of sections.entries()) {
          const { x } = column(Math.floor(i / rows));
          const top = y + (i % rows) * leading;
          const title = text(key);
          const number = set.line(String(surface.pageOf.get(title) ?? ''), type.smallMono);
          surface.inside(tag('TOCI', list), () => {
            surface.line(set.line(title, type.small), x, top, leading);
            surface.line(number, x + width - number.width, top, leading);
          });
        }
      },
    },
  ];
}
