import type { Inline } from './inline.ts';
import { type, type Style } from './style.ts';
import type { Typesetter } from './typesetter.ts';

export interface ColumnTexts {
  readonly fixed: number | undefined;
  readonly heading: Inline;
  readonly cells: readonly Inline[];
  readonly style: Style;
}

/** No column is made wider than this share of the table for the sake of one long word; the word is broken instead. */
const widestWord = 0.4;
/** Cells that are looked at; a table's widths do not change for the rows after these. */
const looked = 60;

/**
 * Widths of a table's columns in points: each gets its longest word first, the widest give way when that is too much, and what is left goes
 * to long texts.
 */
export function columnWidths(
  set: Typesetter,
  columns: readonly ColumnTexts[],
  width: number,
  padding: number,
): number[] {
  const sizes = columns.map(({ fixed, heading, cells, style }) => {
    if (fixed !== undefined) return { least: fixed, most: fixed, fixed: true };
    const texts = cells.slice(0, looked).flatMap((cell) => set.lines(cell, style, Infinity));
    const headings = set.lines(heading, type.smallBold, Infinity);
    const words = [...texts, ...headings].flatMap(({ segments }) =>
      segments.flatMap(({ text, style: own }) => text.split(' ').map((word) => set.measure(word, own))),
    );
    const least = Math.min(width * widestWord, Math.max(4, ...words)) + padding + 0.5;
    const most = Math.max(least, Math.max(0, ...[...texts, ...headings].map((line) => line.width)) + padding + 0.5);
    return { least, most, fixed: false };
  });
  const widths = sizes.map(({ least }) => least);
  const total = () => widths.reduce((sum, one) => sum + one, 0);
  while (total() > width + 0.1) {
    const flexible = widths.filter((_, c) => sizes[c]?.fixed !== true);
    const largest = widths.indexOf(Math.max(...flexible));
    if (largest === -1) break;
    widths[largest] = (widths[largest] ?? 0) - Math.min(4, total() - width);
  }
  const left = width - total();
  const missing = sizes.map(({ most }, c) => Math.max(0, most - (widths[c] ?? 0)));
  const wanted = missing.reduce((sum, one) => sum + one, 0);
  if (left <= 0) return widths;
  if (wanted > left) return widths.map((one, c) => one + left * ((missing[c] ?? 0) / wanted));
  // Everything fits on one line: a little air for each column, and the table is as narrow as it is.
  const air = Math.min(14, (left - wanted) / widths.length);
  return widths.map((one, c) => one + (missing[c] ?? 0) + (sizes[c]?.fixed === true ? 0 : air));
}
