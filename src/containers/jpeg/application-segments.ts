import type { FieldReader } from '../field-reader.ts';
import { readPictureIndex } from './picture-index.ts';
import { readPhotoshopResources } from './photoshop-resources.ts';
import type { SegmentContext, SegmentDecoder } from './segment-spec.ts';

interface Application {
  readonly marker: string;
  /** First bytes of the segment, as Latin-1. */
  readonly prefix: string;
  /** What it is called in the fields. */
  readonly name: string;
  readonly decode?: SegmentDecoder;
}

/** JFIF 1.02 (Rec. ITU-T T.871). */
const jfif: SegmentDecoder = (reader) => {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: 2 };
  const [major, minor] = [reader.u8(), reader.u8()];
  reader.derive('version', `${major}.${String(minor).padStart(2, '0')}`, place);
  reader.u8('densityUnits');
  reader.u16('densityX');
  reader.u16('densityY');
  reader.u8('thumbnailWidth');
  reader.u8('thumbnailHeight');
};

/** CIPA DC-008 (Exif): a TIFF structure follows; it is read by the metadata method, not here. */
const exif: SegmentDecoder = (reader) => {
  reader.derive('tiffOffset', reader.offsetBytes);
  reader.text('byteOrder', 2, 'latin1');
};

/** ICC.1 Annex B.4: a profile in numbered pieces; its header is in the first. */
const iccProfile: SegmentDecoder = (reader) => {
  const number = reader.u8('pieceNumber');
  reader.u8('pieces');
  if (number !== 1) return;
  reader.u32('profileBytes');
  reader.text('preferredModule', 4, 'latin1');
  const version = reader.u8();
  reader.derive('profileVersion', `${version}.${reader.u8() >> 4}`);
  reader.skip(2);
  reader.text('profileClass', 4, 'latin1');
  reader.text('colourSpace', 4, 'latin1');
};

/** ISO/IEC 19566-5 §A.5: a JUMBF box in numbered pieces; C2PA manifests come in these. */
const jumbf: SegmentDecoder = (reader) => {
  reader.u16('boxInstance');
  const sequence = reader.u32('pieceNumber');
  reader.u32('boxBytes');
  reader.text('boxType', 4, 'latin1');
  if (sequence !== 1 || reader.remaining < 25) return;
  reader.skip(8);
  reader.hex('contentType', 16);
  const toggles = reader.u8();
  if ((toggles & 2) !== 0) reader.cString('label');
};

const extendedXmp: SegmentDecoder = (reader) => {
  reader.text('guid', 32, 'latin1');
  reader.u32('fullBytes');
  reader.u32('pieceOffset');
};

/** Adobe Technical Note 5116. Transform 0: none or unknown, 1: YCbCr, 2: YCCK. */
const adobe: SegmentDecoder = (reader) => {
  reader.u16('version');
  reader.u16('flags0');
  reader.u16('flags1');
  reader.u8('colourTransform');
};

/** Photoshop "Save for Web": a tag, a length, and for tag 1 the quality. */
const ducky: SegmentDecoder = (reader) => {
  if (reader.u16() === 1 && reader.u16() === 4) reader.u32('quality');
};

const applications: readonly Application[] = [
  { marker: 'APP0', prefix: 'JFIF\0', name: 'JFIF', decode: jfif },
  { marker: 'APP0', prefix: 'JFXX\0', name: 'JFXX' },
  { marker: 'APP0', prefix: 'AVI1', name: 'AVI1' },
  { marker: 'APP0', prefix: 'II', name: 'CIFF' },
  { marker: 'APP1', prefix: 'Exif\0\0', name: 'Exif', decode: exif },
  { marker: 'APP1', prefix: 'http://ns.adobe.com/xap/1.0/\0', name: 'XMP' },
  { marker: 'APP1', prefix: 'http://ns.adobe.com/xmp/extension/\0', name: 'extended XMP', decode: extendedXmp },
  { marker: 'APP1', prefix: 'FLIR\0', name: 'FLIR' },
  { marker: 'APP2', prefix: 'ICC_PROFILE\0', name: 'ICC', decode: iccProfile },
  { marker: 'APP2', prefix: 'MPF\0', name: 'MPF', decode: readPictureIndex },
  { marker: 'APP2', prefix: 'FPXR\0', name: 'FlashPix' },
  { marker: 'APP2', prefix: 'urn:iso:std:iso:ts:21496:-1\0', name: 'gain map' },
  { marker: 'APP3', prefix: 'Meta\0', name: 'Kodak Meta' },
  { marker: 'APP3', prefix: 'META\0', name: 'Kodak Meta' },
  { marker: 'APP4', prefix: 'QUALCOMM', name: 'Qualcomm' },
  { marker: 'APP5', prefix: 'RMETA\0', name: 'Ricoh RMETA' },
  { marker: 'APP6', prefix: 'GoPro\0', name: 'GoPro' },
  { marker: 'APP6', prefix: 'EPPIM\0', name: 'EPPIM' },
  { marker: 'APP8', prefix: 'SPIFF\0', name: 'SPIFF' },
  { marker: 'APP11', prefix: 'JP', name: 'JUMBF', decode: jumbf },
  { marker: 'APP11', prefix: 'HDR_RI', name: 'HDR_RI' },
  { marker: 'APP12', prefix: 'Ducky', name: 'Ducky', decode: ducky },
  { marker: 'APP12', prefix: 'Picture Info', name: 'Picture Info' },
  { marker: 'APP13', prefix: 'Photoshop 3.0\0', name: 'Photoshop', decode: readPhotoshopResources },
  { marker: 'APP13', prefix: 'Adobe_CM', name: 'Adobe_CM' },
  { marker: 'APP14', prefix: 'Adobe', name: 'Adobe', decode: adobe },
];

/**
 * Names an application segment by its first bytes (`identifier`) and decodes those that are documented. For others the
 * readable beginning is kept as the identifier, and `identified` is false.
 */
export function readApplicationSegment(reader: FieldReader, segment: SegmentContext): void {
  const found = applications.find(({ marker, prefix }) => marker === segment.type && startsWith(reader.bytes, prefix));
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: found?.prefix.length ?? 0 };
  if (found === undefined) {
    const text = readableStart(reader.bytes);
    reader.derive('identifier', text, { ...place, lengthBytes: text.length });
    reader.derive('identified', false);
    return;
  }
  reader.derive('identifier', found.name, place);
  reader.skip(found.prefix.length);
  found.decode?.(reader, segment);
}

function startsWith(bytes: Uint8Array, prefix: string): boolean {
  return bytes.length >= prefix.length && Array.from(prefix).every((c, index) => bytes[index] === c.charCodeAt(0));
}

function readableStart(bytes: Uint8Array): string {
  const end = bytes.subarray(0, 32).findIndex((byte) => byte < 0x20 || byte > 0x7e);
  return String.fromCharCode(...bytes.subarray(0, end === -1 ? 32 : end));
}
