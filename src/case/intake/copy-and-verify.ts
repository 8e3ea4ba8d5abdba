import { AssayError } from '../../base/errors.ts';
import { systemCode, writeProblem } from '../file-problem.ts';
import { createCopy, openCopy, readFully } from './direct-file.ts';
import type { DigestName } from './hash-thread.ts';
import type { HashCrew } from './hash-crew.ts';
import type { Original } from './read-original.ts';
import type { Slot, SlotRing } from './slot-ring.ts';

export interface CopyMachine {
  readonly ring: SlotRing;
  readonly crew: HashCrew;
}

export interface Copied {
  readonly sizeBytes: number;
  readonly digests: Readonly<Record<DigestName, string>>;
}

/** A copy whose bytes stop coming after less than this is not worth the page cache's being passed by. */
const largeBytes = 1_048_576;

/**
 * Reads the original once, from beginning to end, and from the same buffers writes the copy and feeds the three
 * digests. The copy is on the disk when this returns. Stops with `changed-while-copying` as soon as there is more to read
 * than the original's size said: a file that grows, or a pretended file of the system, would never end.
 *
 * @param advance told of bytes that are read, written and hashed
 * @throws AssayError `changed-while-copying`, `cancelled`, `disk-full`, `file-not-writable`; the system's own error where it
 *   is the original that cannot be read
 */
export async function copyAndHash(
  machine: CopyMachine,
  original: Original,
  shown: string,
  copyPath: string,
  advance: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Copied> {
  const { ring, crew } = machine;
  const expected = Number(original.stats.size);
  const writer = await writing(shown, createCopy(copyPath, expected >= largeBytes));
  try {
    crew.start(['sha256', 'sha512', 'md5'], expected);
    const sizeBytes = await pump(
      ring,
      (slot, offset) => readFully(original.handle, slot.bytes, offset),
      async (slot, length, offset) => {
        if (offset + length > expected) throw new AssayError('changed-while-copying', { path: shown });
        const written = writing(shown, writer.write(slot.bytes.subarray(0, length), offset));
        await settleAll([crew.update(slot, length), written]);
        advance(length);
      },
      signal,
    );
    if (sizeBytes !== expected) throw new AssayError('changed-while-copying', { path: shown });
    const digests = await crew.digests();
    await original.assertUnchanged();
    await writing(shown, writer.finish());
    return { sizeBytes, digests };
  } finally {
    await writer.close();
  }
}

/**
 * Opens the copy anew, reads all of it, from the disk itself where the file system allows it, and compares its size and
 * SHA-256 with what was read from the original (docs/adr/0005).
 *
 * @returns where the bytes came from: the storage, or wherever the system had them
 * @throws AssayError `copy-differs`, also where the copy cannot be read at all; `cancelled`
 */
export async function verifyCopy(
  machine: CopyMachine,
  copied: Copied,
  shown: string,
  copyPath: string,
  advance: (bytes: number) => void,
  signal: AbortSignal,
): Promise<'storage' | 'system'> {
  const stored = await readingBack(shown, hashStored(machine, copyPath, ['sha256'], copied.sizeBytes, advance, signal));
  if (stored.sizeBytes !== copied.sizeBytes || stored.digests.sha256 !== copied.digests.sha256)
    throw new AssayError('copy-differs', { path: shown });
  return stored.from;
}

/**
 * Reads a whole file, from the disk itself where the file system allows it, and hashes it.
 *
 * @param expectedBytes about how large it is: decides whether threads are worth their while
 * @throws AssayError `cancelled`, or the system's error
 */
export async function hashStored(
  { ring, crew }: CopyMachine,
  path: string,
  names: readonly DigestName[],
  expectedBytes: number,
  advance: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Copied & { readonly from: 'storage' | 'system' }> {
  const reader = await openCopy(path);
  try {
    crew.start(names, expectedBytes);
    const sizeBytes = await pump(
      ring,
      (slot, offset) => reader.read(slot.bytes, offset),
      async (slot, length) => {
        await crew.update(slot, length);
        advance(length);
      },
      signal,
    );
    return { sizeBytes, digests: await crew.digests(), from: reader.from() };
  } finally {
    await reader.close();
  }
}

/** A failure of the copy is not one of the original. */
async function writing<T>(shown: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw writeProblem(shown, error);
  }
}

async function readingBack<T>(shown: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw systemCode(error) === undefined ? error : new AssayError('copy-differs', { path: shown }, { cause: error });
  }
}

/**
 * Reads slot after slot while earlier ones are still in use, as far ahead as the ring is long. Returns how many bytes
 * there were. When something fails, everything begun is waited for before the error is thrown: buffers are in use.
 */
async function pump(
  ring: SlotRing,
  read: (slot: Slot, offset: number) => Promise<number>,
  use: (slot: Slot, length: number, offset: number) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  const inUse = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let offset = 0;
  for (;;) {
    const slot = await ring.take();
    if (signal.aborted) failures.push(new AssayError('cancelled', { what: 'intake' }));
    let length = 0;
    try {
      if (failures.length === 0) length = await read(slot, offset);
    } catch (error) {
      failures.push(error);
    }
    if (length === 0) {
      ring.give(slot);
      break;
    }
    const used = use(slot, length, offset)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        ring.give(slot);
        inUse.delete(used);
      });
    inUse.add(used);
    offset += length;
    if (length < ring.slotBytes) break;
  }
  await Promise.all(inUse);
  if (failures.length > 0) throw asError(failures[0]);
  return offset;
}

/** Waits for all, then throws the first failure there was. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const [failed] = (await Promise.allSettled(work)).filter((ending) => ending.status === 'rejected');
  if (failed !== undefined) throw asError(failed.reason);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
