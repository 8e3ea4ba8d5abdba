import { createHash } from 'node:crypto';

/** What a derived key is for: https://www.rfc-editor.org/rfc/rfc7292#appendix-B.3 */
export const purpose = { encryption: 1, initialisationVector: 2, mac: 3 } as const;

/** Digests that PKCS#12 files use, with their input block (v) in bytes. */
const blockBytes = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 } as const;
export type Pkcs12Digest = keyof typeof blockBytes;

/** A passphrase as PKCS#12 wants it: UTF-16, high byte first, with a final zero (RFC 7292 appendix B.1). */
export function bmpPassphrase(passphrase: string): Buffer {
  return Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
}

/** The key derivation of https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2, letters as there. */
export function derivePkcs12Key(
  digest: Pkcs12Digest,
  passphrase: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  id: number,
  length: number,
): Buffer {
  const v = blockBytes[digest];
  const D = Buffer.alloc(v, id);
  const I = Buffer.concat([repeatToBlocks(salt, v), repeatToBlocks(passphrase, v)]);
  const blocks: Buffer[] = [];
  for (let made = 0; made < length; made += blocks.at(-1)!.length) {
    let A = createHash(digest).update(D).update(I).digest();
    for (let round = 1; round < iterations; round += 1) A = createHash(digest).update(A).digest();
    blocks.push(A);
    addToBlocks(I, repeatToBlocks(A, v).subarray(0, v), v);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** Copies one after the other until whole blocks are full (steps 2 and 3); nothing of nothing. */
function repeatToBlocks(bytes: Uint8Array, v: number): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0);
  return Buffer.alloc(Math.ceil(bytes.length / v) * v, bytes);
}

/** Step 6C: each block of I becomes I + B + 1 modulo 2^v. */
function addToBlocks(I: Buffer, B: Buffer, v: number): void {
  for (let start = 0; start < I.length; start += v) {
    let carry = 1;
    for (let index = v - 1; index >= 0; index -= 1) {
      const sum = I[start + index]! + B[index]! + carry;
      I[start + index] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}
