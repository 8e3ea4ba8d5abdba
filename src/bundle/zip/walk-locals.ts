import type { ByteSource } from '../byte-source.ts';
import type { ZipProblem } from './read-zip.ts';
import { centralRecord, endRecords, localHeader, signatures, type PlacedEntry } from './zip-form.ts';

/**
 * Goes through an archive from its beginning by its local headers, without its directory. Where every one of them is in
 * the one form that bundles have, they say what the directory must be, and each record that is not is named by its entry;
 * where they are not, the directory is the better witness and nothing is said here.
 */
export async function problemsByWalking(source: ByteSource, mostEntries: number): Promise<ZipProblem[]> {
  const entries: PlacedEntry[] = [];
  let offset = 0;
  for (;;) {
    const entry = await entryAt(source, offset);
    if (entry === undefined || entries.length === mostEntries) break;
    entries.push(entry);
    offset += localHeader(entry).length + entry.sizeBytes;
  }
  if (entries.length === 0) return [];
  // A size that was changed leads elsewhere: then this walk ends in the middle of something.
  const records = entries.map(centralRecord);
  const directoryBytes = records.reduce((sum, { length }) => sum + length, 0);
  const end = endRecords(entries.length, offset, directoryBytes);
  if (offset + directoryBytes + end.length !== source.sizeBytes) return [];

  const problems: ZipProblem[] = [];
  let at = offset;
  for (const [index, record] of records.entries()) {
    const there = await source.read(at, record.length);
    if (Buffer.compare(record, there) !== 0)
      problems.push({ kind: 'form', path: entries[index]?.path ?? '', details: { where: 'directory' } });
    at += record.length;
  }
  if (Buffer.compare(end, await source.read(at, end.length)) !== 0)
    problems.push({ kind: 'end', path: '', details: {} });
  return problems;
}

async function entryAt(source: ByteSource, offset: number): Promise<PlacedEntry | undefined> {
  const head = await source.read(offset, 30 + 1024 + 20);
  if (head.length < 30 || head.readUInt32LE(0) !== signatures.local) return undefined;
  const nameBytes = head.readUInt16LE(26);
  const path = head.subarray(30, 30 + nameBytes).toString('utf8');
  const small = head.readUInt32LE(22);
  const isLarge = small === 0xffffffff && 30 + nameBytes + 20 <= head.length;
  const sizeBytes = isLarge ? Number(head.readBigUInt64LE(30 + nameBytes + 4)) : small;
  const entry = { path, sizeBytes, crc32: head.readUInt32LE(14), offset };
  if (!Number.isSafeInteger(sizeBytes) || offset + sizeBytes > source.sizeBytes) return undefined;
  const due = localHeader(entry);
  return Buffer.compare(due, head.subarray(0, due.length)) === 0 ? entry : undefined;
}
