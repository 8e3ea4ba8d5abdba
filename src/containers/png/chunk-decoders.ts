import type { FieldReader } from '../field-reader.ts';
import { decodeText } from '../field-reader.ts';

export interface PngChunkContext {
  readonly type: string;
  readonly payloadBytes: number;
  error(code: string, offsetBytes: number): void;
  /** Unfolds compressed text; undefined where it is damaged, or larger than may be unfolded. */
  inflate(bytes: Uint8Array): Uint8Array | undefined;
}

export type PngChunkDecoder = (reader: FieldReader, chunk: PngChunkContext) => void;

const colourTypes: Readonly<Record<number, string>> = {
  0: 'greyscale',
  2: 'truecolour',
  3: 'indexed',
  4: 'greyscale with alpha',
  6: 'truecolour with alpha',
};

const header: PngChunkDecoder = (reader) => {
  reader.u32('width');
  reader.u32('height');
  reader.u8('bitDepth');
  reader.derive('colour', colourTypes[reader.u8('colourType')] ?? null);
  reader.u8('compressionMethod');
  reader.u8('filterMethod');
  reader.u8('interlaceMethod');
};

const text: PngChunkDecoder = (reader) => {
  reader.cString('keyword', 'latin1');
  reader.text('value', reader.remaining, 'latin1');
};

const compressedText: PngChunkDecoder = (reader, chunk) => {
  reader.cString('keyword', 'latin1');
  reader.u8('compressionMethod');
  readDeflated(reader, chunk, 'latin1');
};

const internationalText: PngChunkDecoder = (reader, chunk) => {
  reader.cString('keyword', 'latin1');
  const compressed = reader.u8('compressed') === 1;
  reader.u8('compressionMethod');
  reader.cString('language', 'latin1');
  reader.cString('translatedKeyword');
  if (compressed) readDeflated(reader, chunk, 'utf-8');
  else reader.text('value', reader.remaining);
};

function readDeflated(reader: FieldReader, chunk: PngChunkContext, encoding: 'latin1' | 'utf-8'): void {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: reader.remaining };
  const inflated = chunk.inflate(reader.take(reader.remaining));
  if (inflated === undefined) chunk.error('compressed-text-unreadable', place.offsetBytes);
  else reader.derive('value', decodeText(inflated, encoding), place);
}

const time: PngChunkDecoder = (reader) => {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: 7 };
  const year = reader.u16();
  const [month, day, hour, minute, second] = Array.from({ length: 5 }, () => String(reader.u8()).padStart(2, '0'));
  const text = `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`;
  reader.derive('modificationTime', text, place);
};

const physical: PngChunkDecoder = (reader) => {
  reader.u32('pixelsPerUnitX');
  reader.u32('pixelsPerUnitY');
  reader.derive('unit', reader.u8() === 1 ? 'metre' : null);
};

const animation: PngChunkDecoder = (reader) => {
  reader.u32('frames');
  reader.u32('plays');
};

const frameControl: PngChunkDecoder = (reader) => {
  for (const name of ['sequenceNumber', 'width', 'height', 'x', 'y']) reader.u32(name);
  reader.u16('delayNumerator');
  reader.u16('delayDenominator');
};

/** W3C Portable Network Graphics (Third Edition) §11: chunks that are decoded, and those that are only named. */
export const pngChunks: Readonly<Record<string, PngChunkDecoder | null>> = {
  IHDR: header,
  PLTE: (reader, chunk) => {
    reader.derive('colours', Math.floor(chunk.payloadBytes / 3));
  },
  IDAT: null,
  IEND: null,
  tEXt: text,
  zTXt: compressedText,
  iTXt: internationalText,
  tIME: time,
  pHYs: physical,
  gAMA: (reader) => {
    reader.derive('gamma', reader.u32() / 100_000);
  },
  sRGB: (reader) => void reader.u8('renderingIntent'),
  iCCP: (reader) => void reader.cString('profileName', 'latin1'),
  eXIf: (reader) => void reader.text('byteOrder', 2, 'latin1'),
  acTL: animation,
  fcTL: frameControl,
  cICP: (reader) => {
    for (const name of ['colourPrimaries', 'transferFunction', 'matrixCoefficients', 'fullRange']) reader.u8(name);
  },
  ...Object.fromEntries(
    [
      'fdAT',
      'cHRM',
      'tRNS',
      'bKGD',
      'hIST',
      'sBIT',
      'sPLT',
      'mDCV',
      'cLLI',
      'oFFs',
      'pCAL',
      'sCAL',
      'sTER',
      'caBX',
      'dSIG',
    ].map((type) => [type, null]),
  ),
};
