import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvPieces, neutralised, type Cell } from '../../../../src/bundle/derived/csv.ts';

const csv = (heading: string[], rows: Cell[][]) => [...csvPieces(heading, rows)].join('');

/** A reader of another hand: RFC 4180. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  const body = text.replace(/^\ufeff/, '');
  let row: string[] = [];
  for (let at = 0; at < body.length;) {
    let cell = '';
    if (body[at] === '"') {
      for (at += 1; at < body.length; at += 1) {
        if (body[at] !== '"') cell += body[at] ?? '';
        else if (body[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else break;
      }
      at += 1;
    } else while (at < body.length && body[at] !== ',' && body[at] !== '\r') cell += body[at++] ?? '';
    row.push(cell);
    if (body[at] === ',') {
      at += 1;
      if (at === body.length) row.push('');
    } else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}

describe('csvPieces', () => {
  it('writes what a spreadsheet opens: mark, commas, CRLF, quotes where needed', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x, "y"', 1.5],
          [null, true],
        ],
      ),
    ).toBe('\ufeffa,b\r\n"x, ""y""",1.5\r\n,true\r\n');
  });

  it('leaves empty what is no number, and keeps negative numbers numbers', () => {
    expect(csv(['a'], [[NaN], [-3.5]])).toBe('\ufeffa\r\n\r\n-3.5\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '=HYPERLINK("x")', '\u0000=1'])(
    'lets no spreadsheet run %j',
    (text) => {
      expect(neutralised(text).startsWith("'")).toBe(true);
    },
  );

  it('leaves ordinary text alone', () => {
    for (const text of ['', 'a=b', 'Плёнка', "it's", '1-2']) expect(neutralised(text)).toBe(text);
  });

  it('reads back as it was, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string(), fc.string()), { minLength: 1 }), (rows) => {
        const heading = ['a', 'b', 'c'];
        expect(read(csv(heading, rows))).toEqual([heading, ...rows.map((row) => row.map(neutralised))]);
      }),
    );
  });
});
