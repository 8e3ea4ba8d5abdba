import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimateLine, extent } from '../../../../src/report/figures/decimate.ts';

describe('decimateLine', () => {
  it('keeps a short line as it is', () => {
    expect(decimateLine([0, 1, 2], [5, 6, 7], 10)).toEqual([
      [
        [0, 5],
        [1, 6],
        [2, 7],
      ],
    ]);
  });

  it('breaks the line where there is no value', () => {
    expect(decimateLine([0, 1, 2], [5, NaN, 7], 10)).toEqual([[[0, 5]], [[2, 7]]]);
  });

  it('never loses the highest or the lowest, and gives at most two points a pixel', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 50, maxLength: 400 }), (y) => {
        const x = y.map((_, i) => (i / y.length) * 20);
        const points = decimateLine(x, y, 20).flat();
        expect(points.length).toBeLessThanOrEqual(40);
        expect(Math.max(...points.map(([, v]) => v))).toBe(Math.max(...y));
        expect(Math.min(...points.map(([, v]) => v))).toBe(Math.min(...y));
        expect(points.map(([at]) => at)).toEqual(points.map(([at]) => at).sort((a, b) => a - b));
      }),
    );
  });
});

describe('extent', () => {
  it('leaves out what is no number', () => {
    expect(extent([NaN, 3, -1, Infinity])).toEqual({ min: -1, max: 3 });
    expect(extent([NaN])).toBeUndefined();
  });
});
