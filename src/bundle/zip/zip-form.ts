/**
 * The one form of a zip archive that bundles have (docs/bundles.md): every entry stored, names UTF-8, one fixed date and
 * mode, no data descriptors, no comments, zip64 fields only where a number needs them, nothing between or around the parts.
 * Given names, sizes and CRCs, every other byte follows; so a reader can hold an archive against this form to the bit.
 *
 * APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export interface StoredEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly crc32: number;
}

/** A stored entry with the place of its local header. */
export interface PlacedEntry extends StoredEntry {
  readonly offset: number;
}

export const signatures = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
} as const;

const full32 = 0xffffffff;
const full16 = 0xffff;
/** Bit 11 of the flags: names are UTF-8 (§4.4.4). */
const utf8Names = 0x0800;
/** 1980-01-01 00:00:00, the first moment that the format knows: an archive tells no time. */
const fixedDate = 0x0021;
/** Made on Unix by version 4.5 of the format, which knows zip64. */
const madeBy = (3 << 8) | 45;
/** A regular file that everybody reads and its owner writes. */
export const fileMode = 0o100644;

function versionNeeded(isLarge: boolean): number {
  return isLarge ? 45 : 20;
}

/** §4.3.7 */
export function localHeader(entry: StoredEntry): Buffer {
  const name = Buffer.from(entry.path, 'utf8');
  const isLarge = entry.sizeBytes >= full32;
  const extra = isLarge ? zip64Extra([entry.sizeBytes, entry.sizeBytes]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(signatures.local, 0);
  header.writeUInt16LE(versionNeeded(isLarge), 4);
  header.writeUInt16LE(utf8Names, 6);
  header.writeUInt16LE(fixedDate, 12);
  header.writeUInt32LE(entry.crc32, 14);
  header.writeUInt32LE(isLarge ? full32 : entry.sizeBytes, 18);
  header.writeUInt32LE(isLarge ? full32 : entry.sizeBytes, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

/** §4.3.12 */
export function centralRecord(entry: PlacedEntry): Buffer {
  const name = Buffer.from(entry.path, 'utf8');
  const isLarge = entry.sizeBytes >= full32;
  const isFar = entry.offset >= full32;
  const numbers = [...(isLarge ? [entry.sizeBytes, entry.sizeBytes] : []), ...(isFar ? [entry.offset] : [])];
  const extra = numbers.length > 0 ? zip64Extra(numbers) : Buffer.alloc(0);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(signatures.central, 0);
  record.writeUInt16LE(madeBy, 4);
  record.writeUInt16LE(versionNeeded(isLarge || isFar), 6);
  record.writeUInt16LE(utf8Names, 8);
  record.writeUInt16LE(fixedDate, 14);
  record.writeUInt32LE(entry.crc32, 16);
  record.writeUInt32LE(isLarge ? full32 : entry.sizeBytes, 20);
  record.writeUInt32LE(isLarge ? full32 : entry.sizeBytes, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(fileMode * 0x10000, 38);
  record.writeUInt32LE(isFar ? full32 : entry.offset, 42);
  return Buffer.concat([record, name, extra]);
}

/** What stands after the central directory: §4.3.14 to §4.3.16. */
export function endRecords(entries: number, directoryOffset: number, directoryBytes: number): Buffer {
  const isLarge = entries >= full16 || directoryOffset >= full32 || directoryBytes >= full32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(isLarge ? full16 : entries, 8);
  end.writeUInt16LE(isLarge ? full16 : entries, 10);
  end.writeUInt32LE(isLarge ? full32 : directoryBytes, 12);
  end.writeUInt32LE(isLarge ? full32 : directoryOffset, 16);
  if (!isLarge) return end;
  const large = Buffer.alloc(56);
  large.writeUInt32LE(signatures.zip64End, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(madeBy, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(entries), 24);
  large.writeBigUInt64LE(BigInt(entries), 32);
  large.writeBigUInt64LE(BigInt(directoryBytes), 40);
  large.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(signatures.zip64Locator, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([large, locator, end]);
}

/** §4.5.3 */
function zip64Extra(numbers: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  return extra;
}

/** Places entries one after another, as they stand in the archive. */
export function placeEntries(entries: readonly StoredEntry[]): { placed: PlacedEntry[]; directoryOffset: number } {
  const placed: PlacedEntry[] = [];
  let offset = 0;
  for (const entry of entries) {
    placed.push({ ...entry, offset });
    offset += localHeader(entry).length + entry.sizeBytes;
  }
  return { placed, directoryOffset: offset };
}
