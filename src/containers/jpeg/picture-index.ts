import type { SegmentDecoder } from './segment-spec.ts';

const tags = { version: 0xb000, count: 0xb001, entries: 0xb002 } as const;
const maxPictures = 64;

/**
 * CIPA DC-007 Multi-Picture Format: a small TIFF directory that lists the pictures of the file. Offsets count from its byte
 * order mark; the first picture has offset 0 and is this one.
 */
export const readPictureIndex: SegmentDecoder = (reader, segment) => {
  const base = reader.offsetBytes;
  const bytes = reader.bytes.subarray(reader.position);
  const mark = reader.text('byteOrder', 2, 'latin1');
  if (mark !== 'II' && mark !== 'MM') {
    segment.error('value-not-allowed', base, { field: 'byteOrder', value: mark });
    return;
  }
  const directory = new Directory(bytes, mark === 'II');
  const entryCount = directory.u16(directory.u32(4) ?? -1) ?? 0;
  for (let index = 0; index < Math.min(entryCount, 32); index++) {
    const at = (directory.u32(4) ?? 0) + 2 + index * 12;
    const [tag, size, value] = [directory.u16(at), directory.u32(at + 4), directory.u32(at + 8)];
    if (tag === tags.count) reader.derive('pictures', value ?? null, { offsetBytes: base + at + 8, lengthBytes: 4 });
    if (tag !== tags.entries || size === undefined || value === undefined) continue;
    const pictures = Math.min(Math.floor(size / 16), maxPictures);
    for (let picture = 0; picture < pictures; picture++) {
      const entry = value + picture * 16;
      const [attributes, sizeBytes, offset] = [
        directory.u32(entry),
        directory.u32(entry + 4),
        directory.u32(entry + 8),
      ];
      if (attributes === undefined || sizeBytes === undefined || offset === undefined) break;
      const offsetBytes = offset === 0 ? 0 : base + offset;
      const place = { offsetBytes: base + entry, lengthBytes: 16 };
      reader.derive(`picture[${picture}].type`, attributes & 0xff_ffff, place);
      reader.derive(`picture[${picture}].sizeBytes`, sizeBytes, place);
      reader.derive(`picture[${picture}].offsetBytes`, offsetBytes, place);
      if (offset !== 0) segment.pictures.push({ offsetBytes, sizeBytes });
    }
  }
};

/** Reads of a TIFF directory that answer undefined beyond its end. */
class Directory {
  readonly #view: DataView;
  readonly #littleEndian: boolean;

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = littleEndian;
  }

  u16(at: number): number | undefined {
    return at >= 0 && at + 2 <= this.#view.byteLength ? this.#view.getUint16(at, this.#littleEndian) : undefined;
  }

  u32(at: number): number | undefined {
    return at >= 0 && at + 4 <= this.#view.byteLength ? this.#view.getUint32(at, this.#littleEndian) : undefined;
  }
}
