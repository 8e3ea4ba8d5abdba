import { hexOf, type FieldReader } from '../field-reader.ts';
import type { ChunkContext, ChunkDecoder, ChunkSpec } from './chunk-spec.ts';

/** Names of the registered format tags that are met in the field (RFC 2361; Microsoft mmreg.h). */
const formatTags: Readonly<Record<number, string>> = {
  0x0001: 'PCM',
  0x0002: 'Microsoft ADPCM',
  0x0003: 'IEEE float',
  0x0006: 'A-law',
  0x0007: 'mu-law',
  0x0011: 'IMA ADPCM',
  0x0031: 'GSM 6.10',
  0x0050: 'MPEG layer I/II',
  0x0055: 'MPEG layer III',
  0x00ff: 'AAC',
  0x0160: 'Windows Media Audio 1',
  0x0161: 'Windows Media Audio 2',
  0x1610: 'AAC (HE)',
  0x2000: 'AC-3',
  0x2001: 'DTS',
  0xfffe: 'Extensible',
};

/** Microsoft WAVEFORMATEX and WAVEFORMATEXTENSIBLE. */
export function waveFormat(reader: FieldReader, chunk: ChunkContext): void {
  const tag = reader.u16('formatTag');
  reader.derive('format', formatTags[tag] ?? null);
  const channels = reader.u16('channels');
  const rateOffset = reader.offsetBytes;
  const rate = reader.u32('sampleRateHz');
  const bytesPerSecond = reader.u32('bytesPerSecond');
  const blockAlign = reader.u16('blockAlign');
  if (reader.remaining >= 2) reader.u16('bitsPerSample');
  if (tag === 1 && (rate * blockAlign !== bytesPerSecond || channels === 0))
    chunk.error('format-contradicts-itself', rateOffset, { sampleRateHz: rate, blockAlign, bytesPerSecond });
  if (reader.remaining < 2) return;
  const extraBytes = reader.u16('extraBytes');
  if (tag !== 0xfffe || extraBytes < 22 || reader.remaining < 22) return;
  reader.u16('validBitsPerSample');
  reader.u32('channelMask');
  const subFormat = { offsetBytes: reader.offsetBytes, lengthBytes: 16 };
  const guid = reader.take(16);
  reader.derive('subFormat', hexOf(guid), subFormat);
  reader.derive('subFormatName', formatTags[(guid[0] ?? 0) | ((guid[1] ?? 0) << 8)] ?? null, subFormat);
}

/** EBU Tech 3285 "Broadcast Wave": who recorded it, when, on what; the time reference counts samples since midnight. */
const broadcastExtension: ChunkDecoder = (reader) => {
  reader.text('description', 256, 'latin1');
  reader.text('originator', 32, 'latin1');
  reader.text('originatorReference', 32, 'latin1');
  reader.text('originationDate', 10, 'latin1');
  reader.text('originationTime', 8, 'latin1');
  reader.u64('timeReferenceSamples');
  reader.u16('version');
  reader.hex('umid', 64);
  for (const name of ['loudnessValue', 'loudnessRange', 'maxTruePeakLevel', 'maxMomentary', 'maxShortTerm'])
    reader.fixed(name, 16, 0, true);
  reader.skip(180);
  if (reader.remaining > 0) reader.text('codingHistory', reader.remaining, 'latin1');
};

/** EBU Tech 3306 §3.3: the sizes that do not fit into 32 bits. */
const largeSizes: ChunkDecoder = (reader, chunk) => {
  reader.u64('riffSize');
  chunk.scope.largeSizes.set('data', reader.u64('dataSize'));
  reader.u64('sampleCount');
  const count = reader.u32('tableLength');
  const listed = chunk.takeTableEntries(Math.min(count, Math.floor(reader.remaining / 12)));
  for (let index = 0; index < listed; index++) {
    const type = reader.text(`entries[${index}].chunk`, 4, 'latin1');
    chunk.scope.largeSizes.set(type, reader.u64(`entries[${index}].size`));
  }
};

const fact: ChunkDecoder = (reader) => {
  reader.u32('sampleCount');
};

const cuePoints: ChunkDecoder = (reader, chunk) => {
  const count = reader.u32('cueCount');
  const listed = chunk.takeTableEntries(Math.min(count, Math.floor(reader.remaining / 24)));
  for (let index = 0; index < listed; index++) {
    reader.u32(`cues[${index}].id`);
    reader.u32(`cues[${index}].position`);
    reader.text(`cues[${index}].chunk`, 4, 'latin1');
    reader.skip(8);
    reader.u32(`cues[${index}].sampleOffset`);
  }
};

const text: ChunkDecoder = (reader) => {
  if (reader.remaining > 0) reader.text('value', reader.remaining);
};

const label: ChunkDecoder = (reader) => {
  reader.u32('cueId');
  if (reader.remaining > 0) reader.text('value', reader.remaining);
};

export const waveChunks: Readonly<Record<string, ChunkSpec>> = {
  'fmt ': { decode: waveFormat },
  fact: { decode: fact },
  data: {},
  bext: { decode: broadcastExtension },
  ds64: { decode: largeSizes },
  'cue ': { decode: cuePoints },
  labl: { decode: label },
  note: { decode: label },
  ltxt: { decode: label },
  iXML: { decode: text },
  axml: { decode: text },
  smpl: {},
  inst: {},
  plst: {},
  PEAK: {},
  levl: {},
  LGWV: {},
  cart: {},
  acid: {},
  strc: {},
  chna: {},
  umid: {},
  afsp: { decode: text },
  'id3 ': {},
  'ID3 ': {},
  _PMX: {},
  slnt: {},
  wavl: {},
  minf: {},
  elm1: {},
  regn: {},
};
