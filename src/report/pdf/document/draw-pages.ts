import { paginate } from '../layout/paginate.ts';
import type { Piece } from '../layout/piece.ts';
import { page } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';

/** Lets others have a turn between parts of long work; rejects where the work was cancelled. */
export type Breathe = () => Promise<void>;

/** Pages that are drawn between two breaths. */
const inOneBreath = 10;

/** Puts the pieces on pages and draws them. Returns the number of pages. */
export async function drawPages(surface: Surface, pieces: readonly Piece[], breathe: Breathe): Promise<number> {
  const pages = paginate(pieces, { top: page.top, bottom: page.height - page.bottom });
  for (const [number, placed] of pages.entries())
    for (const { piece } of placed) if (piece.mark !== undefined) surface.pageOf.set(piece.mark, number + 1);
  for (const [number, placed] of pages.entries()) {
    surface.newPage();
    for (const { piece, y } of placed) piece.draw(surface, y);
    if (number % inOneBreath === inOneBreath - 1) await breathe();
  }
  return pages.length;
}
