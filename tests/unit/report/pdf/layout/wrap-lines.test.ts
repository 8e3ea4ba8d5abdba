import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type } from '../../../../../src/report/pdf/layout/style.ts';
import { wrapLines } from '../../../../../src/report/pdf/layout/wrap-lines.ts';

/** Every letter one point wide. */
const measure = (text: string) => Array.from(text).length;
const lines = (text: string, width: number) =>
  wrapLines([{ text, style: type.body }], width, measure).map(({ segments }) => segments.map((s) => s.text).join(''));

describe('wrapLines', () => {
  it('breaks at blanks and at line feeds', () => {
    expect(lines('one two three', 8)).toEqual(['one two', 'three']);
    expect(lines('one\n\ntwo', 8)).toEqual(['one', '', 'two']);
  });

  it('keeps blanks that stand side by side: a name with two is another name', () => {
    expect(lines('a  b', 8)).toEqual(['a  b']);
  });

  it('breaks a hash without a hyphen, so that its parts can be copied and joined', () => {
    const hash = '0123456789abcdef'.repeat(4);
    const broken = lines(`SHA-256 ${hash}`, 40);
    expect(broken).toEqual(['SHA-256', hash.slice(0, 40), hash.slice(40)]);
  });

  it('breaks a path where a part of it ends', () => {
    expect(lines('/media/usb0/interview.mp4', 14)).toEqual(['/media/usb0/', 'interview.mp4']);
  });

  it('leaves a combining mark with its letter', () => {
    expect(lines('ааааа\u0306ааа', 5)).toEqual(['аааа', 'а\u0306ааа']);
  });

  it('loses no letter and exceeds no line, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const made = lines(text, width);
        const letters = (words: string) => words.replace(/[ \n]/g, '');
        expect(letters(made.join(''))).toBe(letters(text));
        for (const line of made) expect(measure(line.trimEnd())).toBeLessThanOrEqual(Math.max(width, 12));
      }),
    );
  });
});
