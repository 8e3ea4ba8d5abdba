import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplify } from '../../../../src/methods/ela/amplify.ts';
import {
  compareRows,
  stripBytes,
  unpackRows,
  type ChannelMode,
  type ComparedRows,
} from '../../../../src/methods/ela/compare-rows.ts';
import { overlay } from '../../../../src/methods/ela/overlay.ts';

/** Two pictures of a given size, bytes at random. */
const pair = fc
  .record({ width: fc.integer({ min: 1, max: 70 }), rows: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, rows }) => {
    const bytes = fc.uint8Array({ minLength: width * rows * 3, maxLength: width * rows * 3 });
    return fc.record({ width: fc.constant(width), rows: fc.constant(rows), original: bytes, resaved: bytes });
  });

interface Pictures {
  readonly original: Uint8Array;
  readonly resaved: Uint8Array;
  readonly width: number;
  readonly rows: number;
}

/** Through the memory that goes to a worker and back, with rows of others around the resaved ones. */
function comparedWith(
  { original, resaved, width, rows }: Pictures,
  mode: ChannelMode,
  blockSize: number,
  vectors = true,
): ComparedRows {
  const shape = { width, rows, mode, blockSize };
  const strip = new Uint8Array(stripBytes(shape));
  strip.set(original);
  const around = Uint8Array.of(...Array.from({ length: width * 3 }, () => 77), ...resaved, 99);
  return unpackRows(compareRows({ ...shape, strip, resaved: around, resavedOffset: width * 3, vectors }), shape);
}

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
    const compare = (mode: ChannelMode) => comparedWith({ original, resaved, width: 2, rows: 1 }, mode, 8);
    expect([...compare('max').map]).toEqual([3, 255]);
    expect([...compare('rgb').map]).toEqual([2, 3, 0, 255, 0, 7]);
    // (|77·(−2) + 150·3| + 128) / 256 = 1.6 and (77·255 + 29·7 + 128) / 256 = 77.99, both cut.
    expect([...compare('luma').map]).toEqual([1, 77]);
    expect(compare('max').blockSum[0]).toBe(258);
    expect(compare('max').unchanged).toBe(0);
    expect(compare('max').blockMax[0]).toBe(255);
  });

  it('agrees with the definition for any two pictures, in every mode and block size', () => {
    fc.assert(
      fc.property(
        pair,
        fc.constantFrom<ChannelMode>('max', 'luma', 'rgb'),
        fc.constantFrom(8, 16),
        ({ width, rows, original, resaved }, mode, blockSize) => {
          const compared = comparedWith({ original, resaved, width, rows }, mode, blockSize);
          expect(comparedWith({ original, resaved, width, rows }, mode, blockSize, false)).toEqual(compared);
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
          expect(compared.blockSum.length).toBe(blocks.size);
          for (const [block, members] of blocks) {
            expect(compared.blockSum[block]).toBe(members.reduce((sum, level) => sum + level, 0));
            expect(compared.blockMax[block]).toBe(Math.max(...members));
          }
          expect(compared.unchanged).toBe(levels.filter((level) => level === 0).length);
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
  const below = { width: 2, height: 2, data: new Uint8Array(4).fill(100) };

  it('shows the dimmed picture in grey where nothing changed', () => {
    const out = overlay({ map: new Uint8Array(16), width: 4, height: 4, channels: 1, below, scale: 15 });
    expect([...out]).toEqual(Array.from({ length: 12 }, () => 55));
  });

  it('lets a single changed pixel survive being reduced, in one channel and in three', () => {
    for (const channels of [1, 3] as const) {
      const map = new Uint8Array(16 * channels);
      map[map.length - 1] = 100;
      const out = overlay({ map, width: 4, height: 4, channels, below, scale: 15 });
      expect([...out.slice(0, 3)]).toEqual([55, 55, 55]);
      expect([...out.slice(9, 12)]).toEqual([255, 200, 0]);
    }
  });
});
