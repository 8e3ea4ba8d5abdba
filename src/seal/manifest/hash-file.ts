import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AssayError } from '../../base/errors.ts';
import { readError } from '../storage/file-error.ts';
import { readOnlyNoFollow } from '../storage/open-flags.ts';

const chunkBytes = 1024 * 1024;

/**
 * SHA-256 of a file's content, read once in pieces: memory does not grow with the file.
 *
 * SECURITY: no link is followed, in case the entry was swapped after the folder was listed.
 *
 * @returns lower-case hex and the number of bytes
 * @throws AssayError `file-not-found`, `file-not-readable`, `cancelled`
 */
export async function hashFile(path: string, signal?: AbortSignal): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const file = await open(path, readOnlyNoFollow);
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
