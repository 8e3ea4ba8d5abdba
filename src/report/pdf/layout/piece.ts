import type { Surface } from './surface.ts';

/** Something that is drawn whole on one page: a line of text, a row of a table, a card. Sizes in points. */
export interface Piece {
  readonly height: number;
  /** Space above it; none at the top of a page. */
  readonly before?: number;
  /** It may not be the last thing on a page: a heading, a table's head, the first line of a paragraph. */
  readonly keepWithNext?: boolean;
  /** Drawn above it when it comes first on a page: a table's head, repeated. */
  readonly head?: Piece;
  /** Name by which the list of contents finds its page. */
  readonly mark?: string;
  /** Draws it with its upper edge at `y`. */
  readonly draw: (surface: Surface, y: number) => void;
}

/** Where pieces are laid out: left edge and width. */
export interface Frame {
  readonly x: number;
  readonly width: number;
}

/** Height of pieces one below the other, without the space above the first. */
export function stackHeight(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { height, before = 0 }, i) => sum + height + (i === 0 ? 0 : before), 0);
}

/** Draws pieces one below the other. */
export function drawStack(pieces: readonly Piece[], surface: Surface, y: number): void {
  let at = y;
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) at += piece.before ?? 0;
    piece.draw(surface, at);
    at += piece.height;
  }
}

/** The same pieces with this much space above the first. */
export function spaced(before: number, pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, i) => (i === 0 ? { ...piece, before } : piece));
}

/** Pieces with a note below them that does not go to the next page alone. */
export function withNote(pieces: readonly Piece[], note: readonly Piece[]): Piece[] {
  if (note.length === 0) return [...pieces];
  return [...pieces.map((piece, i) => (i === pieces.length - 1 ? { ...piece, keepWithNext: true } : piece)), ...note];
}
