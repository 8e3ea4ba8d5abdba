import { decodeText } from '../field-reader.ts';
import { detectFormat } from '../detect-format.ts';
import { readVariableInteger } from '../matroska/read-element-header.ts';
import { bySignature, byStructure, type Recognised } from './content-identity.ts';
import { hasBytes } from './signatures.ts';

/** Brands of ISO base media files, by the registration authority (mp4ra.org), in the formats they stand for. */
const brands: readonly (readonly [format: string, pattern: RegExp])[] = [
  ['mov', /^qt {2}$/],
  ['m4a', /^M4[ABP] $/],
  ['m4v', /^M4V[ HP]$/],
  ['3gp', /^3g[egprs][0-9a-z]$/],
  ['3g2', /^3g2[a-c]$/],
  ['heic', /^(hei[cmsx]|hev[cmsx])$/],
  ['avif', /^avi[fs]$/],
  ['cr3', /^crx $/],
];

/** Formats that a container walker reads: told apart by what they say of themselves. */
export function recogniseContainer(head: Uint8Array): Recognised | undefined {
  switch (detectFormat(head)) {
    case 'isobmff':
      return recogniseIsobmff(head);
    case 'matroska':
      return recogniseMatroska(head);
    case 'webp':
      return bySignature('webp', 8, 4);
    case 'riff':
      if (hasBytes(head, 8, 'WAVE')) return bySignature('wav', 8, 4);
      if (hasBytes(head, 8, 'AVI ')) return bySignature('avi', 8, 4);
      return undefined;
    default:
      return undefined;
  }
}

function recogniseIsobmff(head: Uint8Array): Recognised | undefined {
  // Files from before there were brands are QuickTime's; a lone box type is weaker evidence than a brand.
  if (!hasBytes(head, 4, 'ftyp')) return byStructure('mov', 4, 4);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const end = Math.min(view.getUint32(0), head.length, 512);
  const brandAt = (at: number): string => decodeText(head.subarray(at, at + 4), 'latin1');
  const major = brandAt(8);
  const compatible: string[] = [];
  for (let at = 16; at + 4 <= end; at += 4) compatible.push(brandAt(at));
  const formatOf = (brand: string): string | undefined => brands.find(([, pattern]) => pattern.test(brand))?.[0];
  // `mif1` and `msf1` say "pictures", and leave to the others how they are coded.
  if (major === 'mif1' || major === 'msf1' || major === 'miaf')
    return bySignature(compatible.map(formatOf).find((f) => f === 'heic' || f === 'avif') ?? 'heif', 4, 8, major);
  return bySignature(formatOf(major) ?? 'mp4', 4, 8, major);
}

/** RFC 8794 §11.2.6: the document type (id 0x4282) stands in the EBML head, which is short. */
function recogniseMatroska(head: Uint8Array): Recognised {
  for (let at = 4; at + 3 < Math.min(head.length, 256); at++) {
    if (head[at] !== 0x42 || head[at + 1] !== 0x82) continue;
    const size = readVariableInteger(head, at + 2, 8);
    if (size === undefined || size.value > 32n) continue;
    const start = at + 2 + size.length;
    const type = decodeText(head.subarray(start, start + Number(size.value)), 'latin1');
    return bySignature(type === 'webm' ? 'webm' : 'mkv', 0, 4, type);
  }
  return bySignature('mkv', 0, 4);
}
