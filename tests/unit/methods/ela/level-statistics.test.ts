import { describe, expect, it } from 'vitest';
import { levelStatistics } from '../../../../src/methods/ela/level-statistics.ts';

describe('levelStatistics', () => {
  it('sums up pixels and blocks', () => {
    const blockMean = Float32Array.from({ length: 100 }, (_, i) => (i < 90 ? 1 : 10));
    const blockMax = Uint8Array.from({ length: 100 }, (_, i) => (i === 7 ? 30 : 4));
    expect(levelStatistics({ pixels: 100, sum: 460, unchanged: 50, blockMean, blockMax })).toEqual({
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
    const still = { pixels: 9, sum: 0, unchanged: 9, blockMean: new Float32Array(4), blockMax: new Uint8Array(4) };
    expect(levelStatistics(still)).toMatchObject({ meanLevel: 0, shareAbove: 0, unchangedShare: 1 });
    const none = { pixels: 0, sum: 0, unchanged: 0, blockMean: new Float32Array(0), blockMax: new Uint8Array(0) };
    expect(levelStatistics(none)).toMatchObject({ meanLevel: 0, medianBlock: 0, maxLevel: 0 });
  });
});
