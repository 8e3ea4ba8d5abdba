/** Letters that fit side by side across a printed page in the type of tables, and those that a column's padding takes. */
const lettersAcross = 100;
const padding = 2.5;
/** A hash of 64 digits may break over lines; and no column is made wider than this for the sake of one long text. */
const longestUnbroken = 36;
const widest = 60;

/** The texts of one column: its heading, which may go over several lines, and its cells. */
export interface ColumnTexts {
  readonly heading: string;
  readonly cells: readonly string[];
}

/**
 * Share of a table's width, in percent, that each column gets, from the texts in it. No word is broken while there is room: each
 * column gets its longest word first, the widest give way when that is too much, and what is left goes to long texts.
 */
export function columnShares(columns: readonly ColumnTexts[]): number[] {
  const words = columns.map(
    ({ heading, cells }) => padding + Math.max(2, longestWord(heading), ...cells.map(longestWord)),
  );
  const wishes = columns.map(
    ({ cells }) => padding + Math.min(widest, Math.max(0, ...cells.map(({ length }) => length))),
  );
  const widths = [...words];
  while (sum(widths) > lettersAcross) {
    const largest = widths.indexOf(Math.max(...widths));
    widths[largest] = (widths[largest] ?? 0) - 1;
  }
  const left = lettersAcross - sum(widths);
  const missing = wishes.map((wish, i) => Math.max(0, wish - (widths[i] ?? 0)));
  const wanted = sum(missing);
  const filled = widths.map((width, i) => width + (wanted === 0 ? 0 : left * ((missing[i] ?? 0) / wanted)));
  const whole = sum(filled);
  return filled.map((width) => Math.round((width / whole) * 1000) / 10);
}

function longestWord(text: string): number {
  return Math.max(0, ...text.split(/\s+/).map((word) => Math.min(word.length * 1.15, longestUnbroken)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
