import { crc32 } from 'node:zlib';
import { AssayError } from '../../base/errors.ts';
import { centralRecord, endRecords, localHeader, placeEntries, type StoredEntry } from './zip-form.ts';

/** An entry to write: its size and CRC are known before, and its bytes come when they are asked for. */
export interface EntryToWrite extends StoredEntry {
  bytes(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * The bytes of an archive in the one form of `zip-form.ts`, in pieces: memory does not grow with its size. The same
 * entries give the same bytes.
 *
 * @throws AssayError `changed-while-copying` when an entry's bytes are not those that were announced
 */
export async function* writeZip(entries: readonly EntryToWrite[]): AsyncGenerator<Uint8Array> {
  const { placed, directoryOffset } = placeEntries(entries);
  for (const entry of entries) {
    yield localHeader(entry);
    let sum = 0;
    let sizeBytes = 0;
    for await (const piece of entry.bytes()) {
      sum = crc32(piece, sum);
      sizeBytes += piece.length;
      if (sizeBytes > entry.sizeBytes) break;
      yield piece;
    }
    if (sum !== entry.crc32 || sizeBytes !== entry.sizeBytes)
      throw new AssayError('changed-while-copying', { path: entry.path });
  }
  const directory = Buffer.concat(placed.map(centralRecord));
  yield directory;
  yield endRecords(placed.length, directoryOffset, directory.length);
}

/** How large the archive of these entries is. */
export function zipSize(entries: readonly StoredEntry[]): number {
  const { placed, directoryOffset } = placeEntries(entries);
  const directory = placed.reduce((sum, entry) => sum + centralRecord(entry).length, 0);
  return directoryOffset + directory + endRecords(placed.length, directoryOffset, directory).length;
}
