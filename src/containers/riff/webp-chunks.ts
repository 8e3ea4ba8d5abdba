import type { ChunkDecoder, ChunkSpec } from './chunk-spec.ts';

/** RFC 9649 §2.7.1 and RFC 6386 §9.1: the frame tag and the size of a lossy picture. */
const lossy: ChunkDecoder = (reader, chunk) => {
  const tag = reader.u24();
  reader.derive('keyframe', (tag & 1) === 0);
  reader.derive('profile', (tag >> 1) & 7);
  const offset = reader.offsetBytes;
  const startCode = reader.u24();
  // Bytes 9D 01 2A, read with the lowest first.
  if (startCode !== 0x2a019d) chunk.error('value-not-allowed', offset, { field: 'startCode', value: startCode });
  const [width, height] = [reader.u16(), reader.u16()];
  reader.derive('width', width & 0x3fff, { offsetBytes: offset + 3, lengthBytes: 2 });
  reader.derive('height', height & 0x3fff, { offsetBytes: offset + 5, lengthBytes: 2 });
};

/** RFC 9649 §3.4: one signature byte, then 14 bits each for width and height. */
const lossless: ChunkDecoder = (reader, chunk) => {
  const offset = reader.offsetBytes;
  const signature = reader.u8();
  if (signature !== 0x2f) chunk.error('value-not-allowed', offset, { field: 'signature', value: signature });
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: 4 };
  const packed = reader.u32();
  reader.derive('width', (packed & 0x3fff) + 1, place);
  reader.derive('height', ((packed >>> 14) & 0x3fff) + 1, place);
  reader.derive('hasAlpha', ((packed >>> 28) & 1) === 1, place);
};

/** RFC 9649 §2.7. */
const extended: ChunkDecoder = (reader) => {
  const flags = reader.u8('flags');
  reader.derive('hasIccProfile', (flags & 0x20) !== 0);
  reader.derive('hasAlpha', (flags & 0x10) !== 0);
  reader.derive('hasExif', (flags & 0x08) !== 0);
  reader.derive('hasXmp', (flags & 0x04) !== 0);
  reader.derive('isAnimation', (flags & 0x02) !== 0);
  reader.skip(3);
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: 3 };
  reader.derive('width', reader.u24() + 1, place);
  reader.derive('height', reader.u24() + 1, { ...place, offsetBytes: place.offsetBytes + 3 });
};

/** RFC 9649 §2.7.1.1. */
const animation: ChunkDecoder = (reader) => {
  reader.hex('backgroundColour', 4);
  reader.u16('loopCount');
};

const animationFrame: ChunkDecoder = (reader) => {
  reader.derive('x', reader.u24() * 2);
  reader.derive('y', reader.u24() * 2);
  reader.derive('width', reader.u24() + 1);
  reader.derive('height', reader.u24() + 1);
  reader.u24('durationMs');
  reader.u8('flags');
};

export const webpChunks: Readonly<Record<string, ChunkSpec>> = {
  'VP8 ': { decode: lossy, maxBytes: 16 },
  VP8L: { decode: lossless, maxBytes: 16 },
  VP8X: { decode: extended },
  ANIM: { decode: animation },
  ANMF: { decode: animationFrame, maxBytes: 16, childrenAfterBytes: 16 },
  ALPH: {},
  ICCP: {},
  EXIF: {},
  'XMP ': {},
  C2PA: {},
};
