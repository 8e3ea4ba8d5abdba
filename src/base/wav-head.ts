/** What the head of a WAVE or RF64 file says of its sound. */
export interface WavHead {
  readonly encoding: 's16' | 's24' | 's32' | 'f32';
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Where the samples begin, and how many bytes they take. */
  readonly dataOffset: number;
  readonly dataBytes: number;
  /** Bytes of one sample of all channels. */
  readonly frameBytes: number;
}

/** Enough bytes from the start of a file for {@link readWavHead}, where Assay wrote the file. */
export const wavHeadBytes = 256;

const subFormatAt = 24;
const encodings: Readonly<Record<string, WavHead['encoding']>> = {
  '1 16': 's16',
  '1 24': 's24',
  '1 32': 's32',
  '3 32': 'f32',
};

/**
 * Reads the head of a WAVE file (RIFF, or RF64 by EBU Tech 3306) of whole or floating-point samples. `bytes` needs to
 * reach the data chunk's head only; undefined where it does not, or the encoding is another one.
 */
export function readWavHead(bytes: Uint8Array): WavHead | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (!['RIFF', 'RF64'].includes(name(0)) || name(8) !== 'WAVE') return undefined;
  let largeDataBytes: number | undefined;
  let format: Omit<WavHead, 'dataOffset' | 'dataBytes'> | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    const id = name(at);
    if (id === 'data') {
      const dataBytes = size === 0xffffffff ? largeDataBytes : size;
      return format === undefined || dataBytes === undefined ? undefined : { ...format, dataOffset: body, dataBytes };
    }
    if (body + size > bytes.length) return undefined;
    if (id === 'ds64' && size >= 16) largeDataBytes = Number(view.getBigUint64(body + 8, true));
    if (id === 'fmt ' && size >= 16) format = readFormat(view, body, size);
    at = body + size + (size % 2);
  }
  return undefined;
}

function readFormat(view: DataView, at: number, size: number): Omit<WavHead, 'dataOffset' | 'dataBytes'> | undefined {
  const tag = view.getUint16(at, true);
  const code = tag === 0xfffe && size >= subFormatAt + 2 ? view.getUint16(at + subFormatAt, true) : tag;
  const channels = view.getUint16(at + 2, true);
  const sampleRateHz = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  const encoding = encodings[`${code} ${bits}`];
  if (encoding === undefined || channels === 0 || sampleRateHz === 0) return undefined;
  return { encoding, channels, sampleRateHz, frameBytes: (bits / 8) * channels };
}

/** Samples of one channel in [-1, 1] from interleaved little-endian bytes; a cut-off last sample is left out. */
export function wavChannel(bytes: Uint8Array, head: WavHead, channel: number): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { encoding, frameBytes, channels } = head;
  const samples = new Float32Array(Math.floor(bytes.length / frameBytes));
  const first = (frameBytes / channels) * channel;
  for (let i = 0; i < samples.length; i++) {
    const at = first + i * frameBytes;
    if (encoding === 's16') samples[i] = view.getInt16(at, true) / 32_768;
    else if (encoding === 's24') samples[i] = (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608;
    else if (encoding === 's32') samples[i] = view.getInt32(at, true) / 2_147_483_648;
    else samples[i] = view.getFloat32(at, true);
  }
  return samples;
}
