import { drawStack, stackHeight, type Frame, type Piece } from './piece.ts';
import { colours, page } from './style.ts';

/** Height of what a page can hold. */
export const pageRoom = page.height - page.top - page.bottom;

const inset = { left: 9, right: 6, y: 6 } as const;

/** Where the contents of a card are laid out. */
export function cardFrame({ x, width }: Frame): Frame {
  return { x: x + inset.left, width: width - inset.left - inset.right };
}

/**
 * Pieces as one card with an edge in the colour of its outcome. A card that is shorter than a page is never broken; a longer one
 * goes over pages piece by piece, its edge beside it.
 */
export function card(frame: Frame, pieces: readonly Piece[], colour: string, before = 9): Piece[] {
  const height = stackHeight(pieces) + inset.y * 2;
  const edge = { x: frame.x, width: 2.2 };
  if (height <= pageRoom)
    return [
      {
        height,
        before,
        draw: (surface, y) => {
          surface.ornament(() => {
            surface.document.lineWidth(0.5).strokeColor(colours.line).rect(frame.x, y, frame.width, height).stroke();
            surface.fill({ ...edge, y, height }, colour);
          });
          drawStack(pieces, surface, y + inset.y);
        },
      },
    ];
  return pieces.map((piece, i): Piece => {
    const above = i === 0 ? before : (piece.before ?? 0);
    return {
      ...piece,
      before: above,
      draw: (surface, y) => {
        surface.ornament(() => {
          // Through the gap above as well; at the top of a page the bar begins a little above the words.
          const gap = i === 0 ? 0 : Math.min(above, y - page.top + 3);
          surface.fill({ ...edge, y: y - gap, height: piece.height + gap }, colour);
        });
        piece.draw(surface, y);
      },
    };
  });
}

/** Two stacks side by side as one piece; one below the other where that would be taller than most of a page. */
export function sideBySide(left: readonly Piece[], right: readonly Piece[], before: number): Piece[] {
  const height = Math.max(stackHeight(left), stackHeight(right));
  return [
    {
      height,
      before,
      draw: (surface, y) => {
        drawStack(left, surface, y);
        drawStack(right, surface, y);
      },
    },
  ];
}

/** Pieces that stay on one page together, as long as a page can hold them. */
export function together(pieces: readonly Piece[], before?: number): Piece[] {
  const height = stackHeight(pieces);
  const above = before ?? pieces[0]?.before ?? 0;
  if (height > pageRoom || pieces.length === 0) return [...pieces];
  return [
    {
      height,
      before: above,
      draw: (surface, y) => {
        drawStack(pieces, surface, y);
      },
    },
  ];
}
