import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readDuration, readTime } from '../times-since-1904.ts';

/** ISO/IEC 14496-12 §8.2.2. */
const movieHeader: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  readTime(reader, 'creationTime', version);
  readTime(reader, 'modificationTime', version);
  reader.u32('timescale');
  readDuration(reader, 'duration', version);
  reader.fixed('rate', 32, 16, true);
  reader.fixed('volume', 16, 8, true);
  reader.skip(10);
  readMatrix(reader);
  reader.skip(24);
  reader.u32('nextTrackId');
};

/** ISO/IEC 14496-12 §8.3.2. */
const trackHeader: BoxDecoder = (reader) => {
  const { version, flags } = readVersionAndFlags(reader);
  reader.derive('enabled', (flags & 1) !== 0);
  readTime(reader, 'creationTime', version);
  readTime(reader, 'modificationTime', version);
  reader.u32('trackId');
  reader.skip(4);
  readDuration(reader, 'duration', version);
  reader.skip(8);
  reader.i16('layer');
  reader.i16('alternateGroup');
  reader.fixed('volume', 16, 8, true);
  reader.skip(2);
  readMatrix(reader);
  reader.fixed('width', 32, 16);
  reader.fixed('height', 32, 16);
};

/** ISO/IEC 14496-12 §8.4.2. */
const mediaHeader: BoxDecoder = (reader, box) => {
  const { version } = readVersionAndFlags(reader);
  readTime(reader, 'creationTime', version);
  readTime(reader, 'modificationTime', version);
  const timescaleOffset = reader.offsetBytes;
  if (reader.u32('timescale') === 0) box.error('timescale-zero', timescaleOffset);
  readDuration(reader, 'duration', version);
  readLanguage(reader, 'language');
};

/** Three letters of ISO 639-2/T in 15 bits (§8.4.2.3), or below 0x400 a Macintosh language code (QTFF). */
export function readLanguage(reader: FieldReader, name: string): void {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: 2 };
  const packed = reader.u16();
  const letters = [10, 5, 0].map((shift) => String.fromCharCode(((packed >> shift) & 31) + 0x60)).join('');
  reader.derive(name, packed < 0x400 || packed === 0x7fff ? `macintosh-${packed}` : letters, place);
}

/**
 * The 3×3 display matrix (§6.2.2) as nine numbers `matrix[0]`…`matrix[8]`, and what it comes to where it is a plain turn:
 * `rotationDeg` clockwise (0, 90, 180, 270; null for anything else), `mirrored`.
 */
function readMatrix(reader: FieldReader): void {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: 36 };
  const matrix = Array.from({ length: 9 }, (_, index) =>
    reader.fixed(`matrix[${index}]`, 32, index % 3 === 2 ? 30 : 16, true),
  );
  const [a = 0, b = 0, , c = 0, d = 0] = matrix;
  reader.derive('rotationDeg', rotationOf(a, b, c, d), place);
  reader.derive('mirrored', a * d - b * c < 0, place);
}

/** A point (x, y) goes to (ax + cy, bx + dy) with y pointing down, so a turn clockwise by φ has a = cos φ, b = sin φ. */
function rotationOf(a: number, b: number, c: number, d: number): number | null {
  const isTurn = (a === 0 && d === 0 && b !== 0 && c !== 0) || (b === 0 && c === 0 && a !== 0 && d !== 0);
  if (!isTurn) return null;
  return (Math.round((Math.atan2(b, a) * 180) / Math.PI) + 360) % 360;
}

export const movieHeaderBoxes: Readonly<Record<string, BoxSpec>> = {
  mvhd: { decode: movieHeader },
  tkhd: { decode: trackHeader },
  mdhd: { decode: mediaHeader },
};
