import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureFlow } from '../../../../../src/methods/av-sync/content/measure-flow.ts';
import { readMotion } from '../../../../../src/methods/av-sync/content/examine-stretch.ts';
import { withoutSensorNoise } from '../../../../../src/methods/av-sync/content/sensor-noise.ts';
import { draw, fixedNumbers, openingOf, texture, times } from './moving-mouth.ts';

const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);

function likeness(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Speed of a mouth at 25 frames a second, of mean square 1. */
function speechLike(seed: number): Float32Array {
  const opening = openingOf(seed, 10);
  const speed = Float32Array.from({ length: 250 }, (_, i) => opening((i + 1) * 40) - opening(i * 40));
  const scale = rms(speed);
  return speed.map((value) => value / scale);
}

/** What noise in frames does to a speed: each frame's is in two pairs with opposite signs. */
function frameNoise(seed: number, size: number): Float32Array {
  const random = fixedNumbers(seed);
  const frames = Array.from({ length: 251 }, () => size * (random() + random() + random() + random() - 2));
  return Float32Array.from({ length: 250 }, (_, i) => frames[i + 1]! - frames[i]!);
}

describe('the sensor’s noise', () => {
  it('alone leaves next to nothing', () => {
    for (const seed of [1, 2, 3]) {
      const noise = frameNoise(seed, 1);
      const before = rms(noise);
      expect(withoutSensorNoise(noise)).toBeLessThan(0.35 * before);
    }
  });

  it('that is not there takes nothing away from a mouth', () => {
    for (const seed of [1, 2, 3]) {
      const [clean, own] = [speechLike(seed), speechLike(seed)];
      expect(withoutSensorNoise(own)).toBeGreaterThan(0.9);
      expect(likeness(own, clean)).toBeGreaterThan(0.97);
    }
  });

  it('over a mouth is taken out far enough that the mouth is seen again', () => {
    for (const seed of [1, 2, 3]) {
      const clean = speechLike(seed);
      const noise = frameNoise(seed + 10, 2);
      const seen = clean.map((value, i) => value + noise[i]!);
      const before = likeness(seen, clean);
      withoutSensorNoise(seen);
      expect(before).toBeLessThan(0.65);
      expect(likeness(seen, clean)).toBeGreaterThan(before + 0.1);
    }
  });

  it('never makes a number that is none', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { maxLength: 60 }), (list) => {
        const values = Float32Array.from(list);
        expect(Number.isFinite(withoutSensorNoise(values))).toBe(true);
        expect(values.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('a frame', () => {
  it('that moves a small part of a still picture is no repeated one', () => {
    const [width, height] = [320, 240];
    // A patch of 20 × 20 pixels that shifts by a fifth of a pixel: the whole picture differs by a hundredth of a grey level.
    const frames = new Uint8Array(30 * width * height);
    for (let i = 0; i < 30; i++)
      frames.set(
        draw(width, height, (x, y) => {
          const inside = Math.abs(x - 160) < 10 && Math.abs(y - 120) < 10;
          return inside ? texture(x, y - 0.2 * Math.sin(i)) : texture(x, y);
        }),
        i * width * height,
      );
    const block = measureFlow({ width, height, count: 30, frames });
    expect(Math.max(...block.change)).toBeLessThan(0.02);
    const { momentsMs } = readMotion({ blocks: [block], timesMs: Float64Array.from(times(30)), region: undefined });
    expect(momentsMs.length).toBeGreaterThan(20);
  });
});
