import type { Piece } from './piece.ts';

export interface PlacedPiece {
  readonly piece: Piece;
  readonly y: number;
}

export type PlacedPage = readonly PlacedPiece[];

/**
 * Puts pieces on pages between `top` and `bottom`. What must keep with the next moves with it; a piece that comes first on a page
 * brings its head along. A chain that is taller than a page is broken rather than lost. Pure.
 */
export function paginate(
  pieces: readonly Piece[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
): PlacedPage[] {
  const pages: PlacedPiece[][] = [[]];
  let y = top;
  const newPage = (): void => {
    pages.push([]);
    y = top;
  };
  for (let i = 0; i < pieces.length;) {
    const chain = chainFrom(pieces, i);
    const empty = pages.at(-1)?.length === 0;
    if (!empty && y + chainHeight(chain, false) > bottom + 0.01) newPage();
    for (const piece of chain) {
      const first = pages.at(-1)?.length === 0;
      const above = first ? 0 : (piece.before ?? 0);
      if (!first && y + above + piece.height > bottom + 0.01) newPage();
      y = place(pages.at(-1) ?? [], piece, y);
    }
    i += chain.length;
  }
  return pages.filter((page, i) => i === 0 || page.length > 0);
}

function place(page: PlacedPiece[], piece: Piece, y: number): number {
  let at = y;
  if (page.length === 0) {
    if (piece.head !== undefined) {
      page.push({ piece: piece.head, y: at });
      at += piece.head.height;
    }
  } else at += piece.before ?? 0;
  page.push({ piece, y: at });
  return at + piece.height;
}

/** The piece and all that it must keep with, up to the first that may end a page. */
function chainFrom(pieces: readonly Piece[], start: number): Piece[] {
  let end = start;
  while (pieces[end]?.keepWithNext === true && end < pieces.length - 1) end += 1;
  return pieces.slice(start, end + 1);
}

function chainHeight(chain: readonly Piece[], firstOnPage: boolean): number {
  return chain.reduce((sum, { height, before = 0 }, i) => sum + height + (i === 0 && firstOnPage ? 0 : before), 0);
}
