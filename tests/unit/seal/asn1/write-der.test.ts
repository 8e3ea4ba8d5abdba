import { describe, expect, it } from 'vitest';
import { objectIdentifier, tag, wrap, wrapSetOf } from '../../../../src/seal/asn1/write-der.ts';

describe('wrap', () => {
  it.each([
    [0, '3000'],
    [127, '307f'],
    [128, '308180'],
    [255, '3081ff'],
    [256, '30820100'],
    [65536, '3083010000'],
  ])('writes a length of %i octets in the shortest form', (length, head) => {
    const der = wrap(tag.sequence, new Uint8Array(length));
    expect(Buffer.from(der.subarray(0, head.length / 2)).toString('hex')).toBe(head);
    expect(der).toHaveLength(head.length / 2 + length);
  });
});

describe('wrapSetOf', () => {
  it('puts the members in ascending order of their encodings, as DER asks', () => {
    const set = wrapSetOf(tag.set, [Uint8Array.of(4, 1, 9), Uint8Array.of(2, 1, 5), Uint8Array.of(4, 1, 3)]);
    expect([...set]).toEqual([0x31, 9, 2, 1, 5, 4, 1, 3, 4, 1, 9]);
  });
});

describe('objectIdentifier', () => {
  it('writes the 128-bit arc of a UUID', () => {
    expect(Buffer.from(objectIdentifier('2.25.100548022494711768482293020880724547602')).toString('hex')).toBe(
      '0614698197a4ec909699daa5b1b7b19a838aa58fb012',
    );
  });
});
