import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../src/base/format-number.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1234, '1234'],
    [12345, '12\u202f345'],
    [-1234567.5, '\u22121\u202f234\u202f567.5'],
    [29.97002997, '29.97'],
    [0.9996, '1'],
    [0.00012, '1.2\u202f×\u202f10⁻⁴'],
    [-3e-12, '\u22123\u202f×\u202f10⁻¹²'],
    [6.02e23, '6.02\u202f×\u202f10²³'],
    [Infinity, '∞'],
    [NaN, 'NaN'],
  ])('writes %s as %s in English', (value, shown) => {
    expect(formatNumber(value, 'en')).toBe(shown);
  });

  it('writes a comma in the other languages, whatever their region', () => {
    expect(['ru', 'kk-KZ', 'ky', 'tg', 'uz-Latn', 'en-GB'].map((language) => formatNumber(1.5, language))).toEqual([
      '1,5',
      '1,5',
      '1,5',
      '1,5',
      '1,5',
      '1.5',
    ]);
  });

  it('writes a sign where asked, and none before what rounds to nothing', () => {
    expect(formatNumber(160, 'en', { signed: true })).toBe('+160');
    expect(formatNumber(-0.01, 'en', { decimals: 1, signed: true })).toBe('0.0');
  });

  it('keeps every finite number readable to three decimals or three digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e14, max: 1e14 }), (value) => {
        const back = Number(
          formatNumber(value, 'en')
            .replaceAll('\u202f', '')
            .replace('\u2212', '-')
            .replace(/×10(.*)$/, (_, p: string) => {
              return `e${Array.from(p, (c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('')}`;
            }),
        );
        expect(Math.abs(back - value)).toBeLessThanOrEqual(
          Math.max(0.0005 * 1.01, Math.abs(value) * 1e-12, Math.abs(value) < 0.001 ? Math.abs(value) * 0.006 : 0),
        );
      }),
    );
  });
});
