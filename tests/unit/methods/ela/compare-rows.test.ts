import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplify } from '../../../../src/methods/ela/amplify.ts';
import { compareRows, type ChannelMode } from '../../../../src/methods/ela/compare-rows.ts';
import { examineRows } from '../../../../src/methods/ela/examine-rows.ts';

/** Two pictures of a given size, bytes at random. */
const pair = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), rows: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, rows }) => {
    const bytes = fc.uint8Array({ minLength: width * rows * 3, maxLength: width * rows * 3 });
    return fc.record({ width: fc.constant(width), rows: fc.constant(rows), original: bytes, resaved: bytes });
  });

/** The definition, written the slow way. */
function levelAt(original: Uint8Array, resaved: Uint8Array, pixel: number, mode: ChannelMode): number {
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((c) => original[pixel * 3 + c]! - resaved[pixel * 3 + c]!);
  if (mode === 'luma') return Math.floor((Math.abs(77 * red + 150 * green + 29 * blue) + 128) / 256);
  return Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
}

describe('compareRows', () => {
  it('gives the absolute difference of a picture that can be worked out by hand', () => {
    const original = Uint8Array.of(10, 20, 30, 255, 0, 7);
    const resaved = Uint8Array.of(12, 17, 30, 0, 0, 0);
    const compare = (mode: ChannelMode) => compareRows({ original, resaved, width: 2, rows: 1, mode, blockSize: 8 });
    expect([...compare('max').map]).toEqual([3, 255]);
    expect([...compare('rgb').map]).toEqual([2, 3, 0, 255, 0, 7]);
    // (|77·(−2) + 150·3| + 128) / 256 = 1.6 and (77·255 + 29·7 + 128) / 256 = 77.99, both cut.
    expect([...compare('luma').map]).toEqual([1, 77]);
    expect(compare('max').blockMean[0]).toBe(129);
    expect(compare('max').blockMax[0]).toBe(255);
  });

  it('agrees with the definition for any two pictures, in every mode and block size', () => {
    fc.assert(
      fc.property(
        pair,
        fc.constantFrom<ChannelMode>('max', 'luma', 'rgb'),
        fc.constantFrom(8, 16),
        ({ width, rows, original, resaved }, mode, blockSize) => {
          const compared = compareRows({ original, resaved, width, rows, mode, blockSize });
          const levels = Array.from({ length: width * rows }, (_, i) => levelAt(original, resaved, i, mode));
          if (mode === 'rgb') {
            expect([...compared.map]).toEqual([...original].map((value, i) => Math.abs(value - resaved[i]!)));
          } else expect([...compared.map]).toEqual(levels);
          const across = Math.ceil(width / blockSize);
          const blocks = new Map<number, number[]>();
          levels.forEach((level, i) => {
            const block = Math.floor(Math.floor(i / width) / blockSize) * across + Math.floor((i % width) / blockSize);
            blocks.set(block, [...(blocks.get(block) ?? []), level]);
          });
          expect(compared.blockMean.length).toBe(blocks.size);
          for (const [block, members] of blocks) {
            const mean = members.reduce((sum, level) => sum + level, 0) / members.length;
            expect(compared.blockMean[block]).toBe(Math.fround(mean));
            expect(compared.blockMax[block]).toBe(Math.max(...members));
          }
          for (const [level, count] of compared.histogram.entries()) {
            expect(count).toBe(levels.filter((value) => value === level).length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('amplify', () => {
  it('multiplies, rounds and holds at white', () => {
    expect([...amplify({ map: Uint8Array.of(0, 1, 17, 18, 255), scale: 15 })]).toEqual([0, 15, 255, 255, 255]);
    expect([...amplify({ map: Uint8Array.of(1, 3), scale: 1.5 })]).toEqual([2, 5]);
  });
});

describe('the overlay', () => {
  const strip = (resaved: Uint8Array, reduce: number) =>
    examineRows({
      original: new Uint8Array(4 * 4 * 3).fill(100),
      resaved,
      width: 4,
      rows: 4,
      mode: 'max',
      blockSize: 8,
      scale: 15,
      reduce,
    }).overlay;

  it('shows the dimmed picture in grey where nothing changed', () => {
    const overlay = strip(new Uint8Array(48).fill(100), 1);
    expect([...overlay.slice(0, 3)]).toEqual([55, 55, 55]);
  });

  it('lets a single changed pixel survive being reduced', () => {
    const resaved = new Uint8Array(48).fill(100);
    resaved[45] = 0;
    const overlay = strip(resaved, 2);
    expect(overlay.length).toBe(2 * 2 * 3);
    expect([...overlay.slice(0, 3)]).toEqual([55, 55, 55]);
    expect([...overlay.slice(9, 12)]).toEqual([255, 200, 0]);
  });
});
