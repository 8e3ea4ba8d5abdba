import { describe, expect, it } from 'vitest';
import { byteRange } from '../../../../src/workbench/sources/byte-range.ts';

describe('byteRange', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 10 }],
    ['bytes=90-', { start: 90, end: 100 }],
    ['bytes=-10', { start: 90, end: 100 }],
    ['bytes=50-500', { start: 50, end: 100 }],
    ['bytes=-500', { start: 0, end: 100 }],
  ])('reads %s of 100 bytes', (header, range) => expect(byteRange(header, 100)).toEqual(range));

  it.each([[null], ['bytes=5-4'], ['bytes=-'], ['items=0-1'], ['bytes=0-1,4-5']])('serves the whole for %s', (header) =>
    expect(byteRange(header, 100)).toBeUndefined(),
  );

  it.each(['bytes=100-', 'bytes=-0'])('cannot satisfy %s', (header) =>
    expect(byteRange(header, 100)).toBe('unsatisfiable'),
  );
});
