import { readVersionAndFlags, tableBytes, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readTable } from '../read-table.ts';

/** ISO/IEC 14496-12 §8.6.1.2: runs of samples of one duration, in the media's time scale. */
const timeToSample: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  const range = new Range();
  let samples = 0;
  let ticks = 0;
  readTable(reader, box, { count, entryBytes: 8 }, (name) => {
    const run = reader.u32(name('sampleCount'));
    const delta = reader.u32(name('sampleDelta'));
    samples += run;
    ticks += run * delta;
    range.add(delta);
  });
  reader.derive('sampleCount', samples);
  reader.derive('durationTicks', ticks);
  if (range.any) {
    reader.derive('minSampleDelta', range.min);
    reader.derive('maxSampleDelta', range.max);
  }
};

/** ISO/IEC 14496-12 §8.6.1.3: presentation minus decode time; signed also in version 0 files of many writers. */
const compositionOffsets: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  const range = new Range();
  let samples = 0;
  readTable(reader, box, { count, entryBytes: 8 }, (name) => {
    samples += reader.u32(name('sampleCount'));
    range.add(reader.i32(name('sampleOffset')));
  });
  reader.derive('sampleCount', samples);
  if (range.any) {
    reader.derive('minSampleOffset', range.min);
    reader.derive('maxSampleOffset', range.max);
  }
};

/** ISO/IEC 14496-12 §8.6.1.4. */
const compositionToDecode: BoxDecoder = (reader) => {
  const { version } = readVersionAndFlags(reader);
  for (const name of [
    'compositionToDecodeShift',
    'leastDecodeToDisplayDelta',
    'greatestDecodeToDisplayDelta',
    'compositionStartTime',
    'compositionEndTime',
  ]) {
    if (version === 0) reader.i32(name);
    else reader.i64(name);
  }
};

/** Least and greatest of the values added. */
class Range {
  min = Infinity;
  max = -Infinity;

  add(value: number): void {
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  get any(): boolean {
    return this.min <= this.max;
  }
}

export const sampleTimeBoxes: Readonly<Record<string, BoxSpec>> = {
  stts: { decode: timeToSample, maxBytes: tableBytes },
  ctts: { decode: compositionOffsets, maxBytes: tableBytes },
  cslg: { decode: compositionToDecode },
};
