import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derProblem } from '../../../../src/seal/asn1/strict-der.ts';
import { tag, wrap } from '../../../../src/seal/asn1/write-der.ts';

/** Well-formed DER of any shape. */
const anyDer: fc.Arbitrary<Uint8Array> = fc.letrec<{ value: Uint8Array; leaf: Uint8Array; node: Uint8Array }>(
  (tie) => ({
    leaf: fc.uint8Array({ maxLength: 300 }).map((bytes) => wrap(tag.octetString, bytes)),
    node: fc
      .tuple(
        fc.constantFrom(tag.sequence, tag.set, tag.context0, tag.context1),
        fc.array(tie('value'), { maxLength: 4 }),
      )
      .map(([identifier, parts]) => wrap(identifier, ...parts)),
    value: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('node')),
  }),
).value;

describe('derProblem', () => {
  it('finds nothing wrong with what is well-formed, whatever its shape and length', () => {
    fc.assert(fc.property(anyDer, (der) => derProblem(der) === undefined));
  });

  it('refuses every truncation', () => {
    fc.assert(
      fc.property(anyDer, (der) => {
        for (let length = 0; length < der.length; length += 1)
          if (derProblem(der.subarray(0, length)) === undefined) return false;
        return true;
      }),
      { numRuns: 30 },
    );
  });

  it('refuses bytes after the end', () => {
    expect(derProblem(Uint8Array.of(0x30, 0, 0))).toBe('bytes after the end of the value');
  });

  it.each([
    ['an indefinite length', [0x30, 0x80, 0, 0]],
    ['a length in more octets than needed', [0x04, 0x81, 1, 7]],
    ['a length with a leading zero octet', [0x04, 0x82, 0, 0x80, ...Array<number>(128).fill(0)]],
    ['a length that runs past the end', [0x04, 5, 1, 2]],
    ['a part that runs past its parent', [0x30, 3, 0x04, 5, 1, 2, 3, 4, 5]],
    ['a length of eight octets', [0x04, 0x88, 0, 0, 0, 0, 0, 0, 0, 1, 7]],
    ['a primitive sequence', [0x10, 0]],
    ['an octet string in pieces', [0x24, 0]],
    ['a tag number of several octets', [0x1f, 0x81, 0x01, 0]],
  ])('refuses %s', (_, bytes) => {
    expect(derProblem(Uint8Array.from(bytes))).toEqual(expect.any(String));
  });

  it('refuses nesting without end instead of running out of stack', () => {
    let der = wrap(tag.sequence);
    for (let depth = 0; depth < 20_000; depth += 1) der = der.length < 60_000 ? wrap(tag.sequence, der) : der;
    expect(derProblem(der)).toBe('nested too deep');
  });
});
