import { bySignature, type Recognised } from './content-identity.ts';

/** Fixed bytes at a fixed place, as Latin-1. Longer and surer ones come first. */
const signatures: readonly (readonly [format: string, offset: number, bytes: string])[] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jp2', 0, '\0\0\0\x0cjP  \r\n\x87\n'],
  ['jxl', 0, '\0\0\0\x0cJXL \r\n\x87\n'],
  ['asf', 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c'],
  ['raf', 0, 'FUJIFILMCCD-RAW'],
  ['sqlite', 0, 'SQLite format 3\0'],
  ['ole', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['gif', 0, 'GIF89a'],
  ['gif', 0, 'GIF87a'],
  ['7z', 0, "7z\xbc\xaf'\x1c"],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['xz', 0, '\xfd7zXZ\0'],
  ['pdf', 0, '%PDF-'],
  ['amr', 0, '#!AMR'],
  ['flac', 0, 'fLaC'],
  ['ogg', 0, 'OggS\0'],
  ['psd', 0, '8BPS\0'],
  ['midi', 0, 'MThd\0\0\0\x06'],
  ['caf', 0, 'caff\0\x01'],
  ['rm', 0, '.RMF'],
  ['au', 0, '.snd\0'],
  ['flv', 0, 'FLV\x01'],
  ['zstd', 0, '\x28\xb5\x2f\xfd'],
  ['elf', 0, '\x7fELF'],
  ['mach-o', 0, '\xfe\xed\xfa\xce'],
  ['mach-o', 0, '\xfe\xed\xfa\xcf'],
  ['mach-o', 0, '\xce\xfa\xed\xfe'],
  ['mach-o', 0, '\xcf\xfa\xed\xfe'],
  ['dex', 0, 'dex\n03'],
  ['tar', 257, 'ustar'],
  ['mpeg-ps', 0, '\0\0\x01\xba'],
  ['mpeg-video', 0, '\0\0\x01\xb3'],
  ['h264', 0, '\0\0\0\x01\x67'],
  ['h264', 0, '\0\0\0\x01\x09'],
  ['bzip2', 4, '1AY&SY'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['gzip', 0, '\x1f\x8b\x08'],
  ['jxl', 0, '\xff\x0a'],
];

/** Formats that begin with bytes of their own, by a table of those. */
export function recogniseSignature(head: Uint8Array): Recognised | undefined {
  const found = signatures.find(([, offset, bytes]) => hasBytes(head, offset, bytes));
  return found && bySignature(found[0], found[1], found[2].length);
}

/** Whether these bytes (as Latin-1) stand at this place. */
export function hasBytes(head: Uint8Array, offset: number, bytes: string): boolean {
  if (offset + bytes.length > head.length) return false;
  for (let index = 0; index < bytes.length; index++) if (head[offset + index] !== bytes.charCodeAt(index)) return false;
  return true;
}

/** Formats with a short signature that other fields must bear out. */
export function recogniseWeakSignature(head: Uint8Array): Recognised | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (hasBytes(head, 0, 'BM') && head.length >= 18 && bitmapHeaders.has(view.getUint32(14, true)))
    return bySignature('bmp', 0, 2);
  // Icons: a count, and a reserved byte in the first entry. The four bytes alone also begin an MPEG picture.
  if (hasBytes(head, 0, '\0\0\x01\0') && head.length >= 22 && head[9] === 0 && isIconCount(view.getUint16(4, true)))
    return bySignature('ico', 0, 4);
  if (hasBytes(head, 0, 'MZ')) return bySignature('exe', 0, 2);
  if (hasBytes(head, 0, 'FORM') && (hasBytes(head, 8, 'AIFF') || hasBytes(head, 8, 'AIFC')))
    return bySignature('aiff', 8, 4);
  // A Java class and a fat Mach-O begin alike; a class has its version here, a fat binary its few architectures.
  if (hasBytes(head, 0, '\xca\xfe\xba\xbe') && head.length >= 8)
    return bySignature(view.getUint32(4) > 40 ? 'java-class' : 'mach-o', 0, 4);
  if (head.length === 2 && hasBytes(head, 0, '\xff\xd8')) return bySignature('jpeg', 0, 2);
  return undefined;
}

/** Sizes of the information header that BMP files have. */
const bitmapHeaders: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

function isIconCount(count: number): boolean {
  return count >= 1 && count <= 64;
}
