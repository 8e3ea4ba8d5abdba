import type { ByteSource } from '../../base/bytes.ts';
import { decodeText } from '../field-reader.ts';

const endRecordBytes = 22;
const longestComment = 65_535;
const maxEntries = 512;
/** Places that look like an end record and are followed up: hostile tails are full of them. */
const maxCandidates = 64;

export interface ZipDirectory {
  /** Offset of the end-of-central-directory record. */
  readonly endRecordOffset: number;
  /** Offset behind that record and its comment: where the archive ends. */
  readonly endOffset: number;
  /** Where the first entry's bytes begin, by the directory: beyond 0, something else stands before the archive. */
  readonly archiveOffset: number;
  readonly entryCount: number;
  /** Names of the first entries. */
  readonly names: readonly string[];
}

/**
 * The central directory of a ZIP archive that ends at, or shortly before, the end of a source (PKWARE APPNOTE.TXT §4.3.16).
 * Undefined where there is none whose directory lies where the record says it does: four letters alone are chance.
 */
export async function readZipDirectory(source: ByteSource): Promise<ZipDirectory | undefined> {
  const tailOffset = Math.max(0, source.sizeBytes - endRecordBytes - longestComment);
  const tail = await source.read(tailOffset, source.sizeBytes - tailOffset);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let candidates = 0;
  for (let at = tail.length - endRecordBytes; at >= 0 && candidates < maxCandidates; at--) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== 0x06054b50) continue;
    candidates++;
    const entryCount = view.getUint16(at + 10, true);
    const directoryBytes = view.getUint32(at + 12, true);
    const directoryOffset = view.getUint32(at + 16, true);
    const endRecordOffset = tailOffset + at;
    // Where other bytes stand before the archive, its own offsets are short by their length.
    const actualOffset = endRecordOffset - directoryBytes;
    if (actualOffset < 0 || actualOffset < directoryOffset) continue;
    const names = await readNames(source, actualOffset, directoryBytes, entryCount);
    if (names === undefined) continue;
    return {
      endRecordOffset,
      endOffset: Math.min(source.sizeBytes, endRecordOffset + endRecordBytes + view.getUint16(at + 20, true)),
      archiveOffset: actualOffset - directoryOffset,
      entryCount,
      names,
    };
  }
  return undefined;
}

async function readNames(
  source: ByteSource,
  offset: number,
  lengthBytes: number,
  count: number,
): Promise<readonly string[] | undefined> {
  if (count === 0) return lengthBytes === 0 ? [] : undefined;
  const bytes = await source.read(offset, Math.min(lengthBytes, 256 * 1024));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  for (let at = 0; at + 46 <= bytes.length && names.length < maxEntries;) {
    if (view.getUint32(at, true) !== 0x02014b50) break;
    const nameBytes = view.getUint16(at + 28, true);
    names.push(decodeText(bytes.subarray(at + 46, at + 46 + nameBytes), 'utf-8'));
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names.length === 0 ? undefined : names;
}

/** What an archive is by the names in it: office documents and packages are ZIP archives with known entries. */
export function zipFormat(names: readonly string[]): string {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/^\[Content_Types\]\.xml$/)) {
    if (has(/^word\//)) return 'docx';
    if (has(/^xl\//)) return 'xlsx';
    if (has(/^ppt\//)) return 'pptx';
  }
  if (has(/^AndroidManifest\.xml$/)) return 'apk';
  if (has(/^META-INF\/MANIFEST\.MF$/)) return 'jar';
  if (has(/^mimetype$/)) return has(/^META-INF\/container\.xml$/) ? 'epub' : 'odf';
  return 'zip';
}
