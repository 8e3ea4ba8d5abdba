import { bytesPerSample, type PcmEncoding } from './pcm-encoding.ts';

const formatPcm = 1;
const formatFloat = 3;
const formatExtensible = 0xfffe;
/** SubFormat GUIDs differ from each other only in their first two bytes (Microsoft, WAVEFORMATEXTENSIBLE). */
const subFormatTail = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];
/** Speaker positions of the layouts that ffmpeg names; others are left unassigned. */
const channelMasks: Readonly<Record<string, number>> = {
  mono: 0x4,
  stereo: 0x3,
  '2.1': 0xb,
  '3.0': 0x7,
  quad: 0x33,
  '5.0': 0x607,
  '5.0(side)': 0x607,
  '5.1': 0x3f,
  '5.1(side)': 0x60f,
  '6.1': 0x70f,
  '7.1': 0x63f,
};
const largestRiff = 0xffffffff;

export interface WavFormat {
  readonly encoding: PcmEncoding;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly channelLayout?: string;
}

/**
 * Header of a WAVE file with `dataBytes` bytes of sound after it. Its length depends on the format alone, so that it can
 * be rewritten when the amount is known: a JUNK chunk holds the place of `ds64`, which takes it when the file does not
 * fit 32-bit sizes; then the file is RF64 (EBU Tech 3306). Data of an odd length needs a zero byte after it.
 */
export function wavHeader(format: WavFormat, dataBytes: number): Uint8Array {
  const width = bytesPerSample[format.encoding];
  const extensible = format.channels > 2 || width > 2;
  const formatBytes = extensible ? 40 : 16;
  const header = new Uint8Array(12 + (8 + 28) + (8 + formatBytes) + 8);
  const view = new DataView(header.buffer);
  let at = 0;
  const name = (text: string): void => {
    for (const letter of text) header[at++] = letter.charCodeAt(0);
  };
  const u16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const u32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const u64 = (value: number): void => {
    view.setBigUint64(at, BigInt(value), true);
    at += 8;
  };
  const { channels, sampleRateHz } = format;
  const frames = Math.floor(dataBytes / (width * channels));
  const paddedData = dataBytes + (dataBytes % 2);
  const riffBytes = header.length - 8 + paddedData;
  const large = riffBytes > largestRiff;

  name(large ? 'RF64' : 'RIFF');
  u32(large ? largestRiff : riffBytes);
  name('WAVE');
  name(large ? 'ds64' : 'JUNK');
  u32(28);
  u64(large ? riffBytes : 0);
  u64(large ? dataBytes : 0);
  u64(large ? frames : 0);
  u32(0);

  const code = format.encoding === 'f32' ? formatFloat : formatPcm;
  name('fmt ');
  u32(formatBytes);
  u16(extensible ? formatExtensible : code);
  u16(channels);
  u32(sampleRateHz);
  u32(sampleRateHz * channels * width);
  u16(channels * width);
  u16(width * 8);
  if (extensible) {
    u16(22);
    u16(width * 8);
    u32(channelMasks[format.channelLayout ?? ''] ?? 0);
    u16(code);
    for (const byte of subFormatTail) header[at++] = byte;
  }
  name('data');
  u32(large ? largestRiff : dataBytes);
  return header;
}
