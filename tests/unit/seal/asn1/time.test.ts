import * as asn1 from 'asn1js';
import { describe, expect, it } from 'vitest';
import { readDer, toDer } from '../../../../src/seal/asn1/der.ts';
import { readTime, timeBlock, wholeSeconds } from '../../../../src/seal/asn1/time.ts';

const textOf = (date: string): string =>
  Buffer.from(toDer(timeBlock(new Date(date))))
    .subarray(2)
    .toString('ascii');

describe('timeBlock', () => {
  it('writes two-digit years through 2049 and four-digit years from 2050, in UTC', () => {
    expect(textOf('2049-12-31T23:59:59Z')).toBe('491231235959Z');
    expect(textOf('2050-01-01T00:00:00Z')).toBe('20500101000000Z');
    expect(textOf('1949-12-31T23:59:59Z')).toBe('19491231235959Z');
  });

  it('leaves out what is below a second', () => {
    expect(textOf('2025-06-01T12:00:00.999Z')).toBe('250601120000Z');
    expect(wholeSeconds(new Date('2025-06-01T12:00:00.999Z')).toISOString()).toBe('2025-06-01T12:00:00.000Z');
  });
});

describe('readTime', () => {
  it.each(['2025-06-01T12:00:00.000Z', '2077-02-28T01:02:03.000Z'])('reads back %s', (date) => {
    expect(readTime(readDer(toDer(timeBlock(new Date(date)))))?.toISOString()).toBe(date);
  });

  it('is undefined for anything that is no time', () => {
    expect(readTime(new asn1.Null())).toBeUndefined();
    expect(readTime(undefined)).toBeUndefined();
  });
});
