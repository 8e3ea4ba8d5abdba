import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnShares } from '../../../../src/report/html/column-shares.ts';

describe('columnShares', () => {
  it('gives a column its longest word before another gets room for its sentences', () => {
    const [type = 0, offset = 0, prose = 0] = columnShares([
      { heading: 'type', cells: ['moov'] },
      { heading: 'offset', cells: ['1234567890'] },
      {
        heading: 'fields',
        cells: ['a long sentence of many short words that may go on to the next line and the next'],
      },
    ]);
    expect(offset).toBeGreaterThan(11);
    expect(type).toBeGreaterThan(5.5);
    expect(prose).toBeGreaterThan(offset * 2);
  });

  it('breaks hashes rather than numbers', () => {
    const [number = 0, first = 0] = columnShares(
      ['123456', 'a'.repeat(64), 'b'.repeat(64), 'c'.repeat(128)].map((cell) => ({ heading: '', cells: [cell] })),
    );
    expect(number).toBeGreaterThan(7);
    expect(first).toBeGreaterThan(number);
  });

  it('lets a long heading go over several lines', () => {
    const [offset = 0, value = 0] = columnShares([
      { heading: 'Offset of the value from the start of the file (bytes)', cells: ['12'] },
      { heading: 'Value', cells: ['a value of some length that is read'] },
    ]);
    expect(value).toBeGreaterThan(offset * 2);
  });

  it('always fills the width and leaves no column out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ heading: fc.string(), cells: fc.array(fc.string(), { maxLength: 4 }) }), {
          minLength: 1,
          maxLength: 8,
        }),
        (columns) => {
          const shares = columnShares(columns);
          expect(Math.abs(shares.reduce((a, b) => a + b, 0) - 100)).toBeLessThan(1);
          expect(Math.min(...shares)).toBeGreaterThan(1);
        },
      ),
    );
  });
});
