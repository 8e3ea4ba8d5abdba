import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOver, niceStep } from '../../../../src/report/figures/axis.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';

const text = await fixtureText();
const labels = (...args: Parameters<typeof axisOver> extends [unknown, ...infer Rest] ? Rest : never) => {
  const axis = axisOver(text, ...args);
  return [axis.unit, ...axis.ticks.map(({ label }) => label)];
};

describe('axisOver', () => {
  it('labels short times in seconds and long ones as clocks', () => {
    expect(labels('ms', 0, 900, 4)).toEqual(['ms', '0', '500']);
    expect(labels('ms', 0, 60_000, 4)).toEqual(['s', '0', '20', '40', '60']);
    expect(labels('ms', 0, 7_800_000, 5)).toEqual(['h:min:s', '0:00:00', '0:30:00', '1:00:00', '1:30:00', '2:00:00']);
  });

  it('labels sizes and rates in the multiple that keeps them short', () => {
    expect(labels('bytes', 0, 96_000, 3)).toEqual(['kB', '0', '50']);
    expect(labels('Hz', 0, 24_000, 4)).toEqual(['kHz', '0', '10', '20']);
    expect(labels('bit/s', 0, 4e6, 2)).toEqual(['Mbit/s', '0', '2', '4']);
    expect(labels('1', -1, 1, 4)).toEqual(['', '\u22121', '\u22120.5', '0', '0.5', '1']);
  });

  it('keeps its ticks inside and few, whatever the span', () => {
    const bound = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(
        fc.constantFrom('ms', 'bytes', '1', 'dB' as const),
        bound,
        fc.double({ noNaN: true, min: 1e-6, max: 1e12 }),
        fc.integer({ min: 2, max: 9 }),
        (unit, min, span, wanted) => {
          const { ticks } = axisOver(text, unit, min, min + span, wanted);
          expect(ticks.length).toBeLessThanOrEqual(Math.max(50, wanted + 2));
          for (const { value } of ticks) {
            expect(value).toBeGreaterThanOrEqual(min - span * 0.01 - Math.abs(min) * 1e-9);
            expect(value).toBeLessThanOrEqual(min + span * 1.01 + Math.abs(min) * 1e-9);
          }
        },
      ),
    );
  });
});

describe('niceStep', () => {
  it('is 1, 2 or 5 times a power of ten', () => {
    expect([0.013, 1, 3, 70, 0, NaN].map(niceStep)).toEqual([0.02, 1, 5, 100, 1, 1]);
  });
});
