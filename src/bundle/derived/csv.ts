/** A cell of a table: text, a quantity, or nothing. */
export type Cell = string | number | boolean | null | undefined;

const byteOrderMark = '\ufeff';

/**
 * A table as CSV (RFC 4180: CRLF, quotes where needed), UTF-8 with its mark at the beginning, because spreadsheets read
 * other letters than Latin wrong without it. Numbers have a point; what is no number is empty. In pieces of some rows.
 */
export function* csvPieces(heading: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  let piece = byteOrderMark + csvLine(heading);
  for (const row of rows) {
    piece += csvLine(row);
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  if (typeof cell === 'boolean') return String(cell);
  const text = neutralised(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Characters that make a spreadsheet take a text for a formula, their wide forms too, with blanks before them. */
const formula = /^[\s\ufffd]*[=+\-@\t\r\n＝＋－＠]/u;

/**
 * A text that no spreadsheet runs. SECURITY: names and tags of exhibits come from strangers, and a cell that begins with
 * `=` is a program to a spreadsheet. The quotation mark before it is what spreadsheets themselves use to say "text".
 */
export function neutralised(text: string): string {
  const plain = text.replaceAll('\u0000', '\ufffd');
  return formula.test(plain) ? `'${plain}` : plain;
}
