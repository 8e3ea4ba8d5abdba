import type { ContainerFormat } from './structure.ts';

/** Bytes of a file's head that {@link detectFormat} looks at. */
export const detectionBytes = 32;

/** Boxes that may come first where there is no `ftyp`: QuickTime files of old, fragments, and files cut at the front. */
const firstBoxes = new Set('styp moov mdat free skip wide pnot moof sidx emsg prft uuid'.split(' '));

/** The container format by a file's first bytes; `unknown` where no walker reads it. */
export function detectFormat(head: Uint8Array): ContainerFormat {
  const text = (at: number, length: number): string => String.fromCharCode(...head.subarray(at, at + length));
  if (head[0] === 0xff && head[1] === 0xd8 && (head[2] === 0xff || head.length === 2)) return 'jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif';
  if (head[0] === 0x1a && text(1, 3) === 'E\xdf\xa3') return 'matroska';
  if (['RIFF', 'RIFX', 'RF64', 'BW64'].includes(text(0, 4)) && head.length >= 12)
    return text(8, 4) === 'WEBP' ? 'webp' : 'riff';
  if (text(4, 4) === 'ftyp' || (firstBoxes.has(text(4, 4)) && isPlausibleSize(head) && !isText(head))) return 'isobmff';
  return 'unknown';
}

/** 0 (to the end), 1 (64-bit size follows), or at least a header. */
function isPlausibleSize(head: Uint8Array): boolean {
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  return size <= 1 || size >= 8;
}

/** A text may happen to have the four letters there; a box has other bytes around them. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x09 && byte < 0x7f);
}
