import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';

/** QTFF "Metadata item keys atom": the names that the numbered items of `ilst` stand for. */
const itemKeys: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  const keys: string[] = [];
  for (let index = 0; index < count && reader.remaining >= 8 && index < 1024; index++) {
    const length = reader.u32();
    reader.text(`entries[${index}].namespace`, 4, 'latin1');
    keys.push(reader.text(`entries[${index}].key`, length - 8));
  }
  box.scope.keys = keys;
};

/** Well-known types of QTFF "Value atom" (table 3-5). */
const dataTypes = { utf8: 1, utf16: 2, signed: 21, unsigned: 22, float32: 23, float64: 24 } as const;

/** QTFF "Value atom"; iTunes uses the same box. */
const itemValue: BoxDecoder = (reader) => {
  const type = reader.u32('dataType') & 0xff_ffff;
  reader.u16('country');
  reader.u16('language');
  const length = reader.remaining;
  if (length === 0) return;
  if (type === dataTypes.utf8) reader.text('value', length);
  else if (type === dataTypes.utf16) reader.text('value', length, 'utf-16be');
  else if (type === dataTypes.float32 && length === 4) reader.f32('value');
  else if (type === dataTypes.float64 && length === 8) reader.f64('value');
  else if ((type === dataTypes.signed || type === dataTypes.unsigned) && isIntegerLength(length))
    readInteger(reader, length, type === dataTypes.signed);
  else reader.hex('value', length);
};

function isIntegerLength(length: number): boolean {
  return length === 1 || length === 2 || length === 3 || length === 4 || length === 8;
}

function readInteger(reader: FieldReader, length: number, signed: boolean): number {
  if (length === 1) return signed ? reader.i8('value') : reader.u8('value');
  if (length === 2) return signed ? reader.i16('value') : reader.u16('value');
  if (length === 3) return reader.u24('value');
  if (length === 4) return signed ? reader.i32('value') : reader.u32('value');
  return signed ? reader.i64('value') : reader.u64('value');
}

/** An item of `ilst`: its type is a name (`©too`), or a number that counts the names in `keys` from 1. */
const item: BoxDecoder = (reader, box) => {
  const key = box.scope.keys?.[box.typeCode - 1];
  if (key !== undefined) reader.derive('key', key);
};

export const itemSpec: BoxSpec = { decode: item, children: true, maxBytes: 0 };

const fullText: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  if (reader.remaining > 0) reader.text('value', reader.remaining);
};

/** Boxes that mean this only inside an item of `ilst`. */
export const itemChildBoxes: Readonly<Record<string, BoxSpec>> = {
  data: { decode: itemValue },
  mean: { decode: fullText },
  name: { decode: fullText },
  itif: {},
};

export const itemListBoxes: Readonly<Record<string, BoxSpec>> = {
  keys: { decode: itemKeys },
};
