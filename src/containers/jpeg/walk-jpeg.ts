import { decodePayload } from '../decode-payload.ts';
import { addTrailingData, type WalkContext } from '../walk-context.ts';
import { readApplicationSegment } from './application-segments.ts';
import { frameSegmentDecoder } from './frame-segments.ts';
import { markerName, markers, standsAlone } from './marker-names.ts';
import { scanEntropyCoded } from './scan-entropy-coded.ts';
import type { ListedPicture, SegmentContext } from './segment-spec.ts';

/** Segments hold up to 65,533 bytes. */
const segmentBytes = 64 * 1024;
const nearBytes = 16;

/**
 * Walks a JPEG file (Rec. ITU-T T.81 Annex B): every segment, the entropy-coded data between them, further pictures that a
 * Multi-Picture index lists, and what follows the last one.
 */
export async function walkJpeg(walk: WalkContext): Promise<void> {
  const end = walk.reader.sizeBytes;
  const pictures: ListedPicture[] = [];
  let offset = await walkPicture(walk, -1, 0, end, pictures);
  const further = pictures.filter((p) => p.offsetBytes >= offset).sort((a, b) => a.offsetBytes - b.offsetBytes);
  for (const picture of further) {
    if (picture.offsetBytes < offset) continue;
    if (!(await isPicture(walk, picture.offsetBytes))) {
      walk.tree.error('listed-picture-missing', -1, Math.min(picture.offsetBytes, end), {
        listedOffset: picture.offsetBytes,
      });
      continue;
    }
    addTrailingData(walk, offset, picture.offsetBytes);
    offset = await walkListedPicture(walk, picture, end);
  }
  addTrailingData(walk, offset);
}

async function isPicture(walk: WalkContext, offset: number): Promise<boolean> {
  const [a, b] = await walk.reader.read(offset, 2);
  return a === 0xff && b === markers.soi;
}

async function walkListedPicture(walk: WalkContext, picture: ListedPicture, fileEnd: number): Promise<number> {
  const end = Math.min(fileEnd, picture.offsetBytes + Math.max(2, picture.sizeBytes));
  const node = walk.tree.add({
    parent: -1,
    type: 'picture',
    offsetBytes: picture.offsetBytes,
    sizeBytes: end - picture.offsetBytes,
    headerBytes: 0,
    known: true,
  });
  if (picture.offsetBytes + picture.sizeBytes > fileEnd)
    walk.tree.error('size-beyond-file', node, picture.offsetBytes, {
      declaredBytes: picture.sizeBytes,
      availableBytes: fileEnd - picture.offsetBytes,
    });
  if (walk.tree.mayDescend(node)) await walkPicture(walk, node, picture.offsetBytes, end, []);
  return end;
}

/** Walks one picture from its SOI; gives the offset behind its EOI, or the end where it has none. */
async function walkPicture(
  walk: WalkContext,
  parent: number,
  start: number,
  end: number,
  pictures: ListedPicture[],
): Promise<number> {
  let offset = start;
  while (offset < end) {
    const marker = await findMarker(walk, parent, offset, end);
    if (marker === undefined) break;
    offset = await walkSegment(walk, parent, marker, end, pictures);
    if (marker.code === markers.eoi) return offset;
    if (marker.code === markers.sos) offset = await walkScan(walk, parent, offset, end);
  }
  walk.tree.error('end-of-image-missing', parent, end, {});
  return end;
}

interface Marker {
  readonly offset: number;
  readonly code: number;
}

