import { readVersionAndFlags, tableBytes, type BoxContext, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import type { FieldReader } from '../../field-reader.ts';
import { readTable, type ColumnName } from '../read-table.ts';

/** ISO/IEC 14496-12 §8.7.4: runs of chunks with as many samples each; first chunks count from 1 and rise. */
const samplesToChunks: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  let previous = 0;
  let lastFirstChunk = 0;
  readTable(reader, box, { count, entryBytes: 12 }, (name, index) => {
    const offset = reader.offsetBytes;
    lastFirstChunk = reader.u32(name('firstChunk'));
    if (lastFirstChunk <= previous) box.error('first-chunk-not-rising', offset, { index, firstChunk: lastFirstChunk });
    previous = lastFirstChunk;
    reader.u32(name('samplesPerChunk'));
    reader.u32(name('sampleDescriptionIndex'));
  });
  reader.derive('lastFirstChunk', lastFirstChunk);
};

/** ISO/IEC 14496-12 §8.7.5: offsets of chunks in the file. */
const chunkOffsets: BoxDecoder = (reader, box) => {
  readChunkOffsets(reader, box, 4, (name) => reader.u32(name('offset')));
};

const largeChunkOffsets: BoxDecoder = (reader, box) => {
  readChunkOffsets(reader, box, 8, (name) => reader.u64(name('offset')));
};

function readChunkOffsets(
  reader: FieldReader,
  box: BoxContext,
  entryBytes: number,
  readOffset: (name: ColumnName) => number,
): void {
  readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  let min = Infinity;
  let max = 0;
  let outside = 0;
  let firstOutsideAt = 0;
  readTable(reader, box, { count, entryBytes }, (name) => {
    const at = reader.offsetBytes;
    const offset = readOffset(name);
    min = Math.min(min, offset);
    max = Math.max(max, offset);
    if (offset >= box.fileSizeBytes && outside++ === 0) firstOutsideAt = at;
  });
  if (min <= max) {
    reader.derive('minOffset', Number.isSafeInteger(min) ? min : String(min));
    reader.derive('maxOffset', Number.isSafeInteger(max) ? max : String(max));
  }
  if (outside > 0) box.error('chunk-offset-outside-file', firstOutsideAt, { chunks: outside, of: count });
}

export const samplePlaceBoxes: Readonly<Record<string, BoxSpec>> = {
  stsc: { decode: samplesToChunks, maxBytes: tableBytes },
  stco: { decode: chunkOffsets, maxBytes: tableBytes },
  co64: { decode: largeChunkOffsets, maxBytes: tableBytes },
};
