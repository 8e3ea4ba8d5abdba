import { adjectives } from './adjectives.ts';
import { nouns } from './nouns.ts';

/** How many words a spoken fingerprint has: 12 words of 8 bits each, the first 96 bits of the SHA-256. */
export const fingerprintWordCount = 12;

/**
 * A certificate's fingerprint as words for reading out over a phone.
 *
 * The first 12 bytes of the SHA-256, a word a byte: an adjective for bytes 0, 2, 4, …, a noun for bytes 1, 3, 5, …,
 * so that a word left out or two words swapped show at once (the idea of the PGP word list, Juola and Zimmermann
 * 1996). 96 bits: to find another certificate with the same words somebody has to make about 2^96 of them.
 *
 * @param sha256 64 hex digits
 */
export function fingerprintWords(sha256: string): readonly string[] {
  const bytes = Buffer.from(sha256, 'hex');
  if (!/^[0-9a-f]{64}$/i.test(sha256)) throw new TypeError('a SHA-256 has 64 hex digits');
  return Array.from({ length: fingerprintWordCount }, (_, index) => {
    const list = index % 2 === 0 ? adjectives : nouns;
    return list[bytes[index]!]!;
  });
}

/** The form in which `openssl x509 -fingerprint` prints it: upper-case pairs with colons. */
export function fingerprintWithColons(sha256: string): string {
  return (sha256.toUpperCase().match(/../g) ?? []).join(':');
}
