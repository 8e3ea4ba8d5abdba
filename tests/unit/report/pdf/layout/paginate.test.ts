import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paginate } from '../../../../../src/report/pdf/layout/paginate.ts';
import type { Piece } from '../../../../../src/report/pdf/layout/piece.ts';

const draw = (): void => undefined;
const piece = (height: number, more: Partial<Piece> = {}): Piece => ({ height, draw, ...more });
const bounds = { top: 10, bottom: 110 };
const numbers = (pieces: readonly Piece[]) =>
  paginate(pieces, bounds).map((page) => page.map((placed) => pieces.indexOf(placed.piece)));

describe('paginate', () => {
  it('begins a page when a piece does not fit any more', () => {
    expect(numbers([piece(60), piece(40), piece(10)])).toEqual([[0, 1], [2]]);
  });

  it('never leaves a heading as the last thing on a page', () => {
    expect(numbers([piece(70), piece(20, { keepWithNext: true }), piece(20)])).toEqual([[0], [1, 2]]);
    expect(
      numbers([piece(70), piece(10, { keepWithNext: true }), piece(10, { keepWithNext: true }), piece(20)]),
    ).toEqual([[0], [1, 2, 3]]);
  });

  it("repeats a table's head on every page that the table reaches", () => {
    const head = piece(10);
    const pages = paginate([piece(80), piece(30, { head }), piece(30, { head }), piece(60, { head })], bounds);
    expect(pages.map((page) => page.map((placed) => placed.piece === head))).toEqual([
      [false],
      [true, false, false],
      [true, false],
    ]);
    expect(pages[1]?.map(({ y }) => y)).toEqual([10, 20, 50]);
  });

  it('puts no space above what comes first on a page', () => {
    expect(paginate([piece(90), piece(20, { before: 15 })], bounds)[1]?.[0]?.y).toBe(10);
  });

  it('loses nothing when a chain is taller than a page', () => {
    const chain = Array.from({ length: 8 }, () => piece(30, { keepWithNext: true }));
    expect(numbers(chain).flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('places every piece once, in order, and none over the foot of a page', () => {
    const anyPiece = fc
      .record({ height: fc.integer({ min: 1, max: 100 }), before: fc.nat(20), keepWithNext: fc.boolean() })
      .map(({ height, before, keepWithNext }) => piece(height, { before, keepWithNext }));
    fc.assert(
      fc.property(fc.array(anyPiece), (pieces) => {
        const pages = paginate(pieces, bounds);
        expect(pages.flat().map((placed) => placed.piece)).toEqual(pieces);
        for (const page of pages)
          for (const placed of page) expect(placed.y + placed.piece.height).toBeLessThanOrEqual(110.01);
      }),
    );
  });
});
