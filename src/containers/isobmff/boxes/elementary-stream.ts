import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readAudioSpecificConfig } from './audio-specific-config.ts';

/** Descriptor tags of ISO/IEC 14496-1 §7.2.2.1. */
const tags = { elementaryStream: 3, decoderConfig: 4, decoderSpecific: 5 } as const;

/** ISO/IEC 14496-14 §5.6: the elementary stream descriptor of MPEG-4 sound and picture. */
const elementaryStreamDescriptor: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  readDescriptors(reader);
};

/** ISO/IEC 14496-1 §7.2.6: descriptors nest three deep here; what else there is, is skipped by its own length. */
function readDescriptors(reader: FieldReader): void {
  while (reader.remaining >= 2) {
    const tag = reader.u8();
    const length = readExpandableLength(reader);
    const end = reader.position + length;
    if (tag === tags.elementaryStream) readStreamHead(reader);
    else if (tag === tags.decoderConfig) readDecoderConfig(reader);
    else {
      if (tag === tags.decoderSpecific) readDecoderSpecific(reader, length);
      if (reader.position < end) reader.skip(end - reader.position);
    }
  }
}

function readStreamHead(reader: FieldReader): void {
  reader.u16('esId');
  const flags = reader.u8();
  if ((flags & 0x80) !== 0) reader.u16('dependsOnEsId');
  if ((flags & 0x40) !== 0) reader.skip(reader.u8());
  if ((flags & 0x20) !== 0) reader.u16('ocrEsId');
}

function readDecoderConfig(reader: FieldReader): void {
  reader.u8('objectTypeIndication');
  reader.derive('streamType', reader.u8() >> 2);
  reader.u24('bufferSizeBytes');
  reader.u32('maxBitrate');
  reader.u32('averageBitrate');
}

function readDecoderSpecific(reader: FieldReader, length: number): void {
  const config = reader.bytes.subarray(reader.position, reader.position + Math.min(length, 32));
  const isAac = reader.fields.some((f) => f.name === 'objectTypeIndication' && f.value === 0x40);
  reader.hex('decoderSpecificInfo', length);
  if (!isAac) return;
  for (const [name, value] of Object.entries(readAudioSpecificConfig(config))) reader.derive(name, value);
}

/** Seven bits a byte, the top bit says that more follow; four bytes at most. */
function readExpandableLength(reader: FieldReader): number {
  let length = 0;
  for (let index = 0; index < 4; index++) {
    const byte = reader.u8();
    length = length * 128 + (byte & 127);
    if (byte < 128) break;
  }
  return length;
}

export const elementaryStreamBoxes: Readonly<Record<string, BoxSpec>> = {
  esds: { decode: elementaryStreamDescriptor },
  iods: {},
};
