import type { FieldReader } from '../field-reader.ts';
import type { ChunkDecoder, ChunkSpec } from './chunk-spec.ts';
import { waveFormat } from './wave-chunks.ts';

/** An index of many hours: sixteen bytes a frame. */
const indexBytes = 16 * 1024 * 1024;

/** Microsoft AVIMAINHEADER. */
const mainHeader: ChunkDecoder = (reader) => {
  reader.u32('microsecondsPerFrame');
  reader.u32('maxBytesPerSecond');
  reader.u32('paddingGranularity');
  const flags = reader.u32('flags');
  reader.derive('hasIndex', (flags & 0x10) !== 0);
  reader.derive('mustUseIndex', (flags & 0x20) !== 0);
  reader.derive('isInterleaved', (flags & 0x100) !== 0);
  reader.derive('wasCaptureFile', (flags & 0x1_0000) !== 0);
  reader.u32('totalFrames');
  reader.u32('initialFrames');
  reader.u32('streams');
  reader.u32('suggestedBufferSize');
  reader.u32('width');
  reader.u32('height');
};

/** Microsoft AVISTREAMHEADER. `rate` / `scale` is frames or samples a second. */
const streamHeader: ChunkDecoder = (reader, chunk) => {
  chunk.scope.streamType = reader.text('streamType', 4, 'latin1');
  reader.text('handler', 4, 'latin1');
  reader.u32('flags');
  reader.u16('priority');
  reader.u16('language');
  reader.u32('initialFrames');
  reader.u32('scale');
  reader.u32('rate');
  reader.u32('start');
  reader.u32('length');
  reader.u32('suggestedBufferSize');
  reader.i32('quality');
  reader.u32('sampleSize');
  if (reader.remaining >= 8) for (const name of ['left', 'top', 'right', 'bottom']) reader.i16(name);
};

const streamFormat: ChunkDecoder = (reader, chunk) => {
  if (chunk.scope.streamType === 'vids') bitmapHeader(reader);
  else if (chunk.scope.streamType === 'auds') waveFormat(reader, chunk);
};

/** Microsoft BITMAPINFOHEADER. */
function bitmapHeader(reader: FieldReader): void {
  reader.u32('headerSize');
  reader.i32('width');
  reader.i32('height');
  reader.u16('planes');
  reader.u16('bitCount');
  reader.text('compression', 4, 'latin1');
  reader.u32('imageBytes');
}

/** Microsoft AVIOLDINDEX: chunk, flags, place, size of every frame. Counted whole, listed in part. */
const oldIndex: ChunkDecoder = (reader, chunk) => {
  const count = Math.floor(chunk.payloadBytes / 16);
  const listed = chunk.takeTableEntries(count);
  const counts = new Map<string, { chunks: number; keyChunks: number }>();
  for (let index = 0; reader.remaining >= 16; index++) {
    const name = (column: string): string | undefined => (index < listed ? `entries[${index}].${column}` : undefined);
    const type = reader.text(name('chunk'), 4, 'latin1');
    const flags = reader.u32(name('flags'));
    reader.u32(name('offset'));
    reader.u32(name('size'));
    const seen = counts.get(type) ?? { chunks: 0, keyChunks: 0 };
    seen.chunks++;
    if ((flags & 0x10) !== 0) seen.keyChunks++;
    // SECURITY: names come from the file; a hostile one has a new name in every entry.
    if (counts.size < 64 || counts.has(type)) counts.set(type, seen);
  }
  reader.derive('entryCount', count);
  for (const [type, { chunks, keyChunks }] of counts) {
    reader.derive(`chunks[${type}]`, chunks);
    reader.derive(`keyChunks[${type}]`, keyChunks);
  }
};

/** OpenDML AVI File Format Extensions 1.02: an index of indexes (type 0) or of chunks (type 1). */
const openDmlIndex: ChunkDecoder = (reader, chunk) => {
  const longs = reader.u16('longsPerEntry');
  reader.u8('indexSubType');
  const type = reader.u8('indexType');
  const count = reader.u32('entriesInUse');
  reader.text('chunkId', 4, 'latin1');
  if (type === 0) reader.skip(12);
  else {
    reader.u64('baseOffset');
    reader.skip(4);
  }
  const fits = Math.floor(reader.remaining / Math.max(4, longs * 4));
  const claimedFit = Math.floor((chunk.payloadBytes - 24) / Math.max(4, longs * 4));
  if (count > claimedFit)
    chunk.error('table-exceeds-box', reader.offsetBytes, { entries: count, entriesThatFit: claimedFit });
  const listed = chunk.takeTableEntries(Math.min(count, fits));
  for (let index = 0; index < listed; index++) {
    const end = reader.position + longs * 4;
    if (type === 0 && longs === 4) {
      reader.u64(`entries[${index}].offset`);
      reader.u32(`entries[${index}].size`);
      reader.u32(`entries[${index}].duration`);
    } else if (longs >= 2) {
      reader.u32(`entries[${index}].offset`);
      reader.u32(`entries[${index}].size`);
    }
    if (reader.position < end) reader.skip(end - reader.position);
  }
};

const extendedHeader: ChunkDecoder = (reader) => {
  reader.u32('totalFrames');
};

/** OpenDML "video properties header". */
const videoProperties: ChunkDecoder = (reader) => {
  for (const name of ['formatToken', 'standard', 'verticalRefreshRate', 'totalWidth', 'totalHeight']) reader.u32(name);
  const aspect = { offsetBytes: reader.offsetBytes, lengthBytes: 4 };
  const [vertical, horizontal] = [reader.u16(), reader.u16()];
  reader.derive('frameAspectRatio', `${horizontal}:${vertical}`, aspect);
  reader.u32('frameWidth');
  reader.u32('frameHeight');
  reader.u32('fieldsPerFrame');
};

const text: ChunkDecoder = (reader) => {
  if (reader.remaining > 0) reader.text('value', reader.remaining);
};

export const aviChunks: Readonly<Record<string, ChunkSpec>> = {
  avih: { decode: mainHeader },
  strh: { decode: streamHeader },
  strf: { decode: streamFormat },
  strn: { decode: text },
  strd: {},
  indx: { decode: openDmlIndex },
  idx1: { decode: oldIndex, maxBytes: indexBytes },
  dmlh: { decode: extendedHeader },
  vprp: { decode: videoProperties },
  IDIT: { decode: text },
  ISMP: { decode: text },
  JUNQ: {},
};

/** `ix00`, `01ix`: the OpenDML index of one stretch of a stream. */
export const streamIndex: ChunkSpec = { decode: openDmlIndex };
