import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';

/** ISO/IEC 14496-12 §8.4.3; QTFF "Handler reference atom" (component type first, name as a Pascal string). */
const handler: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  const isQuickTime = reader.text('componentType', 4, 'latin1') !== '';
  const type = reader.text('handlerType', 4, 'latin1');
  // A QuickTime track has two handlers, of the media and of its data (`dhlr`); the media's comes first and counts.
  if (box.parentType !== 'minf') box.scope.handler = type;
  reader.text('manufacturer', 4, 'latin1');
  reader.skip(8);
  if (reader.remaining > 0) readHandlerName(reader, isQuickTime);
};

/** The name is a C string in ISO files, counted in QuickTime's; writers mix them up, so the count must fit exactly. */
function readHandlerName(reader: FieldReader, isQuickTime: boolean): void {
  const counted = reader.bytes[reader.position] ?? 0;
  const rest = reader.remaining - 1;
  if (counted > 0 && (counted === rest || (isQuickTime && counted <= rest))) {
    reader.skip(1);
    reader.text('name', counted);
  } else reader.cString('name');
}

/** ISO/IEC 14496-12 §8.4.5.2, §8.4.5.3. */
const videoMediaHeader: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u16('graphicsMode');
};

const soundMediaHeader: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.fixed('balance', 16, 8, true);
};

/** ISO/IEC 14496-12 §8.4.6: a BCP 47 language tag. */
const extendedLanguage: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.cString('extendedLanguage');
};

/** ISO/IEC 14496-12 §8.7.2: where the media data lies. Flag 1: in this file. */
const dataEntry: BoxDecoder = (reader, box) => {
  const { flags } = readVersionAndFlags(reader);
  const inThisFile = (flags & 1) !== 0;
  reader.derive('inThisFile', inThisFile);
  if (!inThisFile && reader.remaining > 0) {
    if (box.type === 'alis') reader.skip(reader.remaining);
    else reader.cString('location');
  }
};

const dataReference: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u32('entryCount');
};

/** ISO/IEC 14496-12 §8.3.3: the tracks that this one refers to. The box's type is the kind of reference. */
export const trackReference: BoxSpec = {
  decode: (reader, box) => {
    const count = Math.floor(reader.remaining / 4);
    const recorded = box.takeTableEntries(count);
    for (let index = 0; index < recorded; index++) reader.u32(`trackIds[${index}]`);
  },
};

export const handlerBoxes: Readonly<Record<string, BoxSpec>> = {
  hdlr: { decode: handler },
  vmhd: { decode: videoMediaHeader },
  smhd: { decode: soundMediaHeader },
  elng: { decode: extendedLanguage },
  dref: { decode: dataReference, children: true },
  'url ': { decode: dataEntry },
  'urn ': { decode: dataEntry },
  alis: { decode: dataEntry },
};
