import { readVersionAndFlags, tableBytes, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readTable } from '../read-table.ts';

/** ISO/IEC 14496-12 §8.6.2: numbers of the samples that decoding can start at, from 1. */
const syncSamples: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  let previous: number | undefined;
  let minInterval = Infinity;
  let maxInterval = 0;
  readTable(reader, box, { count, entryBytes: 4 }, (name, index) => {
    const offset = reader.offsetBytes;
    const sample = reader.u32(name('sample'));
    if (previous !== undefined) {
      if (sample <= previous) box.error('sync-samples-not-rising', offset, { index, sample });
      minInterval = Math.min(minInterval, sample - previous);
      maxInterval = Math.max(maxInterval, sample - previous);
    }
    previous = sample;
  });
  if (minInterval <= maxInterval) {
    reader.derive('minInterval', minInterval);
    reader.derive('maxInterval', maxInterval);
  }
};

/** ISO/IEC 14496-12 §8.9.2: which samples belong to which description of a kind of group. */
const sampleToGroup: BoxDecoder = (reader, box) => {
  const { version } = readVersionAndFlags(reader);
  reader.text('groupingType', 4, 'latin1');
  if (version === 1) reader.u32('groupingTypeParameter');
  const count = reader.u32('entryCount');
  readTable(reader, box, { count, entryBytes: 8 }, (name) => {
    reader.u32(name('sampleCount'));
    reader.u32(name('groupDescriptionIndex'));
  });
};

const sampleGroupDescription: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  reader.text('groupingType', 4, 'latin1');
  if (version >= 1) reader.u32('defaultLength');
  if (version >= 2) reader.u32('defaultGroupDescriptionIndex');
  reader.u32('entryCount');
};

/** ISO/IEC 14496-12 §8.6.4: a byte of dependency flags for each sample; only counted. */
const sampleDependencies: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  reader.derive('entryCount', box.payloadBytes - 4);
};

/** ISO/IEC 14496-12 §8.7.8, §8.7.9. */
const auxiliarySizes: BoxDecoder = (reader) => {
  const { flags } = readVersionAndFlags(reader);
  if ((flags & 1) !== 0) {
    reader.text('auxInfoType', 4, 'latin1');
    reader.u32('auxInfoTypeParameter');
  }
  reader.u8('defaultSampleInfoSize');
  reader.u32('sampleCount');
};

const auxiliaryOffsets: BoxDecoder = (reader) => {
  const { flags } = readVersionAndFlags(reader);
  if ((flags & 1) !== 0) {
    reader.text('auxInfoType', 4, 'latin1');
    reader.u32('auxInfoTypeParameter');
  }
  reader.u32('entryCount');
};

export const sampleGroupBoxes: Readonly<Record<string, BoxSpec>> = {
  stss: { decode: syncSamples, maxBytes: tableBytes },
  stps: { decode: syncSamples, maxBytes: tableBytes },
  sbgp: { decode: sampleToGroup, maxBytes: tableBytes },
  sgpd: { decode: sampleGroupDescription },
  sdtp: { decode: sampleDependencies, maxBytes: 4 },
  saiz: { decode: auxiliarySizes, maxBytes: 64 },
  saio: { decode: auxiliaryOffsets, maxBytes: 64 },
};
