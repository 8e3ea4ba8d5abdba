import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowBetween } from '../../../../../src/methods/av-sync/content/cell-flow.ts';
import { greyLevels } from '../../../../../src/methods/av-sync/content/grey-levels.ts';
import { flowUnit, headMotion } from '../../../../../src/methods/av-sync/content/head-motion.ts';
import { measureFlow } from '../../../../../src/methods/av-sync/content/measure-flow.ts';
import { draw, texture } from './moving-mouth.ts';

const [width, height] = [160, 120];

function medianOf(values: Float32Array): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

describe('motion between two pictures', () => {
  it('is the shift of the picture, to a tenth of a pixel, for shifts of up to five pixels', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (dx, dy) => {
          const before = greyLevels(draw(width, height, texture), width, height);
          const after = greyLevels(
            draw(width, height, (x, y) => texture(x - dx, y - dy)),
            width,
            height,
          );
          const [fine] = flowBetween(before, after);
          expect(Math.abs(medianOf(fine!.right) - dx)).toBeLessThan(0.1);
          expect(Math.abs(medianOf(fine!.down) - dy)).toBeLessThan(0.1);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of a picture without texture is none, and no number is ever missing', () => {
    const flat = greyLevels(new Uint8Array(width * height).fill(90), width, height);
    const noise = greyLevels(
      draw(width, height, (x, y) => (x * 7919 + y * 104_729) % 256),
      width,
      height,
    );
    for (const flow of flowBetween(flat, flat)) expect(flow.down.every((v) => v === 0)).toBe(true);
    for (const flow of flowBetween(flat, noise)) expect(flow.down.every(Number.isFinite)).toBe(true);
  });

  it('of pictures smaller than a cell has no cells', () => {
    const tiny = measureFlow({ width: 3, height: 3, count: 2, frames: new Uint8Array(18) });
    expect(tiny.levels.map(({ down }) => down.length)).toEqual([0, 0, 0]);
  });
});

describe('following the head', () => {
  it('adds up where the largest moving thing goes, while a small part of it moves on its own', () => {
    const path = (i: number): [number, number] => [6 * Math.sin(i / 7), 4 * Math.sin(i / 11)];
    const frames = new Uint8Array(40 * width * height);
    for (let i = 0; i < 40; i++) {
      const [dx, dy] = path(i);
      frames.set(
        draw(width, height, (x, y) => {
          const inMouth = Math.hypot(x - dx - 80, y - dy - 80) < 10;
          return texture(x - dx, y - dy - (inMouth ? 3 * Math.sin(i) : 0));
        }),
        i * width * height,
      );
    }
    const { levels } = measureFlow({ width, height, count: 40, frames });
    const head = headMotion(levels[1]!, 4);
    // Cells of the half-size level are eight pixels of the picture.
    const at = (i: number): [number, number] => [
      (head.right[i]! - head.right[0]!) * 8,
      (head.down[i]! - head.down[0]!) * 8,
    ];
    for (const i of [10, 20, 39]) {
      const [x, y] = path(i);
      expect(Math.abs(at(i)[0] - x)).toBeLessThan(1);
      expect(Math.abs(at(i)[1] - y)).toBeLessThan(1);
    }
  });

  it('keeps motion in steps fine enough to lose nothing', () => {
    expect(flowUnit).toBeLessThanOrEqual(1 / 256);
  });
});
