import type { WindowedReader } from '../windowed-reader.ts';

const blockBytes = 64 * 1024;

export interface EntropyCoded {
  /** Offset of the marker that ends the data, or the end of what there is. */
  readonly end: number;
  readonly restartMarkers: number;
  /** Restart markers that do not follow each other in turn (0…7): data was lost or put together. */
  readonly restartsOutOfTurn: number;
  readonly endsInMarker: boolean;
}

/**
 * Follows entropy-coded data (Rec. ITU-T T.81 §B.1.1.5) to the next marker. A 0xFF byte of data is followed by 0; restart
 * markers belong to the data.
 */
export async function scanEntropyCoded(reader: WindowedReader, start: number, end: number): Promise<EntropyCoded> {
  let restartMarkers = 0;
  let restartsOutOfTurn = 0;
  let offset = start;
  while (offset < end) {
    const block = await readBlock(reader, offset, Math.min(blockBytes, end - offset));
    if (block.length === 0) break;
    let at = block.indexOf(0xff);
    while (at !== -1 && at + 1 < block.length) {
      const code = block[at + 1] ?? 0;
      if (code >= 0xd0 && code <= 0xd7) {
        if (code - 0xd0 !== restartMarkers % 8) restartsOutOfTurn++;
        restartMarkers++;
      } else if (code !== 0) return { end: offset + at, restartMarkers, restartsOutOfTurn, endsInMarker: true };
      at = block.indexOf(0xff, at + 2);
    }
    // A block that ends in 0xFF is read again from there, so that the pair is seen whole.
    offset += at <= 0 ? block.length : at;
  }
  return { end, restartMarkers, restartsOutOfTurn, endsInMarker: false };
}

/** At least two bytes where there are two, as a marker is a pair. */
async function readBlock(reader: WindowedReader, offset: number, length: number): Promise<Uint8Array> {
  const some = await reader.readSome(offset, length);
  return some.length >= 2 ? some : reader.read(offset, length);
}
