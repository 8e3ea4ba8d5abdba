import { createHash } from 'node:crypto';
import type { ByteSource } from '../../base/bytes.ts';
import { AssayError } from '../../base/errors.ts';

const pieceBytes = 1024 * 1024;

/** MD5 of an exhibit, for lists that have nothing better. Throws `cancelled`. */
export async function md5Of(bytes: ByteSource, signal: AbortSignal): Promise<string> {
  const hash = createHash('md5');
  for (let offset = 0; offset < bytes.sizeBytes; offset += pieceBytes) {
    if (signal.aborted) throw new AssayError('cancelled', { what: 'known-files' });
    hash.update(await bytes.read(offset, pieceBytes));
  }
  return hash.digest('hex');
}
