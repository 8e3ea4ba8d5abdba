import type { Inline } from './inline.ts';
import type { Frame, Piece } from './piece.ts';
import { colours, type } from './style.ts';
import type { Bookmark } from './surface.ts';
import { tag, type Tag } from './tag.ts';
import { linePieces } from './text-pieces.ts';
import type { Typesetter } from './typesetter.ts';

/** Bookmarks as they are made, so that one heading can stand under another. */
export interface BookmarkHolder {
  made?: Bookmark;
}

export interface HeadingOptions {
  readonly level: 1 | 2 | 3 | 4;
  readonly parent: Tag;
  readonly before?: number;
  /** Title of the bookmark that points here, where it has one. */
  readonly bookmark?: string;
  readonly under?: BookmarkHolder;
  readonly holder?: BookmarkHolder;
}

const spaceBefore = { 1: 0, 2: 20, 3: 14, 4: 10 } as const;

/** A heading: never the last thing on a page. The second level stands under a rule. */
export function heading(set: Typesetter, frame: Frame, inline: Inline, options: HeadingOptions): Piece[] {
  const { level, parent } = options;
  const style = type[`h${level}`];
  const lines = set.lines(inline, style, frame.width);
  const pieces = linePieces(
    lines,
    frame.x,
    style,
    tag(`H${level}`, parent),
    options.before ?? spaceBefore[level],
    true,
  );
  return pieces.map((piece, i): Piece => {
    if (i > 0) return piece;
    return {
      ...piece,
      ...(level === 2 && options.bookmark !== undefined ? { mark: options.bookmark } : {}),
      draw: (surface, y) => {
        if (level === 2)
          surface.ornament(() => {
            surface.rule(frame.x, y - 5, frame.x + frame.width, y - 5, colours.line);
          });
        if (options.bookmark !== undefined) {
          const made = surface.bookmark(options.bookmark, y, options.under?.made);
          if (options.holder !== undefined) options.holder.made = made;
        }
        piece.draw(surface, y);
      },
    };
  });
}
