export interface MpegAudioFrame {
  readonly format: 'mp3' | 'mp2' | 'aac';
  readonly lengthBytes: number;
  readonly sampleRateHz: number;
}

/** Bit rates in kbit/s by ISO/IEC 11172-3 and 13818-3, in the order of their index. */
const bitRates = {
  v1l1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1l2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2l1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2l23: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const baseRatesHz = [44_100, 48_000, 32_000];
const aacRatesHz = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** The frame of MPEG audio or of ADTS (ISO/IEC 13818-7 §6.2) that begins here; undefined where none does. */
export function mpegAudioFrame(bytes: Uint8Array, at: number): MpegAudioFrame | undefined {
  const [sync, head = 0, rates = 0, channels = 0, high = 0, low = 0] = bytes.subarray(at, at + 6);
  if (sync !== 0xff || (head & 0xe0) !== 0xe0) return undefined;
  const layer = 4 - ((head >> 1) & 3);
  if (layer === 4) return (head & 0xf6) === 0xf0 ? adtsFrame(rates, channels, high, low) : undefined;

  // Version bits: 3 is MPEG-1, 2 MPEG-2, 0 MPEG-2.5, 1 reserved.
  const version = (head >> 3) & 3;
  const rateIndex = (rates >> 2) & 3;
  const bitRateIndex = rates >> 4;
  if (version === 1 || rateIndex === 3 || bitRateIndex === 0 || bitRateIndex === 15) return undefined;
  const isVersion1 = version === 3;
  const sampleRateHz = (baseRatesHz[rateIndex] ?? 0) / (isVersion1 ? 1 : version === 2 ? 2 : 4);
  const bitsPerSecond = (bitRateTable(isVersion1, layer)[bitRateIndex] ?? 0) * 1000;
  const padding = (rates >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && !isVersion1 ? 576 : 1152;
  const slot = layer === 1 ? 4 : 1;
  const lengthBytes = (Math.floor((samples * bitsPerSecond) / (8 * slot) / sampleRateHz) + padding) * slot;
  return { format: layer === 3 ? 'mp3' : 'mp2', lengthBytes, sampleRateHz };
}

function bitRateTable(isVersion1: boolean, layer: number): readonly number[] {
  if (isVersion1) return layer === 1 ? bitRates.v1l1 : layer === 2 ? bitRates.v1l2 : bitRates.v1l3;
  return layer === 1 ? bitRates.v2l1 : bitRates.v2l23;
}

function adtsFrame(rates: number, channels: number, high: number, low: number): MpegAudioFrame | undefined {
  const sampleRateHz = aacRatesHz[(rates >> 2) & 15];
  const lengthBytes = ((channels & 3) << 11) | (high << 3) | (low >> 5);
  return sampleRateHz === undefined || lengthBytes < 7 ? undefined : { format: 'aac', lengthBytes, sampleRateHz };
}
