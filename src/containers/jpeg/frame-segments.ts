import type { SegmentDecoder } from './segment-spec.ts';
import { standardTableOf } from './quantisation-tables.ts';

/**
 * Rec. ITU-T T.81 §B.2.4.1. Each table with its values in stored (zig-zag) order, and the libjpeg quality whose standard table
 * it equals, where it equals one.
 */
const quantisationTables: SegmentDecoder = (reader) => {
  for (let index = 0; reader.remaining > 0; index++) {
    const name = `tables[${index}]`;
    const packed = reader.u8();
    const [precision, id] = [packed >> 4, packed & 15];
    reader.derive(`${name}.id`, id);
    reader.derive(`${name}.bits`, precision === 0 ? 8 : 16);
    const place = { offsetBytes: reader.offsetBytes, lengthBytes: precision === 0 ? 64 : 128 };
    const values = Array.from({ length: 64 }, () => (precision === 0 ? reader.u8() : reader.u16()));
    reader.derive(`${name}.values`, values.join(' '), place);
    const standard = standardTableOf(values, id > 0);
    reader.derive(`${name}.standard`, standard?.table ?? null);
    reader.derive(`${name}.quality`, standard?.quality ?? null);
  }
};

const processes: Readonly<Record<string, string>> = {
  SOF0: 'baseline',
  SOF1: 'extended sequential',
  SOF2: 'progressive',
  SOF3: 'lossless',
  SOF5: 'differential sequential',
  SOF6: 'differential progressive',
  SOF7: 'differential lossless',
  SOF9: 'extended sequential, arithmetic',
  SOF10: 'progressive, arithmetic',
  SOF11: 'lossless, arithmetic',
  SOF13: 'differential sequential, arithmetic',
  SOF14: 'differential progressive, arithmetic',
  SOF15: 'differential lossless, arithmetic',
  SOF55: 'JPEG-LS',
};

/** Rec. ITU-T T.81 §B.2.2. */
const frameHeader: SegmentDecoder = (reader, segment) => {
  reader.derive('process', processes[segment.type] ?? null);
  reader.u8('precision');
  reader.u16('height');
  reader.u16('width');
  const count = reader.u8('components');
  const factors: (readonly [number, number])[] = [];
  for (let index = 0; index < count; index++) {
    reader.u8(`component[${index}].id`);
    const packed = reader.u8();
    reader.derive(`component[${index}].horizontal`, packed >> 4);
    reader.derive(`component[${index}].vertical`, packed & 15);
    factors.push([packed >> 4, packed & 15]);
    reader.u8(`component[${index}].quantisationTable`);
  }
  reader.derive('sampling', samplingOf(factors));
};

/** `4:2:0` and the like for three components whose second and third are alike; null for anything else. */
function samplingOf(factors: readonly (readonly [number, number])[]): string | null {
  const [y, cb, cr] = factors;
  if (!y || !cb || !cr || factors.length !== 3 || cb[0] !== cr[0] || cb[1] !== cr[1] || !cb[0] || !cb[1]) return null;
  const key = `${y[0] / cb[0]}x${y[1] / cb[1]}`;
  return (
    { '1x1': '4:4:4', '2x1': '4:2:2', '2x2': '4:2:0', '1x2': '4:4:0', '4x1': '4:1:1', '4x2': '4:1:0' }[key] ?? null
  );
}

/** Code lengths of the tables in Rec. ITU-T T.81 Annex K.3, which writers use that do not optimise. */
const standardLengths: ReadonlySet<string> = new Set([
  '0,1,5,1,1,1,1,1,1,0,0,0,0,0,0,0',
  '0,3,1,1,1,1,1,1,1,1,1,0,0,0,0,0',
  '0,2,1,3,3,2,4,3,5,5,4,4,0,0,1,125',
  '0,2,1,2,4,4,3,4,7,5,4,4,0,1,2,119',
]);

/** Rec. ITU-T T.81 §B.2.4.2. */
const huffmanTables: SegmentDecoder = (reader) => {
  for (let index = 0; reader.remaining > 0; index++) {
    const name = `tables[${index}]`;
    const packed = reader.u8();
    reader.derive(`${name}.class`, packed >> 4 === 0 ? 'DC' : 'AC');
    reader.derive(`${name}.id`, packed & 15);
    const place = { offsetBytes: reader.offsetBytes, lengthBytes: 16 };
    const lengths = Array.from({ length: 16 }, () => reader.u8());
    const codes = lengths.reduce((sum, length) => sum + length, 0);
    reader.derive(`${name}.codes`, codes, place);
    reader.derive(`${name}.standardLengths`, standardLengths.has(lengths.join(',')), place);
    reader.skip(codes);
  }
};

/** Rec. ITU-T T.81 §B.2.3. */
const scanHeader: SegmentDecoder = (reader) => {
  const count = reader.u8('components');
  for (let index = 0; index < count; index++) {
    reader.u8(`component[${index}].id`);
    reader.u8(`component[${index}].huffmanTables`);
  }
  reader.u8('spectralStart');
  reader.u8('spectralEnd');
  const packed = reader.u8();
  reader.derive('approximationHigh', packed >> 4);
  reader.derive('approximationLow', packed & 15);
};

const restartInterval: SegmentDecoder = (reader) => {
  reader.u16('restartInterval');
};

const numberOfLines: SegmentDecoder = (reader) => {
  reader.u16('lines');
};

const comment: SegmentDecoder = (reader) => {
  if (reader.remaining > 0) reader.text('value', reader.remaining);
};

const byMarker: Readonly<Record<string, SegmentDecoder>> = {
  DQT: quantisationTables,
  DHT: huffmanTables,
  SOS: scanHeader,
  DRI: restartInterval,
  DNL: numberOfLines,
  COM: comment,
};

/** The decoder of a segment that is no application segment; undefined where its contents are left as bytes. */
export function frameSegmentDecoder(type: string): SegmentDecoder | undefined {
  return byMarker[type] ?? (type.startsWith('SOF') ? frameHeader : undefined);
}
