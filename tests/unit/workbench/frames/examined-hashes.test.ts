import { describe, expect, it } from 'vitest';
import { hashOfFrame } from '../../../../src/workbench/frames/examined-hashes.ts';

const examined = { times: [0, 40, 80, 120], hashes: ['a', 'b', 'c', 'd'] };

describe('hashOfFrame', () => {
  it('gives the hash of the frame with the same number and time', () => {
    expect([0, 1, 2, 3].map((index) => hashOfFrame(examined, index, index * 40))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes by the time where the whole decode left a frame out', () => {
    const damaged = { times: [0, 80, 120], hashes: ['a', 'c', 'd'] };
    expect([0, 1, 2, 3].map((index) => hashOfFrame(damaged, index, index * 40))).toEqual(['a', undefined, 'c', 'd']);
  });

  it('bears the rounding of times to the microsecond', () => {
    expect(hashOfFrame({ times: [33.367], hashes: ['x'] }, 5, 33.3666666)).toBe('x');
  });

  it('says nothing of a frame whose time nobody knows', () => {
    expect(hashOfFrame({ times: [null, null], hashes: ['a', 'b'] }, 0, 0)).toBeUndefined();
  });
});
