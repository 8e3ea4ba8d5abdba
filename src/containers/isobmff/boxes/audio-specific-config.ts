const sampleRatesHz = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

const objectTypes: Readonly<Record<number, string>> = {
  1: 'AAC Main',
  2: 'AAC LC',
  3: 'AAC SSR',
  4: 'AAC LTP',
  5: 'SBR',
  29: 'PS',
  39: 'ER AAC ELD',
  42: 'USAC',
};

/**
 * ISO/IEC 14496-3 §1.6.2.1 AudioSpecificConfig, its first fields: object type, sample rate, channel configuration, and the
 * extension rate where spectral band replication is signalled explicitly. Empty where the bytes end too early.
 */
export function readAudioSpecificConfig(bytes: Uint8Array): Record<string, string | number | null> {
  const bits = new BitReader(bytes);
  const objectType = readObjectType(bits);
  const sampleRateHz = readSampleRate(bits);
  const channelConfiguration = bits.read(4);
  const extended = objectType === 5 || objectType === 29;
  const extensionSampleRateHz = extended ? readSampleRate(bits) : undefined;
  const coreObjectType = extended ? readObjectType(bits) : undefined;
  if (bits.overrun) return {};
  return {
    audioObjectType: objectType,
    profile: objectTypes[objectType] ?? null,
    audioSampleRateHz: sampleRateHz,
    channelConfiguration,
    ...(extensionSampleRateHz === undefined ? {} : { extensionSampleRateHz }),
    ...(coreObjectType === undefined ? {} : { coreObjectType }),
  };
}

function readObjectType(bits: BitReader): number {
  const type = bits.read(5);
  return type === 31 ? 32 + bits.read(6) : type;
}

function readSampleRate(bits: BitReader): number | null {
  const index = bits.read(4);
  return index === 15 ? bits.read(24) : (sampleRatesHz[index] ?? null);
}

class BitReader {
  overrun = false;
  readonly #bytes: Uint8Array;
  #bit = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#bit++) {
      const byte = this.#bytes[this.#bit >> 3];
      if (byte === undefined) this.overrun = true;
      value = value * 2 + (((byte ?? 0) >> (7 - (this.#bit & 7))) & 1);
    }
    return value;
  }
}
