import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AssayError } from '../../base/errors.ts';
import { fileSource, memorySource, piecesOf, type ByteSource } from '../byte-source.ts';
import type { EntryToWrite } from '../zip/write-zip.ts';

/** Digests of bytes that are read once. */
export interface Measured {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly crc32: number;
}

/** Both digests and the CRC of a span of a source, read once in pieces. */
export async function measureSpan(
  source: ByteSource,
  offset: number,
  length: number,
  advance: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Measured> {
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let sum = 0;
  let sizeBytes = 0;
  for await (const piece of piecesOf(source, offset, length)) {
    if (signal.aborted) throw new AssayError('cancelled', { what: 'bundle' });
    sha256.update(piece);
    sha512.update(piece);
    sum = crc32(piece, sum);
    sizeBytes += piece.length;
    advance(piece.length);
  }
  return { sizeBytes, sha256: sha256.digest('hex'), sha512: sha512.digest('hex'), crc32: sum };
}

/** A file that goes into a bag: where it lies on the disk, or its bytes where they are made for the bag. */
export interface BagFile {
  /** Below the bag's folder, with `/`. */
  readonly path: string;
  readonly from: string | Uint8Array;
  /** What the custody log says that it is. */
  readonly recordedSha256?: string;
}

/** A file of a bag with its digests, ready to be written. */
export type MeasuredFile = Measured & EntryToWrite;

/**
 * Measures a file for the bag.
 *
 * @throws AssayError `file-not-found`, `file-not-readable`, `cancelled`
 */
export async function measureFile(
  { path, from }: BagFile,
  advance: (bytes: number) => void,
  signal: AbortSignal,
): Promise<MeasuredFile> {
  if (typeof from !== 'string') {
    const source = memorySource(from);
    const measured = await measureSpan(source, 0, source.sizeBytes, advance, signal);
    return { path, ...measured, bytes: () => [from] };
  }
  const source = await fileSource(from);
  try {
    const measured = await measureSpan(source, 0, source.sizeBytes, advance, signal);
    return { path, ...measured, bytes: () => bytesOf(from, measured.sizeBytes) };
  } finally {
    await source.close();
  }
}

async function* bytesOf(path: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const source = await fileSource(path);
  try {
    yield* piecesOf(source, 0, Math.max(sizeBytes, source.sizeBytes));
  } finally {
    await source.close();
  }
}
