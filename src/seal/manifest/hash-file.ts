import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { AssayError } from '../../base/errors.ts';
import { readError } from '../storage/file-error.ts';

const chunkBytes = 1024 * 1024;

/**
 * SHA-256 of a file's content, read once in pieces: memory does not grow with the file.
 *
 * SECURITY: opened without following a link and without waiting for a pipe, in case the entry was swapped after the
 * folder was listed.
 *
 * @returns lower-case hex and the number of bytes
 * @throws AssayError `file-not-found`, `file-not-readable`, `cancelled`
 */
export async function hashFile(path: string, signal?: AbortSignal): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await file.stat()).isFile()) throw new AssayError('file-not-readable', { path, reason: 'not a file' });
      const chunk = Buffer.allocUnsafe(chunkBytes);
      for (;;) {
        if (signal?.aborted === true) throw new AssayError('cancelled', { what: path });
        const { bytesRead } = await file.read(chunk, 0, chunkBytes, null);
        if (bytesRead === 0) break;
        hash.update(chunk.subarray(0, bytesRead));
        sizeBytes += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readError(error, path);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}
