import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, tableBytes, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readTable } from '../read-table.ts';

/** ISO/IEC 14496-12 §8.8.2. */
const movieExtendsHeader: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  if (version === 1) reader.u64('fragmentDuration');
  else reader.u32('fragmentDuration');
};

/** ISO/IEC 14496-12 §8.8.3. */
const trackExtends: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  for (const name of [
    'trackId',
    'defaultSampleDescriptionIndex',
    'defaultSampleDuration',
    'defaultSampleSize',
    'defaultSampleFlags',
  ])
    reader.u32(name);
};

/** ISO/IEC 14496-12 §8.8.5. */
const movieFragmentHeader: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u32('sequenceNumber');
};

/** ISO/IEC 14496-12 §8.8.7: the flags say which fields there are. */
const trackFragmentHeader: BoxDecoder = (reader) => {
  const { flags } = readVersionAndFlags(reader);
  reader.u32('trackId');
  if ((flags & 0x01) !== 0) reader.u64('baseDataOffset');
  if ((flags & 0x02) !== 0) reader.u32('sampleDescriptionIndex');
  if ((flags & 0x08) !== 0) reader.u32('defaultSampleDuration');
  if ((flags & 0x10) !== 0) reader.u32('defaultSampleSize');
  if ((flags & 0x20) !== 0) reader.u32('defaultSampleFlags');
  reader.derive('durationIsEmpty', (flags & 0x01_0000) !== 0);
  reader.derive('defaultBaseIsMoof', (flags & 0x02_0000) !== 0);
};

/** ISO/IEC 14496-12 §8.8.12. */
const fragmentDecodeTime: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  if (version === 1) reader.u64('baseMediaDecodeTime');
  else reader.u32('baseMediaDecodeTime');
};

/** ISO/IEC 14496-12 §8.8.8. */
const trackRun: BoxDecoder = (reader, box) => {
  const { version, flags } = readVersionAndFlags(reader);
  const count = reader.u32('sampleCount');
  if ((flags & 0x001) !== 0) reader.i32('dataOffset');
  if ((flags & 0x004) !== 0) reader.u32('firstSampleFlags');
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const entryBytes = [0x100, 0x200, 0x400, 0x800].filter(has).length * 4;
  let ticks = 0;
  let bytes = 0;
  readTable(reader, box, { count, entryBytes }, (name) => {
    if (has(0x100)) ticks += reader.u32(name('duration'));
    if (has(0x200)) bytes += reader.u32(name('size'));
    if (has(0x400)) reader.u32(name('flags'));
    if (has(0x800)) {
      if (version === 0) reader.u32(name('compositionOffset'));
      else reader.i32(name('compositionOffset'));
    }
  });
  if (has(0x100)) reader.derive('durationTicks', ticks);
  if (has(0x200)) reader.derive('totalBytes', bytes);
};

/** ISO/IEC 14496-12 §8.16.3. */
const segmentIndex: BoxDecoder = (reader, box) => {
  const { version } = readVersionAndFlags(reader);
  reader.u32('referenceId');
  reader.u32('timescale');
  readSized(reader, version, 'earliestPresentationTime');
  readSized(reader, version, 'firstOffset');
  reader.skip(2);
  const count = reader.u16('referenceCount');
  readTable(reader, box, { count, entryBytes: 12 }, (name) => {
    reader.u32(name('typeAndSize'));
    reader.u32(name('duration'));
    reader.u32(name('startsWithAccessPoint'));
  });
};

/** ISO/IEC 14496-12 §8.8.10; a row's size depends on three two-bit fields. */
const fragmentRandomAccess: BoxDecoder = (reader, box) => {
  const { version } = readVersionAndFlags(reader);
  reader.u32('trackId');
  const lengths = reader.u32();
  const widths = [(lengths >> 4) & 3, (lengths >> 2) & 3, lengths & 3].map((bits) => bits + 1);
  const count = reader.u32('entryCount');
  const wide = version === 1 ? 8 : 4;
  const entryBytes = wide * 2 + widths.reduce((sum, width) => sum + width, 0);
  readTable(reader, box, { count, entryBytes }, (name) => {
    const [time, offset] = [name('time'), name('moofOffset')];
    if (version === 1) reader.u64(time);
    else reader.u32(time);
    if (version === 1) reader.u64(offset);
    else reader.u32(offset);
    for (const width of widths) reader.skip(width);
  });
};

function readSized(reader: FieldReader, version: number, name: string): void {
  if (version === 0) reader.u32(name);
  else reader.u64(name);
}

/** ISO/IEC 14496-12 §8.8.11: the length of `mfra`, for finding it from the file's end. */
const fragmentRandomAccessOffset: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u32('randomAccessBytes');
};

/** ISO/IEC 23009-1 §5.10.3.3. */
const eventMessage: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  if (version !== 0) return;
  reader.cString('schemeIdUri');
  reader.cString('value');
};

/** ISO/IEC 14496-12 §8.16.5: wall-clock time of a fragment, in NTP format. */
const producerReferenceTime: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  reader.u32('referenceTrackId');
  reader.u64('ntpTimestamp');
  readSized(reader, version, 'mediaTime');
};

export const fragmentBoxes: Readonly<Record<string, BoxSpec>> = {
  mehd: { decode: movieExtendsHeader },
  trex: { decode: trackExtends },
  mfhd: { decode: movieFragmentHeader },
  tfhd: { decode: trackFragmentHeader },
  tfdt: { decode: fragmentDecodeTime },
  trun: { decode: trackRun, maxBytes: tableBytes },
  sidx: { decode: segmentIndex, maxBytes: tableBytes },
  ssix: {},
  tfra: { decode: fragmentRandomAccess, maxBytes: tableBytes },
  mfro: { decode: fragmentRandomAccessOffset },
  emsg: { decode: eventMessage },
  prft: { decode: producerReferenceTime },
  trep: { decode: (reader) => void readVersionAndFlags(reader) },
  leva: {},
};
