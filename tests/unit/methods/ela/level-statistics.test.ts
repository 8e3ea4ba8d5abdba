import { describe, expect, it } from 'vitest';
import { levelStatistics } from '../../../../src/methods/ela/level-statistics.ts';

describe('levelStatistics', () => {
  it('sums up pixels and blocks', () => {
    const histogram = new Uint32Array(256);
    histogram[0] = 50;
    histogram[4] = 40;
    histogram[30] = 10;
    const blocks = Float32Array.from({ length: 100 }, (_, i) => (i < 90 ? 1 : 10));
    expect(levelStatistics(histogram, blocks)).toEqual({
      meanLevel: 4.6,
      maxLevel: 30,
      unchangedShare: 0.5,
      medianBlock: 1,
      highBlock: 10,
      blockSpread: 9,
      shareAbove: 0.1,
    });
  });

  it('is all zero for a picture that does not change and for none', () => {
    const still = new Uint32Array(256);
    still[0] = 9;
    expect(levelStatistics(still, new Float32Array(4))).toMatchObject({
      meanLevel: 0,
      shareAbove: 0,
      unchangedShare: 1,
    });
    expect(levelStatistics(new Uint32Array(256), new Float32Array(0))).toMatchObject({ meanLevel: 0, medianBlock: 0 });
  });
});
