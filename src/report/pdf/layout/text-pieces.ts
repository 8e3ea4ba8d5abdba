import type { Inline } from './inline.ts';
import type { Frame, Piece } from './piece.ts';
import { leadingOf, type, type Style } from './style.ts';
import { tag, type Tag } from './tag.ts';
import type { Typesetter } from './typesetter.ts';
import type { Line } from './wrap-lines.ts';

export interface ParagraphOptions {
  readonly style?: Style;
  readonly before?: number;
  readonly parent?: Tag;
  readonly keepWithNext?: boolean;
  readonly tag?: Tag;
}

/** A paragraph as its lines; the first two and the last two stay together, so that none stands alone on a page. */
export function paragraph(set: Typesetter, frame: Frame, inline: Inline, options: ParagraphOptions = {}): Piece[] {
  const { style = type.body, before = 4, keepWithNext = false } = options;
  const lines = set.lines(inline, style, frame.width);
  return linePieces(lines, frame.x, style, options.tag ?? tag('P', options.parent), before, keepWithNext);
}

export function linePieces(
  lines: readonly Line[],
  x: number,
  style: Style,
  as: Tag,
  before: number,
  keepWithNext: boolean,
): Piece[] {
  const leading = leadingOf(style);
  return lines.map((line, i) => ({
    height: leading,
    ...(i === 0 ? { before } : {}),
    ...(keepWithNext || (lines.length > 1 && (i === 0 || i === lines.length - 2)) ? { keepWithNext: true } : {}),
    draw: (surface, y) => {
      surface.inside(as, () => {
        surface.line(line, x, y, leading);
      });
    },
  }));
}

/** A list with dots; each entry like a paragraph. */
export function bullets(
  set: Typesetter,
  frame: Frame,
  entries: readonly Inline[],
  options: ParagraphOptions & { readonly sign?: string } = {},
): Piece[] {
  const { style = type.body, before = 4, sign = '•' } = options;
  const indent = style.size * 1.1;
  const list = tag('L', options.parent);
  const leading = leadingOf(style);
  return entries.flatMap((entry, i) => {
    const body = tag('LBody', tag('LI', list));
    const lines = set.lines(entry, style, frame.width - indent);
    const pieces = linePieces(lines, frame.x + indent, style, body, i === 0 ? before : 1.5, false);
    return pieces.map((piece, at): Piece => {
      if (at > 0) return piece;
      const mark = set.line(sign, style);
      return {
        ...piece,
        draw: (surface, y) => {
          surface.ornament(() => {
            surface.line(mark, frame.x + 1, y, leading);
          });
          piece.draw(surface, y);
        },
      };
    });
  });
}
