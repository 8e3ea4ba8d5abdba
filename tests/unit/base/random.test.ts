import { describe, expect, it } from 'vitest';
import { seededRandom, type SeededRandom } from '../../../src/base/random.ts';

function draw(count: number, random: SeededRandom): number[] {
  return Array.from({ length: count }, () => random.uint32());
}

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const first = draw(8, seededRandom(7));
    expect(draw(8, seededRandom('7'))).toEqual(first);
    expect(draw(8, seededRandom(8))).not.toEqual(first);
  });

  it('keeps its numbers for ever: exercises name their seeds', () => {
    const random = seededRandom(1);
    expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([2855543914, 3179875725, 3852114654]);
  });

  it('forks streams that neither move their parent nor repeat each other', () => {
    const parent = seededRandom(3);
    const fork = parent.fork('voice');
    const drawn = draw(100, fork);
    expect(draw(100, parent.fork('look'))).not.toEqual(drawn);
    expect(parent.uint32()).toBe(seededRandom(3).uint32());
    expect(draw(100, seededRandom(3).fork('voice'))).toEqual(drawn);
  });

  it('spreads evenly and stays in its bounds', () => {
    const random = seededRandom(11);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const value = random.unit();
      expect(value >= 0 && value < 1).toBe(true);
      counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    }
    // Five standard deviations of a binomial count.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(1800));
    const whole = Array.from({ length: 500 }, () => random.integer(-2, 2));
    expect([...new Set(whole)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  it('draws nearly normal numbers', () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.04);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('refuses to pick from nothing', () => {
    expect(() => seededRandom(1).pick([])).toThrow(RangeError);
  });
});
