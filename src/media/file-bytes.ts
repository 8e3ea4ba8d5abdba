import { open } from 'node:fs/promises';
import type { ByteSource } from '../base/bytes.ts';

/** A byte source over a file, opened for reading only. */
export interface FileBytes extends ByteSource {
  close(): Promise<void>;
}

/** Opens a file's bytes. Rejects with the `node:fs` error where it cannot be opened; a size that shrinks later reads short. */
export async function openFileBytes(path: string): Promise<FileBytes> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = new Uint8Array(wanted);
      let got = 0;
      while (got < wanted) {
        const { bytesRead } = await handle.read(bytes, got, wanted - got, offset + got);
        if (bytesRead === 0) break;
        got += bytesRead;
      }
      return got === wanted ? bytes : bytes.subarray(0, got);
    },
    close: () => handle.close(),
  };
}
