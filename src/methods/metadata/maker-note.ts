import type { ByteSource } from '../../base/bytes.ts';
import { walkDirectories, walkTiff, type TiffPlace, type TiffWalk } from '../../containers/tiff/walk-tiff.ts';

/** Where a maker's directory stands inside its note and what its offsets count from. */
interface Layout {
  readonly maker: string;
  /** The note's first characters. */
  readonly starts: string;
  /** Of the directory, from the note's start. */
  readonly directory: number;
  readonly base: 'tiff' | 'note';
  readonly byteOrder?: 'II' | 'MM';
}

// Collected from the formats as ExifTool documents them (exiftool.org/makernote_types.html).
const layouts: readonly Layout[] = [
  { maker: 'apple', starts: 'Apple iOS\0', directory: 14, base: 'note', byteOrder: 'MM' },
  { maker: 'nikon', starts: 'Nikon\0\x01\0', directory: 8, base: 'tiff' },
  { maker: 'olympus', starts: 'OLYMPUS\0', directory: 12, base: 'note' },
  { maker: 'olympus', starts: 'OM SYSTEM\0', directory: 16, base: 'note' },
  { maker: 'olympus', starts: 'OLYMP\0', directory: 8, base: 'tiff' },
  { maker: 'panasonic', starts: 'Panasonic\0', directory: 12, base: 'tiff' },
  { maker: 'fujifilm', starts: 'FUJIFILM', directory: 12, base: 'note', byteOrder: 'II' },
  { maker: 'sony', starts: 'SONY DSC \0', directory: 12, base: 'tiff' },
  { maker: 'sony', starts: 'SONY CAM \0', directory: 12, base: 'tiff' },
  { maker: 'pentax', starts: 'PENTAX \0', directory: 10, base: 'note' },
  { maker: 'pentax', starts: 'AOC\0', directory: 6, base: 'tiff' },
  { maker: 'casio', starts: 'QVC\0', directory: 6, base: 'tiff' },
  { maker: 'sigma', starts: 'SIGMA\0\0\0', directory: 10, base: 'tiff' },
  { maker: 'leica', starts: 'LEICA\0\0\0', directory: 8, base: 'tiff' },
];

/** Makers that put a bare directory into the note, by the start of the camera's make. */
const bareMakers = [
  'canon',
  'nikon',
  'samsung',
  'sony',
  'minolta',
  'konica minolta',
  'huawei',
  'xiaomi',
  'dji',
  'gopro',
];

/** Names of tags that tell which device or software it was, or that tie files together. Others keep their number. */
const names: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  canon: {
    0x0006: 'ImageType',
    0x0007: 'FirmwareVersion',
    0x0008: 'FileNumber',
    0x0009: 'OwnerName',
    0x000c: 'SerialNumber',
    0x0010: 'ModelID',
    0x0028: 'ImageUniqueID',
    0x0095: 'LensModel',
    0x0096: 'InternalSerialNumber',
  },
  nikon: {
    0x0001: 'MakerNoteVersion',
    0x0004: 'Quality',
    0x0005: 'WhiteBalance',
    0x001d: 'SerialNumber',
    0x0080: 'ImageAdjustment',
    0x0083: 'LensType',
    0x0084: 'Lens',
    0x0094: 'Saturation',
    0x00a0: 'SerialNumber2',
    0x00a5: 'ImageCount',
    0x00a6: 'DeletedImageCount',
    0x00a7: 'ShutterCount',
  },
  apple: {
    0x0001: 'MakerNoteVersion',
    0x0008: 'AccelerationVector',
    0x000a: 'HDRImageType',
    0x000b: 'BurstUUID',
    0x0011: 'MediaGroupUUID',
    0x0014: 'ImageCaptureType',
    0x0015: 'ImageUniqueID',
    0x0017: 'LivePhotoVideoIndex',
    0x002b: 'PhotoIdentifier',
  },
  panasonic: {
    0x0002: 'FirmwareVersion',
    0x0025: 'InternalSerialNumber',
    0x0051: 'LensType',
    0x0052: 'LensSerialNumber',
  },
  olympus: { 0x0207: 'CameraType', 0x0404: 'SerialNumber' },
  fujifilm: { 0x0000: 'Version', 0x0010: 'InternalSerialNumber' },
  sony: { 0xb020: 'CreativeStyle', 0xb027: 'LensType', 0x2031: 'SerialNumber' },
  samsung: { 0x0001: 'MakerNoteVersion', 0xa001: 'FirmwareName', 0xa002: 'SerialNumber' },
  pentax: { 0x0229: 'SerialNumber', 0x0000: 'PentaxVersion' },
};

