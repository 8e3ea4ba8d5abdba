import type { ByteSource } from '../../base/bytes.ts';
import { readTiffValue, tiffTypeBytes, type TiffValue } from './tiff-value.ts';

/** One field of an image file directory. Offsets count from the start of the byte source. */
export interface TiffEntry {
  /** `ifd0`, `ifd1`, `exif`, `gps`, `interop`, `sub[0]`, or what the caller named the directory. */
  readonly ifd: string;
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Of the 12-byte entry (20 bytes in BigTIFF). */
  readonly offsetBytes: number;
  /** Of the value: inside the entry where it fits, else where the entry points. */
  readonly valueOffsetBytes: number;
  /** What type and count claim. */
  readonly valueBytes: number;
  readonly value: TiffValue;
  /** True when `value` holds fewer bytes than the entry claims. */
  readonly cut: boolean;
}

/** Something that TIFF forbids or that cannot be. */
export interface TiffError {
  readonly code:
    | 'not-tiff'
    | 'directory-outside'
    | 'directory-visited'
    | 'directory-cut'
    | 'unknown-type'
    | 'value-outside'
    | 'too-many-directories'
    | 'too-many-entries'
    | 'too-many-bytes';
  readonly ifd: string;
  readonly offsetBytes: number;
  readonly tag?: number;
}

export interface TiffBounds {
  readonly maxDirectories: number;
  readonly maxEntries: number;
  /** Bytes kept of one value. */
  readonly maxValueBytes: number;
  /** Bytes of values read in all. */
  readonly maxReadBytes: number;
}

export const defaultTiffBounds: TiffBounds = {
  maxDirectories: 64,
  maxEntries: 8192,
  maxValueBytes: 256 * 1024,
  maxReadBytes: 16 * 1024 * 1024,
};

export interface TiffWalk {
  readonly littleEndian: boolean;
  /** In the order in which they were met. */
  readonly entries: readonly TiffEntry[];
  readonly errors: readonly TiffError[];
}

/** Where the directories stand in the source, and what their offsets count from. */
export interface TiffPlace {
  /** Byte that offset 0 of the TIFF means. */
  readonly base: number;
  /** End of what belongs to it: nothing is read past it. */
  readonly end: number;
}

/** Errors listed; which bound stopped the walk is always said. */
const mostErrors = 256;

/** Pointers to further directories (EXIF 2.32 §4.6.3): tag → name. Those of one directory cannot occur in another. */
const pointers: Readonly<Record<number, string>> = { 0x8769: 'exif', 0x8825: 'gps', 0xa005: 'interop', 0x014a: 'sub' };

/**
 * Walks a TIFF structure (also BigTIFF) at `place`: the main chain of directories and those that they point to, each
 * once. Unknown tags are kept like all others.
 *
 * SECURITY: bounded by count and bytes, never follows a directory twice, never throws for what the bytes hold.
 */
export async function walkTiff(
  source: ByteSource,
  place: TiffPlace = { base: 0, end: source.sizeBytes },
  bounds: TiffBounds = defaultTiffBounds,
): Promise<TiffWalk> {
  const head = await source.read(place.base, 16);
  const order = head.length < 8 ? '' : String.fromCharCode(head[0]!, head[1]!);
  if (order !== 'II' && order !== 'MM') return notTiff(place.base);
  const littleEndian = order === 'II';
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const version = view.getUint16(2, littleEndian);
  const big = version === 43 && head.length === 16;
  // 0x4F52, 0x5352 (Olympus) and 0x55 (Panasonic) are raw formats that are TIFF but for this number.
  if (![42, 43, 0x4f52, 0x5352, 0x55].includes(version)) return notTiff(place.base);
  const first = big ? Number(view.getBigUint64(8, littleEndian)) : view.getUint32(4, littleEndian);
  return walkDirectories(source, place, { name: 'ifd0', offset: first, chained: true }, { littleEndian, big }, bounds);
}

function notTiff(offsetBytes: number): TiffWalk {
  return { littleEndian: false, entries: [], errors: [{ code: 'not-tiff', ifd: 'ifd0', offsetBytes }] };
}

interface Start {
  readonly name: string;
  /** Relative to the place's base. */
  readonly offset: number;
  /** Whether a next directory is looked for behind it. */
  readonly chained: boolean;
}

