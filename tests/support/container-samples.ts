import { crc32 } from 'node:zlib';

/** Small files of every container format, built byte by byte, so that tests know every offset. */

export type Part = string | number[] | Uint8Array;

/** Joins parts; a string is Latin-1. */
export function joinBytes(...parts: readonly Part[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
  );
}

export function u16(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

export function u32(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

export function u64(value: bigint): number[] {
  return [...u32(Number((value >> 32n) & 0xffff_ffffn)), ...u32(Number(value & 0xffff_ffffn))];
}

export function le16(value: number): number[] {
  return u16(value).reverse();
}

export function le32(value: number): number[] {
  return u32(value).reverse();
}

export function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

/** An ISO base media box with a 32-bit size. */
export function box(type: string, ...parts: readonly Part[]): Uint8Array {
  const payload = joinBytes(...parts);
  return joinBytes(u32(payload.length + 8), type, payload);
}

export function fullBox(type: string, version: number, flags: number, ...parts: readonly Part[]): Uint8Array {
  return box(type, [version, ...u32(flags).slice(1)], ...parts);
}

export const unityMatrix = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000].flatMap(u32);
/** A quarter turn clockwise, as phones write it for portrait. */
export const quarterTurnMatrix = [0, 0x1_0000, 0, 0xffff_0000, 0, 0, 0, 0, 0x4000_0000].flatMap(u32);

export interface SampleTrack {
  readonly id: number;
  readonly handler: 'vide' | 'soun';
  readonly timescale: number;
  readonly matrix?: number[];
  readonly edits?: readonly (readonly [duration: number, mediaTime: number])[];
  readonly chunkOffset?: number;
}

export function movieHeader(timescale = 1000, duration = 2000): Uint8Array {
  const times = [...u32(3_646_801_557), ...u32(3_646_801_558)];
  return fullBox(
    ...(['mvhd', 0, 0, times, u32(timescale), u32(duration)] as const),
    ...[u32(0x1_0000), u16(0x100), zeros(10), unityMatrix, zeros(24), u32(3)],
  );
}

export function visualEntry(...children: readonly Part[]): Uint8Array {
  const name = 'made by hand';
  return box(
    'avc1',
    ...[zeros(6), u16(1), zeros(16), u16(320), u16(240), u32(72 << 16), u32(72 << 16), zeros(4), u16(1)],
    ...[[name.length], name, zeros(31 - name.length), u16(24), u16(0xffff)],
    ...children,
  );
}

export function audioEntry(...children: readonly Part[]): Uint8Array {
  return box('mp4a', zeros(6), u16(1), zeros(8), u16(2), u16(16), zeros(4), u32(44_100 * 65_536), ...children);
}

/** MPEG-4 elementary stream descriptor for AAC LC, 44.1 kHz, stereo. */
export const aacDescriptor = fullBox(
  ...(['esds', 0, 0] as const),
  ...[[3, 25, 0, 2, 0, 4, 17, 0x40, 0x15, 0, 0, 0], u32(128_000), u32(96_000), [5, 2, 0x12, 0x10, 6, 1, 2]],
);

export function track(options: SampleTrack): Uint8Array {
  const { id, handler, timescale, matrix = unityMatrix, edits, chunkOffset = 40 } = options;
  const avc = box('avcC', [1, 100, 0, 31, 0xff, 0xe1, ...u16(4), 0x67, 1, 2, 3, 1, ...u16(2), 0x68, 9]);
  const entry = handler === 'vide' ? visualEntry(avc) : audioEntry(aacDescriptor);
  const list = edits?.flatMap(([duration, mediaTime]) => [...u32(duration), ...u32(mediaTime), ...u32(0x1_0000)]);
  return box(
    'trak',
    fullBox(
      ...(['tkhd', 0, 3, u32(0), u32(0), u32(id), zeros(4), u32(2000), zeros(8), zeros(8)] as const),
      ...[matrix, u32(320 << 16), u32(240 << 16)],
    ),
    ...(list === undefined ? [] : [box('edts', fullBox('elst', 0, 0, u32(list.length / 12), list))]),
    box(
      'mdia',
      fullBox('mdhd', 0, 0, u32(0), u32(0), u32(timescale), u32(timescale * 2), u16(0x15c7), u16(0)),
      fullBox('hdlr', 0, 0, zeros(4), handler, zeros(12), 'HandlerName\0'),
      box(
        'minf',
        handler === 'vide' ? fullBox('vmhd', 0, 1, zeros(8)) : fullBox('smhd', 0, 0, zeros(4)),
        box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
        box(
          'stbl',
          fullBox('stsd', 0, 0, u32(1), entry),
          fullBox('stts', 0, 0, u32(1), u32(2), u32(timescale)),
          fullBox('ctts', 0, 0, u32(1), u32(2), u32(512)),
          fullBox('stss', 0, 0, u32(1), u32(1)),
          fullBox('stsc', 0, 0, u32(1), u32(1), u32(2), u32(1)),
          fullBox('stsz', 0, 0, u32(0), u32(2), u32(10), u32(6)),
          fullBox('stco', 0, 0, u32(1), u32(chunkOffset)),
        ),
      ),
    ),
  );
}

export const encoderTag = box(
  'udta',
  fullBox(
    ...(['meta', 0, 0] as const),
    fullBox('hdlr', 0, 0, zeros(4), 'mdir', 'appl', zeros(9)),
    box('ilst', box('©too', box('data', u32(1), u32(0), 'Lavf59.27.100'))),
  ),
);

/** ftyp, mdat of 16 bytes, moov with two tracks and an encoder's tag, free space with a note. */
export function sampleMp4(): Uint8Array {
  return joinBytes(
    box('ftyp', 'isom', u32(512), 'isomiso2avc1mp41'),
    box('mdat', zeros(16)),
    box(
      'moov',
      movieHeader(),
      track({ id: 1, handler: 'vide', timescale: 12_800, edits: [[2000, 1024]] }),
      track({ id: 2, handler: 'soun', timescale: 44_100 }),
      encoderTag,
    ),
    box('free', 'signed here', zeros(5)),
  );
}

export function sampleFragmentedMp4(): Uint8Array {
  const run = fullBox('trun', 0, 0x301, u32(2), u32(100), u32(512), u32(7), u32(512), u32(9));
  const fragment = box(
    'moof',
    fullBox('mfhd', 0, 0, u32(1)),
    box('traf', fullBox('tfhd', 0, 0x02_0000, u32(1)), fullBox('tfdt', 1, 0, u64(90_000n)), run),
  );
  return joinBytes(
    box('ftyp', 'iso5', u32(512), 'iso6mp41'),
    box('moov', movieHeader(), box('mvex', fullBox('trex', 0, 0, u32(1), u32(1), zeros(12)))),
    fullBox('sidx', 0, 0, u32(1), u32(90_000), u32(0), u32(0), u16(0), u16(1), u32(500), u32(90_000), u32(0x9000_0000)),
    fragment,
    box('mdat', zeros(16)),
    box('mfra', fullBox('mfro', 0, 0, u32(24))),
  );
}

export function sampleHeic(): Uint8Array {
  const info = (id: number, type: string): Uint8Array => fullBox('infe', 2, 0, u16(id), u16(0), type, '\0');
  return joinBytes(
    box('ftyp', 'heic', u32(0), 'mif1heic'),
    fullBox(
      ...(['meta', 0, 0] as const),
      fullBox('hdlr', 0, 0, zeros(4), 'pict', zeros(13)),
      fullBox('pitm', 0, 0, u16(1)),
      fullBox('iinf', 0, 0, u16(2), info(1, 'hvc1'), info(2, 'Exif')),
      fullBox('iloc', 0, 0, [0x44, 0x00], u16(1), u16(1), u16(0), u16(1), u32(300), u32(20)),
      fullBox('iref', 0, 0, box('cdsc', u16(2), u16(1), u16(1))),
      box(
        'iprp',
        box('ipco', fullBox('ispe', 0, 0, u32(640), u32(480)), box('irot', [3])),
        fullBox('ipma', 0, 0, u32(1), u16(1), [2, 1, 0x82]),
      ),
    ),
    box('mdat', zeros(8)),
  );
}

/** A Matroska element with an 8-byte size unless its size is to be unknown. */
export function element(id: number, ...parts: readonly Part[]): Uint8Array {
  const content = joinBytes(...parts);
  return joinBytes(elementId(id), [1, ...u64(BigInt(content.length)).slice(1)], content);
}

export function elementOfUnknownSize(id: number, ...parts: readonly Part[]): Uint8Array {
  return joinBytes(elementId(id), [0xff], ...parts);
}

export function elementId(id: number): number[] {
  return u32(id).slice(id > 0xff_ffff ? 0 : id > 0xffff ? 1 : id > 0xff ? 2 : 3);
}

/** Puts the checksum element that RFC 8794 describes in front of these contents. */
export function withChecksum(...parts: readonly Part[]): Uint8Array {
  const content = joinBytes(...parts);
  return joinBytes(joinBytes([0xbf, 0x84], le32(crc32(content))), content);
}

const ebmlHead = element(
  0x1a45dfa3,
  ...[element(0x4286, [1]), element(0x42f7, [1]), element(0x42f2, [4]), element(0x42f3, [8])],
  ...[element(0x4282, 'webm'), element(0x4287, [4]), element(0x4285, [2])],
);
const info = element(
  0x1549a966,
  withChecksum(
    element(0x2ad7b1, u32(1_000_000)),
    element(0x4489, [0x40, 0x9f, 0x40, 0, 0, 0, 0, 0]),
    element(0x4461, u64(600_000_000_000_000_000n)),
    element(0x4d80, 'Lavf59.27.100'),
    element(0x5741, 'a writer'),
  ),
);
const tracks = element(
  0x1654ae6b,
  element(
    0xae,
    element(0xd7, [1]),
    element(0x83, [1]),
    element(0x86, 'V_VP9'),
    element(0xe0, element(0xb0, u16(320)), element(0xba, u16(240))),
  ),
);
const simpleBlock = (time: number, flags: number): Uint8Array => element(0xa3, [0x81, ...u16(time), flags, 1, 2, 3, 4]);
const clusterContent = [
  element(0xe7, [0]),
  simpleBlock(0, 0x80),
  simpleBlock(40, 0),
  element(0xa0, element(0xa1, [0x81, ...u16(80), 0, 9]), element(0x9b, [40])),
];

export function sampleMatroska(): Uint8Array {
  const seek = (position: number): Uint8Array =>
    element(0x114d9b74, element(0x4dbb, element(0x53ab, elementId(0x1549a966)), element(0x53ac, u32(position))));
  const headBytes = seek(0).length;
  const body = joinBytes(
    ...[seek(headBytes), info, tracks, element(0xec, zeros(12)), element(0x1f43b675, ...clusterContent)],
    element(0x1254c367, element(0x7373, element(0x67c8, element(0x45a3, 'ENCODER'), element(0x4487, 'hand')))),
  );
  return joinBytes(ebmlHead, element(0x18538067, body));
}

/** As a browser's recorder writes: segment and clusters of unknown size. */
export function sampleLiveWebm(): Uint8Array {
  return joinBytes(
    ebmlHead,
    elementOfUnknownSize(
      0x18538067,
      info,
      tracks,
      elementOfUnknownSize(0x1f43b675, ...clusterContent),
      elementOfUnknownSize(0x1f43b675, ...clusterContent),
    ),
  );
}

/** A RIFF chunk, padded to an even length. */
export function chunk(type: string, ...parts: readonly Part[]): Uint8Array {
  const payload = joinBytes(...parts);
  return joinBytes(type, le32(payload.length), payload, zeros(payload.length % 2));
}

export function list(kind: 'LIST' | 'RIFF', form: string, ...parts: readonly Part[]): Uint8Array {
  return chunk(kind, form, ...parts);
}

const waveFormat = chunk('fmt ', le16(1), le16(2), le32(44_100), le32(176_400), le16(4), le16(16));

export function sampleWav(): Uint8Array {
  const broadcast = chunk(
    'bext',
    ...['a description'.padEnd(256, '\0'), 'recorder'.padEnd(32, '\0'), zeros(32), '2024-05-0612:13:14'],
    ...[le32(44_100 * 60), le32(0), le16(1), zeros(64), zeros(190), 'A=PCM,F=44100\r\n'],
  );
  return list(
    'RIFF',
    'WAVE',
    waveFormat,
    broadcast,
    list('LIST', 'INFO', chunk('ISFT', 'Lavf59.27.100\0')),
    chunk('data', zeros(8)),
  );
}

export function sampleAvi(options: { readonly index?: boolean; readonly frames?: number } = {}): Uint8Array {
  const { index = true, frames = 2 } = options;
  const main = [40_000, 0, 0, 0x10, frames, 0, 1, 0, 320, 240, 0, 0, 0, 0].flatMap(le32);
  const stream = chunk(
    'strh',
    ...['vids', 'MJPG', le32(0), le16(0), le16(0), le32(0), le32(1), le32(25), le32(0), le32(frames)],
    ...[le32(0), le32(0xffff_ffff), le32(0), zeros(8)],
  );
  const format = chunk('strf', le32(40), le32(320), le32(240), le16(1), le16(24), 'MJPG', le32(0), zeros(16));
  return list(
    'RIFF',
    'AVI ',
    list('LIST', 'hdrl', chunk('avih', main), list('LIST', 'strl', stream, format)),
    list('LIST', 'INFO', chunk('ISFT', 'Lavf59.27.100\0')),
    chunk('JUNK', 'a note', zeros(10)),
    list('LIST', 'movi', chunk('00dc', [1, 2, 3]), chunk('00dc', [4, 5, 6, 7])),
    ...(index ? [chunk('idx1', '00dc', le32(16), le32(4), le32(3), '00dc', le32(0), le32(16), le32(4))] : []),
  );
}

export function sampleWebp(): Uint8Array {
  const lossy = chunk('VP8 ', [0x10, 0, 0, 0x9d, 0x01, 0x2a, ...le16(320), ...le16(240), 0, 0]);
  const head = chunk('VP8X', [0x08, 0, 0, 0, ...le32(319).slice(0, 3), ...le32(239).slice(0, 3)]);
  return list('RIFF', 'WEBP', head, lossy, chunk('EXIF', 'II*\0', zeros(6)));
}

/** A JPEG segment: marker, length, contents. */
export function segment(marker: number, ...parts: readonly Part[]): Uint8Array {
  const payload = joinBytes(...parts);
  return joinBytes([0xff, marker], u16(payload.length + 2), payload);
}

/** The luminance table of Annex K at quality 50, in stored (zig-zag) order. */
export const quality50 = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
  60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121,
  112, 100, 120, 92, 101, 103, 99,
];