/** Name of a maker's tag where Assay knows it. */
export function makerTagName(maker: string, tag: number): string | undefined {
  return names[maker]?.[tag];
}

export interface MakerNote {
  readonly maker: string;
  /** What offsets inside the note count from, in the source. */
  readonly base: number;
  readonly walk: TiffWalk;
}

/** Nikon's tag that points to a directory with a larger preview. */
const nikonPreview = 0x0011;

/**
 * Walks the directory inside a maker note, where it has one that Assay knows how to find. Undefined for others, and for one
 * whose first directory is nonsense: editors move notes without correcting their offsets.
 */
export async function readMakerNote(
  source: ByteSource,
  note: { readonly offset: number; readonly length: number },
  tiff: TiffPlace & { readonly littleEndian: boolean },
  make: string,
): Promise<MakerNote | undefined> {
  const head = await source.read(note.offset, Math.min(note.length, 20));
  const start = new TextDecoder('latin1').decode(head);
  const inNote: TiffPlace = { base: note.offset, end: Math.min(tiff.end, note.offset + note.length) };
  if (start.startsWith('Nikon\0\x02')) {
    const place = { base: note.offset + 10, end: inNote.end };
    return sane({ maker: 'nikon', base: place.base, walk: await walkTiff(source, place) }, source, place);
  }
  const layout = layouts.find(({ starts }) => start.startsWith(starts)) ?? bareLayout(make);
  if (layout === undefined) return undefined;
  // The directory's own offsets may reach past the note: some makers count from the TIFF header.
  const place = layout.base === 'note' ? inNote : { base: tiff.base, end: tiff.end };
  const offset = note.offset + layout.directory - place.base;
  const littleEndian = orderOf(layout, start, tiff.littleEndian);
  const name = 'maker-note';
  const walk = await walkDirectories(source, place, { name, offset, chained: false }, { littleEndian });
  return sane({ maker: layout.maker, base: place.base, walk }, source, place);
}

/** The walk with the entries of Nikon's preview directory, where there is one. */
async function withPreview(source: ByteSource, place: TiffPlace, walk: TiffWalk): Promise<TiffWalk> {
  const pointer = walk.entries.find(({ tag }) => tag === nikonPreview)?.value;
  const offset = pointer?.kind === 'numbers' ? pointer.numbers[0] : undefined;
  if (offset === undefined) return walk;
  const start = { name: 'preview', offset, chained: false };
  const preview = await walkDirectories(source, place, start, { littleEndian: walk.littleEndian });
  return preview.errors.length > 0 ? walk : { ...walk, entries: [...walk.entries, ...preview.entries] };
}

function bareLayout(make: string): Layout | undefined {
  const maker = bareMakers.find((name) => make.trim().toLowerCase().startsWith(name));
  return maker === undefined ? undefined : { maker, starts: '', directory: 0, base: 'tiff' };
}

/** The order that the layout fixes, or that the two bytes before the directory name, or that of the TIFF header. */
function orderOf(layout: Layout, start: string, littleEndian: boolean): boolean {
  if (layout.byteOrder !== undefined) return layout.byteOrder === 'II';
  const marks = [
    start.slice(layout.directory - 4, layout.directory - 2),
    start.slice(layout.directory - 2, layout.directory),
  ];
  if (marks.includes('II')) return true;
  if (marks.includes('MM')) return false;
  return littleEndian;
}

/** The note, where its directory is none of nonsense: editors move notes without correcting their offsets. */
async function sane(note: MakerNote, source: ByteSource, place: TiffPlace): Promise<MakerNote | undefined> {
  const { entries, errors } = note.walk;
  const nonsense = errors.filter(({ code }) => code === 'unknown-type' || code === 'directory-cut').length;
  if (entries.length === 0 || nonsense * 4 > entries.length) return undefined;
  return note.maker === 'nikon' ? { ...note, walk: await withPreview(source, place, note.walk) } : note;
}
