import type { FieldReader, TextEncoding } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readLanguage } from './movie-header.ts';

/**
 * QTFF "User data text strings": one or more of {length, language, text}. `©xyz` (place), `©day`, `©swr`, `©too`, `©mak`, ….
 * Some writers leave the length out; where it does not fit, the payload is read as plain text and the error says so.
 */
const internationalText: BoxDecoder = (reader, box) => {
  const declared = reader.remaining >= 4 ? ((reader.bytes[0] ?? 0) << 8) | (reader.bytes[1] ?? 0) : 0;
  if (declared === 0 || declared > reader.remaining - 4) {
    if (reader.remaining > 0) {
      box.error('text-length-wrong', reader.offsetBytes, { declared, payloadBytes: box.payloadBytes });
      reader.text('value', reader.remaining);
    }
    return;
  }
  for (let index = 0; reader.remaining >= 4 && index < 64; index++) {
    const suffix = index === 0 ? '' : `[${index}]`;
    const length = reader.u16();
    readLanguage(reader, `language${suffix}`);
    reader.text(`value${suffix}`, Math.min(length, reader.remaining));
  }
};

/** 3GPP TS 26.244 §8: FullBox, language, text in UTF-8, or in UTF-16 where it begins with a byte order mark. */
const assetText: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  readLanguage(reader, 'language');
  readMarkedText(reader, 'value');
};

/** 3GPP TS 26.244 §8.10: recording place. */
const location: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  readLanguage(reader, 'language');
  readMarkedText(reader, 'name');
  reader.u8('role');
  reader.fixed('longitudeDeg', 32, 16, true);
  reader.fixed('latitudeDeg', 32, 16, true);
  reader.fixed('altitudeM', 32, 16, true);
  readMarkedText(reader, 'body');
  readMarkedText(reader, 'notes');
};

const recordingYear: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u16('value');
};

function readMarkedText(reader: FieldReader, name: string): void {
  const [first, second] = [reader.bytes[reader.position], reader.bytes[reader.position + 1]];
  const encoding: TextEncoding | undefined =
    first === 0xfe && second === 0xff ? 'utf-16be' : first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
  if (encoding === undefined) {
    reader.cString(name);
    return;
  }
  let end = reader.position + 2;
  while (end + 1 < reader.bytes.length && (reader.bytes[end] !== 0 || reader.bytes[end + 1] !== 0)) end += 2;
  reader.skip(2);
  reader.text(name, Math.min(end - reader.position, reader.remaining), encoding);
  reader.skip(Math.min(2, reader.remaining));
}

const plainText: BoxDecoder = (reader) => {
  if (reader.remaining > 0) reader.text('value', reader.remaining);
};

const opaque: BoxSpec = {};
const text: BoxSpec = { decode: plainText };

/** Names under `udta` that phones and cameras write; their contents are the makers' own and stay as bytes. */
const makersBoxes = [
  ...['SDLN', 'smrd', 'smta', 'SEFT', 'DcMD', 'AllF', 'SelO', 'LOOP', 'WLOC', 'ptv ', 'hinf', 'hnti', 'tsel'],
  ...['LENS', 'CAME', 'SETT', 'AMBA', 'MUID', 'HMMT', 'BCID', 'GUMI', 'GPMF', 'FFMV', 'CNTH', 'NCDT', 'PANA', 'MMA '],
  ...['Xtra', 'cver', 'CNDA', 'thmb', 'TAGS', 'INFO', 'urat', 'ludt', 'albm', 'rtng', 'clsf', 'kywd', 'coll'],
];

/** Boxes that mean this only inside `udta`. Every other name that begins with © is international text. */
export const userDataBoxes: Readonly<Record<string, BoxSpec>> = {
  ...Object.fromEntries(makersBoxes.map((type) => [type, opaque])),
  ...Object.fromEntries(['titl', 'dscp', 'cprt', 'perf', 'auth', 'gnre'].map((type) => [type, { decode: assetText }])),
  loci: { decode: location },
  yrrc: { decode: recordingYear },
  name: text,
  FIRM: text,
  CNFV: text,
  CNMN: text,
  manu: text,
  modl: text,
  XMP_: opaque,
};

export const internationalTextBox: BoxSpec = { decode: internationalText };