/** The next marker, past fill bytes. Bytes where a marker should be are reported and passed over. */
async function findMarker(walk: WalkContext, parent: number, from: number, end: number): Promise<Marker | undefined> {
  let offset = from;
  while (offset < end) {
    // A marker nearly always follows at once; only damage makes this look further.
    const lookAhead = offset === from ? nearBytes : segmentBytes;
    const bytes = await walk.reader.read(offset, Math.min(lookAhead, end - offset));
    let at = bytes.indexOf(0xff);
    while (at !== -1 && at + 1 < bytes.length) {
      const code = bytes[at + 1] ?? 0;
      if (code !== 0 && code !== 0xff) {
        const place = offset + at;
        const skipped = place - from - fillBytes(bytes, at);
        if (skipped > 0) walk.tree.error('marker-expected', parent, from, { lengthBytes: skipped });
        return { offset: place, code };
      }
      at = bytes.indexOf(0xff, at + 1);
    }
    if (offset + bytes.length >= end) break;
    offset += Math.max(1, at === -1 ? bytes.length : at);
  }
  walk.tree.error('marker-expected', parent, from, { lengthBytes: end - from });
  return undefined;
}

/** 0xFF bytes right before a marker are padding that the format allows (§B.1.1.2). */
function fillBytes(bytes: Uint8Array, at: number): number {
  let count = 0;
  while (count < at && bytes[at - count - 1] === 0xff) count++;
  return count;
}

async function walkSegment(
  walk: WalkContext,
  parent: number,
  marker: Marker,
  end: number,
  pictures: ListedPicture[],
): Promise<number> {
  const name = markerName(marker.code);
  const type = name ?? `0xFF${marker.code.toString(16).toUpperCase().padStart(2, '0')}`;
  const alone = standsAlone(marker.code);
  const declared = alone ? 0 : await readLength(walk, marker.offset + 2, end);
  const claimedEnd = marker.offset + 2 + (alone ? 0 : Math.max(2, declared));
  const segmentEnd = Math.min(claimedEnd, end);
  const payloadStart = Math.min(marker.offset + 4, segmentEnd);
  const payloadBytes = alone ? 0 : segmentEnd - payloadStart;
  const node = walk.tree.add({
    parent,
    type,
    offsetBytes: marker.offset,
    sizeBytes: segmentEnd - marker.offset,
    headerBytes: Math.min(alone ? 2 : 4, segmentEnd - marker.offset),
    known: name !== undefined,
  });
  if (claimedEnd > end)
    walk.tree.error('size-beyond-file', node, marker.offset, {
      declaredBytes: declared + 2,
      availableBytes: end - marker.offset,
    });
  if (!alone && declared < 2) walk.tree.error('size-too-small', node, marker.offset, { declaredBytes: declared });
  if (payloadBytes > 0) await decodeSegment(walk, node, type, payloadStart, payloadBytes, pictures);
  return segmentEnd;
}

async function readLength(walk: WalkContext, offset: number, end: number): Promise<number> {
  const [high = 0, low = 0] = await walk.reader.read(offset, Math.min(2, end - offset));
  return (high << 8) | low;
}

async function decodeSegment(
  walk: WalkContext,
  node: number,
  type: string,
  offsetBytes: number,
  lengthBytes: number,
  pictures: ListedPicture[],
): Promise<void> {
  const context: SegmentContext = {
    type,
    payloadBytes: lengthBytes,
    pictures,
    error: (code, at, details) => {
      walk.tree.error(code, node, at, details);
    },
  };
  const decode = type.startsWith('APP') ? readApplicationSegment : frameSegmentDecoder(type);
  await decodePayload(walk, { node, offsetBytes, lengthBytes, maxBytes: segmentBytes }, (reader) => {
    decode?.(reader, context);
  });
}

async function walkScan(walk: WalkContext, parent: number, start: number, end: number): Promise<number> {
  const scan = await scanEntropyCoded(walk.reader, start, end);
  const node = walk.tree.add({
    parent,
    type: 'entropy-coded-data',
    offsetBytes: start,
    sizeBytes: scan.end - start,
    headerBytes: 0,
    known: true,
  });
  walk.tree.derive(node, 'restartMarkers', scan.restartMarkers);
  if (scan.restartsOutOfTurn > 0)
    walk.tree.error('restart-out-of-turn', node, start, { markers: scan.restartsOutOfTurn });
  return scan.end;
}
