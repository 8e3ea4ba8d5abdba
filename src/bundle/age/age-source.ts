import { createDecipheriv, hkdfSync } from 'node:crypto';
import { Decrypter } from 'age-encryption';
import { AssayError } from '../../base/errors.ts';
import type { ByteSource } from '../byte-source.ts';

const intro = 'age-encryption.org/v1\n';
const plainBytes = 64 * 1024;
const tagBytes = 16;
const sealedBytes = plainBytes + tagBytes;
const nonceBytes = 16;
/** SECURITY: a header names recipients; thousands of them fit, and nothing longer is read. */
const mostHeaderBytes = 1024 * 1024;

/** True for a file that age encrypted (binary form): https://age-encryption.org/v1 */
export async function isAgeFile(source: ByteSource): Promise<boolean> {
  return (await source.read(0, intro.length)).toString('latin1') === intro;
}

/**
 * An encrypted file as the bytes inside it, opened piece by piece: nothing decrypted is ever written, and memory does not
 * grow with the file. A read that meets a piece that was changed or cut off throws `bundle-altered`.
 *
 * @param secret the identity's age secret, `AGE-SECRET-KEY-1…`
 * @param path for messages
 * @throws AssayError `bundle-not-for-us`, `bundle-unreadable`
 */
export async function openAgeSource(source: ByteSource, secret: string, path: string): Promise<ByteSource> {
  const head = await source.read(0, mostHeaderBytes);
  const mac = head.indexOf('\n--- ');
  const headerBytes = mac === -1 ? 0 : head.indexOf('\n', mac + 1) + 1;
  const payloadBytes = source.sizeBytes - headerBytes - nonceBytes;
  if (headerBytes === 0 || payloadBytes < tagBytes)
    throw new AssayError('bundle-unreadable', { path, reason: 'age header' });
  const fileKey = await openHeader(head.subarray(0, headerBytes), secret, path);
  const nonce = await source.read(headerBytes, nonceBytes);
  const key = Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32));

  const chunks = Math.ceil(payloadBytes / sealedBytes);
  const lastBytes = payloadBytes - (chunks - 1) * sealedBytes - tagBytes;
  // Only a file without content ends with an empty piece.
  if (lastBytes < 0 || (lastBytes === 0 && chunks > 1)) throw new AssayError('bundle-altered', { path, entry: path });
  const start = headerBytes + nonceBytes;
  let held: { readonly index: number; readonly bytes: Buffer } | undefined;
  const open = (index: number, sealed: Buffer): Buffer => {
    try {
      const counter = Buffer.alloc(12);
      counter.writeUIntBE(index, 5, 6);
      counter[11] = index === chunks - 1 ? 1 : 0;
      const decipher = createDecipheriv('chacha20-poly1305', key, counter, { authTagLength: tagBytes });
      decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]);
    } catch (cause) {
      throw new AssayError('bundle-altered', { path, entry: `${path}#${String(index)}` }, { cause });
    }
  };
  const sizeBytes = (chunks - 1) * plainBytes + lastBytes;
  return {
    sizeBytes,
    async read(offset, length) {
      const end = Math.min(sizeBytes, offset + length);
      if (end <= offset) return Buffer.alloc(0);
      const first = Math.floor(offset / plainBytes);
      const last = Math.floor((end - 1) / plainBytes);
      const pieces: Buffer[] = [];
      // A directory is read a few bytes at a time: the last piece stays open.
      let next = first;
      if (held?.index === first) {
        pieces.push(held.bytes);
        next += 1;
      }
      if (next <= last) {
        const sealed = await source.read(start + next * sealedBytes, (last - next + 1) * sealedBytes);
        for (let index = next; index <= last; index += 1) {
          const at = (index - next) * sealedBytes;
          held = { index, bytes: open(index, sealed.subarray(at, at + sealedBytes)) };
          pieces.push(held.bytes);
        }
      }
      const all = pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces);
      return all.subarray(offset - first * plainBytes, end - first * plainBytes);
    },
    close: () => source.close(),
  };
}

async function openHeader(header: Uint8Array, secret: string, path: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(secret);
  try {
    return await decrypter.decryptHeader(header);
  } catch (cause) {
    // The library says why in words only.
    if (cause instanceof Error && /no identity matched/i.test(cause.message))
      throw new AssayError('bundle-not-for-us', { path }, { cause });
    throw new AssayError('bundle-unreadable', { path, reason: 'age header' }, { cause });
  }
}
