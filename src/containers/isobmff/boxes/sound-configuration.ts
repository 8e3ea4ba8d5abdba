import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';

/** Encapsulation of Opus in ISO BMFF §4.3.2. */
const opus: BoxDecoder = (reader) => {
  reader.u8('version');
  reader.u8('outputChannelCount');
  reader.u16('preSkip');
  reader.u32('inputSampleRateHz');
  reader.fixed('outputGain', 16, 8, true);
  reader.u8('channelMappingFamily');
};

/** Encapsulation of FLAC in ISO BMFF §3.3.2: metadata blocks follow; the first is STREAMINFO (RFC 9639 §8.2). */
const flac: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.skip(4);
  reader.u16('minBlockSize');
  reader.u16('maxBlockSize');
  reader.u24('minFrameBytes');
  reader.u24('maxFrameBytes');
  const packed = reader.u32();
  reader.derive('sampleRateHz', packed >>> 12);
  reader.derive('channels', ((packed >>> 9) & 7) + 1);
  reader.derive('bitsPerSample', ((packed >>> 4) & 31) + 1);
  reader.derive('totalSamples', (packed & 15) * 2 ** 32 + reader.u32());
  reader.hex('md5OfSamples', 16);
};

/** Apple Lossless magic cookie. Inside the `alac` sample entry a box of the same name holds it. */
const alac: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u32('frameLength');
  reader.skip(1);
  reader.u8('bitDepth');
  reader.skip(3);
  reader.u8('channels');
  reader.skip(2);
  reader.u32('maxFrameBytes');
  reader.u32('averageBitrate');
  reader.u32('sampleRateHz');
};

/** ETSI TS 102 366 Annex F.4. */
const ac3: BoxDecoder = (reader) => {
  const packed = reader.u24();
  reader.derive('sampleRateCode', packed >> 22);
  reader.derive('bitStreamId', (packed >> 17) & 31);
  reader.derive('audioCodingMode', (packed >> 11) & 7);
  reader.derive('lowFrequencyEffects', ((packed >> 10) & 1) === 1);
};

/** QTFF "Audio channel layout atom". */
const channelLayout: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u32('channelLayoutTag');
  reader.u32('channelBitmap');
  reader.u32('channelDescriptions');
};

export const soundConfigurationBoxes: Readonly<Record<string, BoxSpec>> = {
  dOps: { decode: opus },
  dfLa: { decode: flac },
  alac: { decode: alac },
  dac3: { decode: ac3 },
  dec3: {},
  chan: { decode: channelLayout },
  chnl: {},
  wave: { children: true },
  frma: { decode: (reader) => void reader.text('dataFormat', 4, 'latin1') },
  enda: { decode: (reader) => void reader.u16('littleEndian') },
  srat: {},
};
