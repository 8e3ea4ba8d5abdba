import type { MetadataTime } from './metadata-time.ts';

/** One value that an exhibit states about itself, with where it stands. A row of the table. */
export interface MetadataEntry {
  /**
   * Where it was read: `exif/ifd0`, `exif/gps`, `exif/maker-note/nikon`, `xmp`, `iptc`, `icc`, `photoshop`, `jfif`, the path of
   * a container node (`moov/mvhd`), `ffprobe/format`, `ffprobe/stream[0]`. A second block of a kind is `exif[1]/…`.
   */
  readonly origin: string;
  readonly tag: string;
  /** The tag's own number or code where it has one beside its name: `0x010F`, `2:55`, `©xyz`. */
  readonly id?: string;
  /** As stored, in plain characters: rationals as `1/125`, bytes as hexadecimal. Long values are cut with a `…`. */
  readonly raw: string;
  /** The same for reading; equal to `raw` where nothing is to be said. Terms are those of the format's standard. */
  readonly readable: string;
  /** Of the entry: the IFD entry, the data set, the element. Absent where the bytes were compressed or only ffprobe saw it. */
  readonly offsetBytes?: number;
  readonly lengthBytes?: number;
  /** Of the value, where it stands apart from its entry. */
  readonly valueOffsetBytes?: number;
  readonly time?: MetadataTime;
}

/** Longest value in the table; the file still holds the rest at the offset given. */
export const longestValue = 2048;

/** Cuts a text to what the table holds. */
export function cutText(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

/** The first bytes as hexadecimal digits, with how many there are in all where they are more. */
export function hexText(bytes: Uint8Array, total = bytes.length, shown = 48): string {
  const digits = Buffer.from(bytes.subarray(0, shown)).toString('hex');
  return total > shown ? `${digits}… (${String(total)} bytes)` : digits;
}

/** True for an entry of any block of a kind: `isOf(entry, 'exif/gps')` also takes `exif[2]/gps`. */
export function isOf(entry: MetadataEntry, origin: string): boolean {
  const plain = entry.origin.replace(/^([a-z]+)\[\d+\]/, '$1');
  return plain === origin || plain.startsWith(`${origin}/`);
}
