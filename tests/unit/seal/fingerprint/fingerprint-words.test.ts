import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjectives } from '../../../../src/seal/fingerprint/adjectives.ts';
import { fingerprintWithColons, fingerprintWords } from '../../../../src/seal/fingerprint/fingerprint-words.ts';
import { nouns } from '../../../../src/seal/fingerprint/nouns.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));

describe('the word lists', () => {
  it.each([
    ['adjectives', adjectives],
    ['nouns', nouns],
  ])('%s are 256 different short words in order', (_, words) => {
    expect(words).toHaveLength(256);
    expect(new Set(words).size).toBe(256);
    expect([...words].sort()).toEqual(words);
    expect(words.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual([]);
  });

  it.each([
    ['adjectives', adjectives],
    ['nouns', nouns],
  ])('no two %s differ in one letter only', (_, words) => {
    const alike = words.flatMap((a, i) =>
      words
        .slice(i + 1)
        .filter((b) => oneLetterApart(a, b))
        .map((b) => `${a}/${b}`),
    );
    expect(alike).toEqual([]);
  });

  it('share no word, so that a word tells whether its position is even or odd', () => {
    expect(adjectives.filter((word) => nouns.includes(word))).toEqual([]);
  });
});

describe('fingerprintWords', () => {
  it('spells out the first 96 bits, adjectives and nouns in turn', () => {
    expect(fingerprintWords(`0001fffe${'80'.repeat(8)}${'00'.repeat(20)}`)).toEqual([
      adjectives[0],
      nouns[1],
      adjectives[255],
      nouns[254],
      ...Array.from({ length: 4 }, () => [adjectives[128], nouns[128]]).flat(),
    ]);
  });

  it('keeps this fingerprint, so that what people wrote down stays right', () => {
    const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(fingerprintWords(sha256).join(' ')).toMatchInlineSnapshot(
      `"outer hotel misty canoe icy river brave badge immense rainbow quiet library"`,
    );
  });

  it('changes with every one of those bits', () => {
    fc.assert(
      fc.property(hash, fc.nat(95), (sha256, bit) => {
        const other = Buffer.from(sha256, 'hex');
        other[bit >> 3]! ^= 1 << (bit & 7);
        return fingerprintWords(sha256).join() !== fingerprintWords(other.toString('hex')).join();
      }),
    );
  });

  it('refuses what is no SHA-256', () => {
    expect(() => fingerprintWords('abc')).toThrow(TypeError);
  });
});

describe('fingerprintWithColons', () => {
  it('is how openssl prints it', () => {
    expect(fingerprintWithColons('0aff')).toBe('0A:FF');
  });
});

function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const rest = (text: string, skip: number): string => text.slice(start + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
}