/** Walks from one directory whose byte order is known: what maker notes need, which have no TIFF header of their own. */
export async function walkDirectories(
  source: ByteSource,
  place: TiffPlace,
  start: Start,
  form: { readonly littleEndian: boolean; readonly big?: boolean },
  bounds: TiffBounds = defaultTiffBounds,
): Promise<TiffWalk> {
  const { littleEndian, big = false } = form;
  const entries: TiffEntry[] = [];
  const errors: TiffError[] = [];
  const visited = new Set<number>();
  const waiting: Start[] = [start];
  const counts = { sub: 0, chain: 0, bytes: 0 };
  const end = Math.min(place.end, source.sizeBytes);
  const entryBytes = big ? 20 : 12;
  const pointerBytes = big ? 8 : 4;

  for (let directory = waiting.shift(); directory !== undefined; directory = waiting.shift()) {
    const { name } = directory;
    const offsetBytes = place.base + directory.offset;
    const fail = (code: TiffError['code'], at: number, tag?: number): void => {
      if (errors.length < mostErrors || code.startsWith('too-many'))
        errors.push({ code, ifd: name, offsetBytes: at, ...(tag === undefined ? {} : { tag }) });
    };
    if (visited.has(offsetBytes)) {
      fail('directory-visited', offsetBytes);
      continue;
    }
    if (visited.size >= bounds.maxDirectories) {
      fail('too-many-directories', offsetBytes);
      break;
    }
    visited.add(offsetBytes);
    const countBytes = big ? 8 : 2;
    const countView = await viewAt(source, offsetBytes, countBytes, end);
    if (countView.byteLength < countBytes) {
      fail('directory-outside', offsetBytes);
      continue;
    }
    const claimed = big ? Number(countView.getBigUint64(0, littleEndian)) : countView.getUint16(0, littleEndian);
    const allowed = Math.min(claimed, bounds.maxEntries - entries.length);
    if (allowed < claimed) fail('too-many-entries', offsetBytes);
    const tableOffset = offsetBytes + countBytes;
    const table = await viewAt(source, tableOffset, allowed * entryBytes + pointerBytes, end);
    const present = Math.min(allowed, Math.floor(table.byteLength / entryBytes));
    if (present < allowed) fail('directory-cut', tableOffset + present * entryBytes);

    for (let index = 0; index < present; index += 1) {
      const at = index * entryBytes;
      const tag = table.getUint16(at, littleEndian);
      const type = table.getUint16(at + 2, littleEndian);
      const count = big ? Number(table.getBigUint64(at + 4, littleEndian)) : table.getUint32(at + 4, littleEndian);
      const entryOffset = tableOffset + at;
      const size = tiffTypeBytes(type);
      if (size === undefined) fail('unknown-type', entryOffset, tag);
      const valueBytes = count * (size ?? 1);
      const inline = valueBytes <= pointerBytes;
      const slot = at + (big ? 12 : 8);
      const pointed = big ? Number(table.getBigUint64(slot, littleEndian)) : table.getUint32(slot, littleEndian);
      const valueOffsetBytes = inline ? tableOffset + slot : place.base + pointed;
      const available = Math.max(0, Math.min(valueBytes, end - valueOffsetBytes));
      if (available < valueBytes && size !== undefined) fail('value-outside', entryOffset, tag);
      let wanted = size === undefined && !inline ? 0 : Math.min(available, bounds.maxValueBytes);
      if (counts.bytes + wanted > bounds.maxReadBytes) {
        fail('too-many-bytes', entryOffset, tag);
        wanted = 0;
      }
      counts.bytes += wanted;
      const bytes = wanted === 0 ? new Uint8Array(0) : await source.read(valueOffsetBytes, wanted);
      const value = readTiffValue(bytes, size === undefined ? 7 : type, littleEndian);
      const cut = bytes.length < valueBytes;
      entries.push({ ifd: name, tag, type, count, offsetBytes: entryOffset, valueOffsetBytes, valueBytes, value, cut });
      const pointer = directory.chained || name !== start.name ? pointers[tag] : undefined;
      if (pointer !== undefined && value.kind === 'numbers') {
        for (const offset of value.numbers.slice(0, bounds.maxDirectories)) {
          const target = pointer === 'sub' ? `sub[${String(counts.sub++)}]` : pointer;
          waiting.push({ name: target, offset, chained: false });
        }
      }
    }
    if (directory.chained && present === claimed && table.byteLength >= present * entryBytes + pointerBytes) {
      const nextAt = present * entryBytes;
      const next = big ? Number(table.getBigUint64(nextAt, littleEndian)) : table.getUint32(nextAt, littleEndian);
      if (next !== 0) waiting.push({ name: `ifd${String(++counts.chain)}`, offset: next, chained: true });
    }
  }
  return { littleEndian, entries, errors };
}

async function viewAt(source: ByteSource, offset: number, length: number, end: number): Promise<DataView> {
  const wanted = Math.max(0, Math.min(length, end - offset));
  const bytes = wanted === 0 ? new Uint8Array(0) : await source.read(offset, wanted);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
