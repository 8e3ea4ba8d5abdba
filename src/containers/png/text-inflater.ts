import { inflateSync } from 'node:zlib';

/** SECURITY: a few bytes of deflate can claim gigabytes, and a file can hold as many texts as it likes. */
const maxBytesEach = 64 * 1024;
const maxBytesInAll = 4 * 1024 * 1024;

/** Unfolds the compressed texts of one file within bounds; gives undefined for what is damaged or beyond them. */
export function textInflater(): (bytes: Uint8Array) => Uint8Array | undefined {
  let left = maxBytesInAll;
  return (bytes) => {
    if (left <= 0) return undefined;
    try {
      const inflated = inflateSync(bytes, { maxOutputLength: maxBytesEach });
      left -= inflated.length;
      return inflated;
    } catch {
      // Damaged or too large: it cost as much as the largest that is allowed.
      left -= maxBytesEach;
      return undefined;
    }
  };
}