const jfif = segment(0xe0, 'JFIF\0', [1, 2, 0], u16(1), u16(1), [0, 0]);
const frame = (code: number): Uint8Array =>
  segment(code, [8], u16(48), u16(64), [3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
const huffman = segment(0xc4, [0x00, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], zeros(12));
const scan = segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
const entropyCoded = [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd1, 0x78];

export function sampleJpeg(options: { readonly progressive?: boolean; readonly end?: boolean } = {}): Uint8Array {
  return joinBytes(
    [0xff, 0xd8],
    ...[jfif, segment(0xfe, 'a comment'), segment(0xdb, [0], quality50), segment(0xdd, u16(4))],
    ...[frame(options.progressive ? 0xc2 : 0xc0), huffman, scan, entropyCoded],
    options.end === false ? [] : [0xff, 0xd9],
  );
}

/** Two pictures in one file, the second one named by a Multi-Picture index in the first. */
export function sampleMultiPicture(): Uint8Array {
  const second = sampleJpeg();
  const index = (offset: number): Uint8Array =>
    segment(
      0xe2,
      ...['MPF\0', 'MM\0*', u32(8), u16(2), u16(0xb001), u16(4), u32(1), u32(2)],
      ...[u16(0xb002), u16(7), u32(32), u32(38), u32(0)],
      ...[u32(0x2003_0000), u32(0), u32(0), u32(0), u32(0x2), u32(second.length), u32(offset), u32(0)],
    );
  const build = (offset: number): Uint8Array => joinBytes([0xff, 0xd8], index(offset), sampleJpeg().subarray(2));
  const first = build(0);
  // Offsets count from the byte order mark: after SOI, marker, length and `MPF\0`.
  return joinBytes(build(first.length - 10), second);
}

export function pngChunk(type: string, ...parts: readonly Part[]): Uint8Array {
  const content = joinBytes(type, ...parts);
  return joinBytes(u32(content.length - 4), content, u32(crc32(content)));
}

export function samplePng(): Uint8Array {
  return joinBytes(
    '\x89PNG\r\n\x1a\n',
    pngChunk('IHDR', u32(1), u32(1), [8, 2, 0, 0, 0]),
    pngChunk('tEXt', 'Software\0a painter'),
    pngChunk('IDAT', [0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0, 0, 0, 4, 0, 1]),
    pngChunk('eXIf', 'II*\0', zeros(4)),
    pngChunk('IEND'),
  );
}

export function sampleGif(): Uint8Array {
  return joinBytes(
    ...['GIF89a', le16(2), le16(1), [0x80, 0, 0], [0, 0, 0, 255, 255, 255]],
    ...[[0x21, 0xfe, 5], 'hello', [0]],
    ...[[0x2c], le16(0), le16(0), le16(2), le16(1), [0], [2, 2, 0x44, 0x01, 0]],
    [0x3b],
  );
}

/** All samples by name. */
export const allSamples: Readonly<Record<string, () => Uint8Array>> = {
  mp4: sampleMp4,
  'fragmented mp4': sampleFragmentedMp4,
  heic: sampleHeic,
  matroska: sampleMatroska,
  'live webm': sampleLiveWebm,
  wav: sampleWav,
  avi: sampleAvi,
  webp: sampleWebp,
  jpeg: sampleJpeg,
  'multi-picture jpeg': sampleMultiPicture,
  png: samplePng,
  gif: sampleGif,
};
