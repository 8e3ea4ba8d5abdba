import type { ByteSource } from '../byte-source.ts';
import type { ZipProblem } from './read-zip.ts';
import { localHeader, signatures, type PlacedEntry } from './zip-form.ts';

/** One record of a central directory as it says of itself, and its bytes. */
export interface FoundRecord extends PlacedEntry {
  readonly packedBytes: number;
  readonly flags: number;
  readonly method: number;
  /** Unix mode; 0 where the archive was not made on Unix. */
  readonly mode: number;
  /** False where the name is not UTF-8. */
  readonly nameReadable: boolean;
  readonly bytes: Buffer;
}

export interface FoundDirectory {
  readonly records: readonly FoundRecord[];
  readonly problems: readonly ZipProblem[];
  readonly directoryOffset: number;
  readonly directoryBytes: number;
  /** Everything after the directory. */
  readonly tail: Buffer;
}

interface End {
  readonly entries: number;
  readonly directoryOffset: number;
  readonly directoryBytes: number;
}

/** Finds and reads the central directory. Never throws for what the archive holds. */
export async function parseDirectory(
  source: ByteSource,
  limits: { readonly entries: number; readonly directoryBytes: number },
): Promise<FoundDirectory | { readonly problem: ZipProblem }> {
  const end = await readEnd(source);
  if (end === undefined) return { problem: { kind: 'end', path: '', details: {} } };
  const { entries, directoryOffset, directoryBytes } = end;
  if (entries > limits.entries || directoryBytes > limits.directoryBytes)
    return {
      problem: {
        kind: 'bomb',
        path: '',
        details: { claimed: Math.max(entries, directoryBytes), sizeBytes: source.sizeBytes },
      },
    };
  if (directoryOffset + directoryBytes > source.sizeBytes) return { problem: { kind: 'end', path: '', details: {} } };
  const directory = await source.read(directoryOffset, directoryBytes);
  const records: FoundRecord[] = [];
  const problems: ZipProblem[] = [];
  let at = 0;
  for (let index = 0; index < entries; index += 1) {
    const record = parseRecord(directory, at);
    if (record === undefined) {
      const path = await nameAfter(source, records.at(-1));
      problems.push({ kind: 'directory', path, details: { entry: index } });
      break;
    }
    records.push(record);
    at += record.bytes.length;
  }
  if (problems.length === 0 && at !== directoryBytes) problems.push({ kind: 'end', path: '', details: {} });
  const tail = await source.read(directoryOffset + directoryBytes, 128);
  return { records, problems, directoryOffset, directoryBytes, tail };
}

/** The end records, §4.3.14 to §4.3.16. They stand at the very end: a bundle has no comment. */
async function readEnd(source: ByteSource): Promise<End | undefined> {
  const reach = Math.min(source.sizeBytes, 22 + 20 + 56);
  const bytes = await source.read(source.sizeBytes - reach, reach);
  const at = bytes.length - 22;
  if (at < 0 || bytes.readUInt32LE(at) !== signatures.end) return undefined;
  const small = {
    entries: bytes.readUInt16LE(at + 10),
    directoryBytes: bytes.readUInt32LE(at + 12),
    directoryOffset: bytes.readUInt32LE(at + 16),
  };
  const isLarge =
    small.entries === 0xffff || small.directoryBytes === 0xffffffff || small.directoryOffset === 0xffffffff;
  if (!isLarge || at < 76 || bytes.readUInt32LE(at - 20) !== signatures.zip64Locator) return small;
  const large = at - 76;
  if (bytes.readUInt32LE(large) !== signatures.zip64End) return undefined;
  const numbers = [32, 40, 48].map((field) => Number(bytes.readBigUInt64LE(large + field)));
  const [entries = 0, directoryBytes = 0, directoryOffset = 0] = numbers;
  if (!numbers.every(Number.isSafeInteger)) return undefined;
  return { entries, directoryBytes, directoryOffset };
}

function parseRecord(directory: Buffer, at: number): FoundRecord | undefined {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== signatures.central) return undefined;
  const nameBytes = directory.readUInt16LE(at + 28);
  const extraBytes = directory.readUInt16LE(at + 30);
  const commentBytes = directory.readUInt16LE(at + 32);
  const length = 46 + nameBytes + extraBytes + commentBytes;
  if (at + length > directory.length) return undefined;
  const name = directory.subarray(at + 46, at + 46 + nameBytes);
  const path = name.toString('utf8');
  const extra = zip64Numbers(directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes));
  const number = (field: number): number | undefined => {
    const small = directory.readUInt32LE(at + field);
    return small === 0xffffffff && extra !== undefined ? extra.shift() : small;
  };
  const sizeBytes = number(24);
  const packedBytes = number(20);
  const offset = number(42);
  if (sizeBytes === undefined || packedBytes === undefined || offset === undefined) return undefined;
  if (![sizeBytes, packedBytes, offset].every(Number.isSafeInteger)) return undefined;
  const isUnix = directory.readUInt8(at + 5) === 3;
  return {
    path,
    sizeBytes,
    packedBytes,
    offset,
    crc32: directory.readUInt32LE(at + 16),
    flags: directory.readUInt16LE(at + 8),
    method: directory.readUInt16LE(at + 10),
    mode: isUnix ? directory.readUInt16LE(at + 40) : 0,
    nameReadable: Buffer.compare(Buffer.from(path, 'utf8'), name) === 0,
    bytes: directory.subarray(at, at + length),
  };
}

/** Numbers of the zip64 field (§4.5.3) in their order; undefined where there is none. */
function zip64Numbers(extra: Buffer): number[] | undefined {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1 && at + 4 + length <= extra.length)
      return Array.from({ length: Math.floor(length / 8) }, (_, index) =>
        Number(extra.readBigUInt64LE(at + 4 + 8 * index)),
      );
    at += 4 + length;
  }
  return undefined;
}

/** The name in the local header that follows an entry: what the unreadable record of the directory is about. */
async function nameAfter(source: ByteSource, before: FoundRecord | undefined): Promise<string> {
  const offset = before === undefined ? 0 : before.offset + localHeader(before).length + before.sizeBytes;
  return localName(await source.read(offset, 30 + 1024)) ?? '';
}

/** The name in a local header; undefined where there is none that can be read. */
export function localName(header: Buffer): string | undefined {
  if (header.length < 30 || header.readUInt32LE(0) !== signatures.local) return undefined;
  const name = header.subarray(30, 30 + header.readUInt16LE(26));
  return name.length === 0 ? undefined : name.toString('utf8');
}
