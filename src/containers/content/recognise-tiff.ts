import { decodeText } from '../field-reader.ts';
import { bySignature, type Recognised } from './content-identity.ts';
import { hasBytes } from './signatures.ts';

const tags = { make: 0x010f, subDirectories: 0x014a, dngVersion: 0xc612 } as const;
const maxEntries = 128;

/** Makers whose raw files are TIFF files with sub-directories. */
const makers: readonly (readonly [format: string, prefix: string])[] = [
  ['nef', 'NIKON'],
  ['arw', 'SONY'],
  ['pef', 'PENTAX'],
  ['pef', 'RICOH'],
];

/** TIFF 6.0 and the raw formats that are built on it, told apart by the first directory. */
export function recogniseTiff(head: Uint8Array): Recognised | undefined {
  if (hasBytes(head, 0, 'IIRO') || hasBytes(head, 0, 'MMOR') || hasBytes(head, 0, 'IIRS'))
    return bySignature('orf', 0, 4);
  if (hasBytes(head, 0, 'IIU\0')) return bySignature('rw2', 0, 4);
  const big = hasBytes(head, 0, 'MM\0*') || hasBytes(head, 0, 'MM\0+');
  if (!big && !hasBytes(head, 0, 'II*\0') && !hasBytes(head, 0, 'II+\0')) return undefined;
  if (hasBytes(head, 8, 'CR')) return bySignature('cr2', 0, 10);
  return bySignature(rawFormat(head, !big) ?? 'tiff', 0, 4);
}

function rawFormat(head: Uint8Array, littleEndian: boolean): string | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const u16 = (at: number): number => (at + 2 <= head.length ? view.getUint16(at, littleEndian) : 0);
  const u32 = (at: number): number => (at + 4 <= head.length ? view.getUint32(at, littleEndian) : 0);
  const directory = u32(4);
  const entries = Math.min(u16(directory), maxEntries);
  let make = '';
  let hasSubDirectories = false;
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * 12;
    const tag = u16(at);
    if (tag === tags.dngVersion) return 'dng';
    if (tag === tags.subDirectories) hasSubDirectories = true;
    if (tag === tags.make) {
      const [length, offset] = [Math.min(u32(at + 4), 64), u32(at + 8)];
      make = decodeText(head.subarray(offset, offset + length), 'latin1');
    }
  }
  return hasSubDirectories ? makers.find(([, prefix]) => make.startsWith(prefix))?.[0] : undefined;
}
