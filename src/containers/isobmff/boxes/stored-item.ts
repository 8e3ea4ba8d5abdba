import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readTable } from '../read-table.ts';

/** ISO/IEC 14496-12 §8.11: items that a `meta` box describes; pictures in HEIF and AVIF are such items. */

const primaryItem: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  readId(reader, version >= 1, 'itemId');
};

/** §8.11.6. */
const itemInformation: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  readId(reader, version >= 1, 'entryCount');
};

const itemInformationEntry: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  readId(reader, version === 3, 'itemId');
  reader.u16('protectionIndex');
  if (version < 2) {
    reader.cString('itemName');
    reader.cString('contentType');
    return;
  }
  const type = reader.text('itemType', 4, 'latin1');
  reader.cString('itemName');
  if (type === 'mime') reader.cString('contentType');
  if (type === 'uri ') reader.cString('uriType');
};

/** §8.11.3: where the bytes of each item are. */
const itemLocation: BoxDecoder = (reader, box) => {
  const { version } = readVersionAndFlags(reader);
  const sizes = reader.u16();
  const [offsetSize, lengthSize] = [(sizes >> 12) & 15, (sizes >> 8) & 15];
  const [baseOffsetSize, indexSize] = [(sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  const count = readId(reader, version === 2, 'itemCount');
  const recorded = box.takeTableEntries(count);
  for (let index = 0; index < recorded; index++) {
    const name = `items[${index}]`;
    readId(reader, version === 2, `${name}.itemId`);
    if (version > 0) reader.derive(`${name}.constructionMethod`, reader.u16() & 15);
    reader.u16(`${name}.dataReferenceIndex`);
    readSized(reader, baseOffsetSize, `${name}.baseOffset`);
    const extents = reader.u16(`${name}.extentCount`);
    for (let extent = 0; extent < extents; extent++) {
      if (indexSize > 0) readSized(reader, indexSize, undefined);
      // An extent of no width says nothing; without this, a count of 65535 would be believed for free.
      if (offsetSize + lengthSize + indexSize === 0) break;
      const part = extent < 64 ? `${name}.extents[${extent}]` : undefined;
      readSized(reader, offsetSize, part && `${part}.offset`);
      readSized(reader, lengthSize, part && `${part}.length`);
    }
  }
};

/** ISO/IEC 23008-12 §9.3.2: which properties belong to which item, by their place in `ipco` from 1. */
const propertyAssociations: BoxDecoder = (reader, box) => {
  const { version, flags } = readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  const recorded = box.takeTableEntries(count);
  for (let index = 0; index < recorded; index++) {
    readId(reader, version >= 1, `entries[${index}].itemId`);
    const associations = reader.u8();
    const properties: string[] = [];
    const place = { offsetBytes: reader.offsetBytes, lengthBytes: associations * ((flags & 1) === 1 ? 2 : 1) };
    for (let n = 0; n < associations; n++) {
      const wide = (flags & 1) === 1;
      const packed = wide ? reader.u16() : reader.u8();
      properties.push(`${packed & (wide ? 0x7fff : 0x7f)}${packed >> (wide ? 15 : 7) ? '!' : ''}`);
    }
    reader.derive(`entries[${index}].properties`, properties.join(' '), place);
  }
};

/** §8.11.12: the box holds boxes whose types are kinds of reference. */
const itemReferences: BoxDecoder = (reader, box) => {
  box.scope.version = readVersionAndFlags(reader).version;
};

export const itemReference: BoxSpec = {
  decode: (reader, box) => {
    const wide = box.scope.version === 1;
    readId(reader, wide, 'fromItemId');
    const count = reader.u16('referenceCount');
    readTable(reader, box, { count, entryBytes: wide ? 4 : 2 }, (name) => {
      readId(reader, wide, name('toItemId'));
    });
  },
};

/** ISO/IEC 14496-12 §8.15.3.1: entities that belong together. */
export const entityGroup: BoxSpec = {
  decode: (reader, box) => {
    readVersionAndFlags(reader);
    reader.u32('groupId');
    const count = reader.u32('entityCount');
    readTable(reader, box, { count, entryBytes: 4 }, (name) => {
      reader.u32(name('entityId'));
    });
  },
};

function readId(reader: FieldReader, wide: boolean, name: string | undefined): number {
  return wide ? reader.u32(name) : reader.u16(name);
}

function readSized(reader: FieldReader, size: number, name: string | undefined): void {
  if (size === 4) reader.u32(name);
  else if (size === 8) reader.u64(name);
  else if (size > 0) reader.skip(size);
}

export const storedItemBoxes: Readonly<Record<string, BoxSpec>> = {
  pitm: { decode: primaryItem },
  iinf: { decode: itemInformation, children: true },
  infe: { decode: itemInformationEntry },
  iloc: { decode: itemLocation, maxBytes: 1024 * 1024 },
  ipma: { decode: propertyAssociations, maxBytes: 1024 * 1024 },
  iref: { decode: itemReferences, children: true, scoped: true },
  grpl: { children: true },
  iprp: { children: true },
  ipco: { children: true },
  ipro: { decode: (reader) => void (readVersionAndFlags(reader), reader.u16('protectionCount')), children: true },
  idat: {},
};
