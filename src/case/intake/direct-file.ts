import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { systemCode } from '../file-problem.ts';

/** Lengths and offsets of direct transfers are multiples of this; no disk in use has larger logical blocks. */
const blockBytes = 4096;

const direct = (constants as Readonly<Record<string, number | undefined>>)['O_DIRECT'];

/** Writes a new file in pieces, past the page cache where the file system allows it. */
export interface CopyWriter {
  /** Writes all bytes at that offset. Aligned buffers at aligned offsets go past the page cache. */
  write(bytes: Uint8Array, offset: number): Promise<void>;
  /** Takes everybody's right to write to the file away; its bytes are on the disk when this settles. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Creates the file; it must not exist. `large` files are worth going past the page cache for. */
export async function createCopy(path: string, large: boolean): Promise<CopyWriter> {
  const plain = await open(path, 'wx', 0o600);
  const past = large ? await openDirect(path, constants.O_WRONLY) : undefined;
  let refused = past === undefined;
  return {
    async write(bytes, offset) {
      const aligned = offset % blockBytes === 0 ? bytes.length - (bytes.length % blockBytes) : 0;
      let done = 0;
      if (past !== undefined && !refused && aligned > 0) {
        try {
          done = await writeFully(past, bytes.subarray(0, aligned), offset);
        } catch (error) {
          if (!refusesDirect(error)) throw error;
          refused = true;
        }
      }
      if (done < bytes.length) await writeFully(plain, bytes.subarray(done), offset + done);
    },
    async finish() {
      await plain.chmod(0o444);
      await plain.sync();
    },
    async close() {
      await plain.close();
      await past?.close();
    },
  };
}

/** Reads a file from its beginning, from the disk itself where the file system allows it. */
export interface CopyReader {
  /** Fills the aligned buffer from that offset; returns how many bytes there were. */
  read(bytes: Uint8Array, offset: number): Promise<number>;
  /** `storage` while every byte came past the page cache. */
  from(): 'storage' | 'system';
  close(): Promise<void>;
}

export async function openCopy(path: string): Promise<CopyReader> {
  let plain: FileHandle | undefined;
  let past = await openDirect(path, constants.O_RDONLY);
  let pastAlways = past !== undefined;
  return {
    async read(bytes, offset) {
      if (past !== undefined && offset % blockBytes === 0) {
        try {
          const { bytesRead } = await past.read(bytes, 0, bytes.length, offset);
          // Only the end of the file may come short; anything else is read again, the ordinary way.
          if (bytesRead === bytes.length || offset + bytesRead === (await past.stat()).size) return bytesRead;
        } catch (error) {
          if (!refusesDirect(error)) throw error;
          await past.close();
          past = undefined;
        }
      }
      pastAlways = false;
      plain ??= await open(path, 'r');
      return readFully(plain, bytes, offset);
    },
    from: () => (pastAlways ? 'storage' : 'system'),
    async close() {
      await plain?.close();
      await past?.close();
    },
  };
}

/** Fills the buffer from that offset; fewer bytes only at the end of the file. */
export async function readFully(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

async function writeFully(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
  return done;
}

async function openDirect(path: string, flags: number): Promise<FileHandle | undefined> {
  if (direct === undefined) return undefined;
  try {
    return await open(path, flags | direct);
  } catch (error) {
    if (refusesDirect(error)) return undefined;
    throw error;
  }
}

/** How file systems say that they know no direct transfers, or not such as these. */
function refusesDirect(error: unknown): boolean {
  return ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'].includes(systemCode(error) ?? '');
}
