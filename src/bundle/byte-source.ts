import { open } from 'node:fs/promises';
import { readProblem } from '../case/file-problem.ts';
import { readFully } from '../case/intake/direct-file.ts';

/** Bytes that can be read anywhere: a file, bytes in memory, or an encrypted file opened. */
export interface ByteSource {
  readonly sizeBytes: number;
  /**
   * Exactly `length` bytes from `offset`; fewer only beyond the end. A source may put them into `into` where that is
   * given and long enough; otherwise each call has its own buffer.
   */
  read(offset: number, length: number, into?: Buffer): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens a file. Throws AssayError `file-not-found`, `file-not-readable`. */
export async function fileSource(path: string): Promise<ByteSource> {
  try {
    const handle = await open(path, 'r');
    const stats = await handle.stat();
    if (!stats.isFile()) {
      await handle.close();
      throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
    }
    return {
      sizeBytes: stats.size,
      async read(offset, length, into) {
        const wanted = Math.max(0, Math.min(length, stats.size - offset));
        const bytes =
          into !== undefined && into.length >= wanted ? into.subarray(0, wanted) : Buffer.allocUnsafe(wanted);
        try {
          return bytes.subarray(0, await readFully(handle, bytes, offset));
        } catch (error) {
          throw readProblem(path, error);
        }
      },
      close: () => handle.close(),
    };
  } catch (error) {
    throw readProblem(path, error);
  }
}

export function memorySource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    sizeBytes: buffer.length,
    read: (offset, length) => Promise.resolve(buffer.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

const pieceBytes = 1024 * 1024;

/**
 * A span of a source in pieces of at most 1 MiB: memory does not grow with the span. Ends early where the source does.
 * A piece is good until the next one is asked for: whoever keeps one longer copies it.
 */
export async function* piecesOf(source: ByteSource, offset: number, length: number): AsyncGenerator<Buffer> {
  // One buffer for all: a garbage collector that lags behind gigabytes would be most of the memory.
  const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(pieceBytes, length)));
  for (let done = 0; done < length;) {
    const piece = await source.read(offset + done, Math.min(pieceBytes, length - done), buffer);
    if (piece.length === 0) return;
    yield piece;
    done += piece.length;
  }
}
