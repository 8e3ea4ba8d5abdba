import type { Inline } from './inline.ts';
import type { Frame, Piece } from './piece.ts';
import { type, type Style } from './style.ts';
import { table } from './table.ts';
import type { Tag } from './tag.ts';
import type { Typesetter } from './typesetter.ts';

export interface Fact {
  readonly label: string;
  readonly value: Inline;
}

/** Lists of up to so many stay on one page. */
const mostTogether = 14;

/** Names and values, one below the other. */
export function facts(
  set: Typesetter,
  frame: Frame,
  entries: readonly (Fact | undefined)[],
  options: { readonly parent: Tag; readonly before?: number; readonly style?: Style; readonly labelWidth?: number },
): Piece[] {
  const { parent, before = 4, style = type.small } = options;
  const shown = entries.filter((entry) => entry !== undefined);
  if (shown.length === 0) return [];
  const labels = shown.map(({ label }) => set.measure(label, { ...type.smallMuted, size: style.size }));
  const width = options.labelWidth ?? Math.min(frame.width * 0.42, Math.max(...labels) + 10);
  const pieces = table(
    set,
    frame,
    [{ style: { ...type.smallMuted, size: style.size }, rowHeading: true, width }, { style }],
    shown.map(({ label, value }) => [label, value]),
    { parent, before, plain: true },
  );
  if (pieces.length > mostTogether) return pieces;
  return pieces.map((piece, i) => (i < pieces.length - 1 ? { ...piece, keepWithNext: true } : piece));
}
