import { paginate } from '../layout/paginate.ts';
import type { Piece } from '../layout/piece.ts';
import { page } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';

/** Puts the pieces on pages and draws them. Returns the number of pages. */
export function drawPages(surface: Surface, pieces: readonly Piece[]): number {
  const pages = paginate(pieces, { top: page.top, bottom: page.height - page.bottom });
  for (const [number, placed] of pages.entries())
    for (const { piece } of placed) if (piece.mark !== undefined) surface.pageOf.set(piece.mark, number + 1);
  for (const placed of pages) {
    surface.newPage();
    for (const { piece, y } of placed) piece.draw(surface, y);
  }
  return pages.length;
}
