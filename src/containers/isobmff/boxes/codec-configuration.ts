import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';

/** Rec. ITU-T H.264 Annex A, profile_idc. */
const avcProfiles: Readonly<Record<number, string>> = {
  44: 'CAVLC 4:4:4 Intra',
  66: 'Baseline',
  77: 'Main',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4 Predictive',
};

/** Rec. ITU-T H.265 Annex A, general_profile_idc. */
const hevcProfiles: Readonly<Record<number, string>> = {
  1: 'Main',
  2: 'Main 10',
  3: 'Main Still Picture',
  4: 'Range Extensions',
};

/** ISO/IEC 14496-15 §5.3.3.1. */
const avcConfiguration: BoxDecoder = (reader) => {
  reader.u8('configurationVersion');
  const profile = reader.u8('profileIndication');
  reader.derive('profile', avcProfiles[profile] ?? null);
  reader.u8('profileCompatibility');
  reader.derive('level', reader.u8('levelIndication') / 10);
  reader.derive('lengthSizeBytes', (reader.u8() & 3) + 1);
  readParameterSets(reader, 'sequenceParameterSet', reader.u8() & 31);
  readParameterSets(reader, 'pictureParameterSet', reader.u8());
};

function readParameterSets(reader: FieldReader, name: string, count: number): void {
  reader.derive(`${name}Count`, count);
  for (let index = 0; index < count; index++) reader.hex(`${name}[${index}]`, reader.u16());
}

/** ISO/IEC 14496-15 §8.3.3.1. */
const hevcConfiguration: BoxDecoder = (reader) => {
  reader.u8('configurationVersion');
  const packed = reader.u8();
  reader.derive('profileIndication', packed & 31);
  reader.derive('profile', hevcProfiles[packed & 31] ?? null);
  reader.derive('tier', (packed & 32) === 0 ? 'Main' : 'High');
  reader.skip(10);
  reader.derive('level', reader.u8('levelIndication') / 30);
  reader.skip(3);
  reader.derive('chromaFormat', reader.u8() & 3);
  reader.derive('bitDepthLuma', (reader.u8() & 7) + 8);
  reader.derive('bitDepthChroma', (reader.u8() & 7) + 8);
  reader.skip(2);
  reader.skip(1);
  reader.u8('arrayCount');
};

/** AV1 Codec ISO Media File Format Binding §2.3.3. */
const av1Configuration: BoxDecoder = (reader) => {
  reader.derive('configurationVersion', reader.u8() & 127);
  const levels = reader.u8();
  reader.derive('profileIndication', levels >> 5);
  reader.derive('levelIndication', levels & 31);
  const flags = reader.u8();
  reader.derive('tier', flags >> 7);
  reader.derive('bitDepth', (flags & 0x40) === 0 ? 8 : (flags & 0x20) === 0 ? 10 : 12);
  reader.derive('monochrome', (flags & 0x10) !== 0);
  reader.derive('subsamplingX', (flags >> 3) & 1);
  reader.derive('subsamplingY', (flags >> 2) & 1);
};

/** VP Codec ISO Media File Format Binding v1.0. */
const vpConfiguration: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u8('profileIndication');
  reader.u8('levelIndication');
  const packed = reader.u8();
  reader.derive('bitDepth', packed >> 4);
  reader.derive('chromaSubsampling', (packed >> 1) & 7);
  reader.derive('fullRange', (packed & 1) === 1);
  reader.u8('colourPrimaries');
  reader.u8('transferCharacteristics');
  reader.u8('matrixCoefficients');
};

/** Dolby Vision streams within ISO BMFF v2.1.2. */
const dolbyVision: BoxDecoder = (reader) => {
  reader.u8('versionMajor');
  reader.u8('versionMinor');
  const packed = reader.u16();
  reader.derive('profileIndication', packed >> 9);
  reader.derive('levelIndication', (packed >> 3) & 63);
};

/** Rec. ITU-T H.263 in 3GPP files, 3GPP TS 26.244 §6.6. */
const h263Configuration: BoxDecoder = (reader) => {
  reader.text('vendor', 4, 'latin1');
  reader.u8('decoderVersion');
  reader.u8('levelIndication');
  reader.u8('profileIndication');
};

/** 3GPP TS 26.244 §6.5: AMR speech. */
const amrConfiguration: BoxDecoder = (reader) => {
  reader.text('vendor', 4, 'latin1');
  reader.u8('decoderVersion');
  reader.u16('modeSet');
  reader.u8('modeChangePeriod');
  reader.u8('framesPerSample');
};

export const codecConfigurationBoxes: Readonly<Record<string, BoxSpec>> = {
  avcC: { decode: avcConfiguration },
  hvcC: { decode: hevcConfiguration },
  lhvC: {},
  vvcC: {},
  av1C: { decode: av1Configuration },
  vpcC: { decode: vpConfiguration },
  dvcC: { decode: dolbyVision },
  dvvC: { decode: dolbyVision },
  dvwC: { decode: dolbyVision },
  d263: { decode: h263Configuration },
  damr: { decode: amrConfiguration },
};
