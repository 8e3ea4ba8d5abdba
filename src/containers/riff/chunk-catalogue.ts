import { examinedFreeBytes, readFreeSpace } from '../free-space.ts';
import { aviChunks, streamIndex } from './avi-chunks.ts';
import type { ChunkSpec } from './chunk-spec.ts';
import { waveChunks } from './wave-chunks.ts';
import { webpChunks } from './webp-chunks.ts';

const opaque: ChunkSpec = {};

const padding: ChunkSpec = {
  decode: (reader, chunk) => {
    readFreeSpace(reader, chunk.payloadBytes);
  },
  maxBytes: examinedFreeBytes,
};

const informationText: ChunkSpec = {
  decode: (reader) => {
    if (reader.remaining > 0) reader.text('value', reader.remaining);
  },
};

const byType = new Map<string, ChunkSpec>(
  Object.entries({
    ...aviChunks,
    ...waveChunks,
    ...webpChunks,
    JUNK: padding,
    junk: padding,
    PAD_: padding,
    'PAD ': padding,
    FLLR: padding,
  }),
);

/** Data of a stream in `movi`: two digits for the stream, two letters for what it is. */
const streamData = /^(\d\d|[0-9a-f]{2})(dc|db|wb|tx|pc|sb|AV|__|iv)$/;

export function isStreamData(type: string): boolean {
  return streamData.test(type);
}

/** What a chunk is, by its type and the list that holds it. `known` is false where no document names it. */
export function chunkMeaning(type: string, parentType: string): { readonly known: boolean; readonly spec: ChunkSpec } {
  // Microsoft's INFO list: all types are text; those that begin with I are registered.
  if (parentType === 'LIST:INFO') return { known: type.startsWith('I'), spec: informationText };
  if (parentType === 'LIST:exif') return { known: type.startsWith('e'), spec: informationText };
  if (isStreamData(type)) return { known: true, spec: opaque };
  if (/^(ix\d\d|\d\dix)$/.test(type)) return { known: true, spec: streamIndex };
  const spec = byType.get(type);
  return spec === undefined ? { known: false, spec: opaque } : { known: true, spec };
}
