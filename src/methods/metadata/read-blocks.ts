import exifr from 'exifr';
import { walkTiff, type TiffEntry, type TiffError, type TiffWalk } from '../../containers/tiff/walk-tiff.ts';
import { exifEntries, findTag, tagId } from './exif-entries.ts';
import { innerBlock } from './locate-blocks.ts';
import { makerTagName, readMakerNote } from './maker-note.ts';
import { blockBytes, type MetadataBlock } from './metadata-block.ts';
import { cutText, hexText, type MetadataEntry } from './metadata-entry.ts';
import { isUnsetTime, parseTime, type MetadataTime } from './metadata-time.ts';
import { readIcc } from './read-icc.ts';
import { iptcText, readIptc, type IptcDataSet } from './read-iptc.ts';
import { photoshopResource, readPhotoshop, type PhotoshopResource } from './read-photoshop.ts';
import { readXmp, type XmpProperty } from './read-xmp.ts';

const { tagKeys } = exifr as unknown as { tagKeys: Map<string, Map<number | string, string>> };

/** A TIFF structure that was read, for what works on more than its values. */
export interface ReadTiff {
  readonly block: MetadataBlock;
  readonly origin: string;
  readonly walk: TiffWalk;
}

/** A stretch of bytes that is said to be a small picture. */
export interface EmbeddedPicture {
  readonly origin: string;
  readonly source: MetadataBlock['source'];
  readonly offset: number;
  readonly length: number;
  /** Offset in the file, where there is one. */
  readonly fileOffset?: number;
}

/** A place where a block is not what its format asks for. */
export interface BlockProblem {
  readonly origin: string;
  readonly code: TiffError['code'] | 'broken';
  readonly offsetBytes?: number;
  readonly node: string;
}

/** What was read out of all blocks of an exhibit. */
export interface ReadBlocks {
  readonly entries: MetadataEntry[];
  readonly tiffs: ReadTiff[];
  readonly pictures: EmbeddedPicture[];
  readonly problems: BlockProblem[];
  readonly late: { readonly origin: string; readonly node: string; readonly offsetBytes?: number }[];
}

const makerNoteTag = 0x927c;
const makeTag = 0x010f;
const thumbnailOffsetTag = 0x0201;
const thumbnailLengthTag = 0x0202;
/** Blocks that a TIFF holds as the value of a tag. */
const innerKinds: Readonly<Record<number, MetadataBlock['kind']>> = {
  0x02bc: 'xmp',
  0x83bb: 'iptc',
  0x8649: 'photoshop',
  0x8773: 'icc',
};
const maxBlocks = 64;

/** Reads every block and the blocks inside blocks into one list. Never throws for what the bytes hold. */
export async function readBlocks(blocks: readonly MetadataBlock[]): Promise<ReadBlocks> {
  const read: ReadBlocks = { entries: [], tiffs: [], pictures: [], problems: [], late: [] };
  const counts = new Map<string, number>();
  const waiting = [...blocks];
  for (
    let block = waiting.shift(), done = 0;
    block !== undefined && done < maxBlocks;
    block = waiting.shift(), done += 1
  ) {
    const number = counts.get(block.kind) ?? 0;
    counts.set(block.kind, number + 1);
    const origin = number === 0 ? block.kind : `${block.kind}[${String(number)}]`;
    if (block.afterPicture === true) {
      read.late.push({ origin, node: block.node, ...(block.shift === undefined ? {} : { offsetBytes: block.offset }) });
    }
    if (block.kind === 'exif') waiting.push(...(await readExif(block, origin, read)));
    else if (block.kind === 'photoshop') waiting.push(...(await readResources(block, origin, read)));
    else if (block.kind === 'xmp') await readPacket(block, origin, read);
    else if (block.kind === 'iptc') await readDataSets(block, origin, read);
    else await readProfile(block, origin, read);
  }
  return read;
}

/** Offset in the file of a position in a block's bytes (counted from the block's start). */
function filePlace(block: MetadataBlock, at: number): { offsetBytes?: number } {
  return block.shift === undefined ? {} : { offsetBytes: block.offset + at + block.shift };
}

async function readExif(block: MetadataBlock, origin: string, read: ReadBlocks): Promise<MetadataBlock[]> {
  const { source, offset, length, shift } = block;
  const place = { base: offset, end: offset + length };
  const walk = await walkTiff(source, place);
  read.tiffs.push({ block, origin, walk });
  for (const error of walk.errors) {
    read.problems.push({
      origin: `${origin}/${error.ifd}`,
      code: error.code,
      node: block.node,
      ...(shift === undefined ? {} : { offsetBytes: error.offsetBytes + shift }),
    });
  }
  const entries = exifEntries(walk, origin, shift);
  read.entries.push(...entries);
  const inner: MetadataBlock[] = [];
  for (const [index, entry] of walk.entries.entries()) {
    if (entry.tag === makerNoteTag && entry.ifd === 'exif') await readMaker(block, origin, walk, entry, read);
    const kind = entry.ifd === 'ifd0' ? innerKinds[entry.tag] : undefined;
    if (kind !== undefined) {
      const bytes = await source.read(
        entry.valueOffsetBytes,
        Math.min(entry.valueBytes, place.end - entry.valueOffsetBytes),
      );
      inner.push(innerBlock(block, kind, bytes, entry.valueOffsetBytes));
      // The block has rows of its own; its bytes would only repeat them.
      const row = read.entries.length - entries.length + index;
      const own = read.entries[row];
      if (own !== undefined)
        read.entries[row] = { ...own, raw: hexText(bytes, bytes.length, 8), readable: `→ ${kind}` };
    }
  }
  read.pictures.push(...thumbnailsOf(block, origin, walk));
  return inner;
}

/** Pictures that a directory points to by JPEGInterchangeFormat and its length. */
function thumbnailsOf(block: MetadataBlock, origin: string, walk: TiffWalk): EmbeddedPicture[] {
  return walk.entries.flatMap((entry) => {
    if (entry.tag !== thumbnailOffsetTag || entry.value.kind !== 'numbers') return [];
    const length = findTag(walk, entry.ifd, thumbnailLengthTag)?.value;
    const [from] = entry.value.numbers;
    const size = length?.kind === 'numbers' ? length.numbers[0] : undefined;
    if (from === undefined || size === undefined || size === 0) return [];
    const offset = block.offset + from;
    const fileOffset = block.shift === undefined ? {} : { fileOffset: offset + block.shift };
    return [{ origin: `${origin}/${entry.ifd}`, source: block.source, offset, length: size, ...fileOffset }];
  });
}

async function readMaker(
  block: MetadataBlock,
  origin: string,
  walk: TiffWalk,
  entry: TiffEntry,
  read: ReadBlocks,
): Promise<void> {
  const make = findTag(walk, 'ifd0', makeTag)?.value;
  const note = await readMakerNote(
    block.source,
    { offset: entry.valueOffsetBytes, length: entry.valueBytes },
    { base: block.offset, end: block.offset + block.length, littleEndian: walk.littleEndian },
    make?.kind === 'text' ? make.text : '',
  );
  if (note === undefined) return;
  for (const row of exifEntries({ ...note.walk, entries: note.walk.entries.map(asMaker) }, origin, block.shift)) {
    const name = makerTagName(note.maker, Number(row.id)) ?? row.id ?? row.tag;
    const place = row.origin.slice(origin.length + 1).replace(/^maker-note(?:\/ifd0)?/, `maker-note/${note.maker}`);
    read.entries.push({ ...row, origin: `${origin}/${place}`, tag: name });
  }
  for (const picture of thumbnailsOf({ ...block, offset: note.base }, origin, note.walk)) {
    read.pictures.push({ ...picture, origin: `${origin}/maker-note/${note.maker}` });
  }
}

/** Directories of a maker note never share names with those of the TIFF around it. */
function asMaker(entry: TiffEntry): TiffEntry {
  return entry.ifd.startsWith('maker-note') ? entry : { ...entry, ifd: `maker-note/${entry.ifd}` };
}

async function readResources(block: MetadataBlock, origin: string, read: ReadBlocks): Promise<MetadataBlock[]> {
  const bytes = await blockBytes(block);
  const { resources, brokenAt } = readPhotoshop(bytes);
  if (brokenAt !== undefined)
    read.problems.push({ origin, code: 'broken', node: block.node, ...filePlace(block, brokenAt) });
  const inner: MetadataBlock[] = [];
  const kinds: Readonly<Record<number, MetadataBlock['kind']>> = {
    0x0404: 'iptc',
    0x0422: 'exif',
    0x0424: 'xmp',
    0x040f: 'icc',
  };
  for (const resource of resources) {
    const kind = kinds[resource.id];
    if (kind !== undefined) inner.push(innerBlock(block, kind, resource.data, block.offset + resource.dataOffsetBytes));
    read.entries.push({
      origin,
      tag: resourceName(resource),
      id: tagId(resource.id),
      raw: hexText(resource.data),
      readable: kind === undefined ? readableResource(resource) : `→ ${kind}`,
      ...filePlace(block, resource.offsetBytes),
      lengthBytes: resource.dataOffsetBytes - resource.offsetBytes + resource.data.length,
      ...(block.shift === undefined ? {} : { valueOffsetBytes: block.offset + resource.dataOffsetBytes + block.shift }),
    });
    if (resource.id === photoshopResource.thumbnail && resource.data.length > 28) {
      // Behind 28 bytes of format, size and depth stands a JPEG. Resource 0x0409 has its colours swapped and is not shown.
      const from = resource.dataOffsetBytes + 28;
      const place = filePlace(block, from).offsetBytes;
      read.pictures.push({
        origin,
        source: block.source,
        offset: block.offset + from,
        length: resource.data.length - 28,
        ...(place === undefined ? {} : { fileOffset: place }),
      });
    }
  }
  return inner;
}

const resourceNames: Readonly<Record<number, string>> = {
  0x03ed: 'ResolutionInfo',
  0x0404: 'IPTCData',
  0x0406: 'JPEGQuality',
  0x0409: 'Thumbnail4',
  0x040a: 'CopyrightFlag',
  0x040b: 'URL',
  0x040c: 'Thumbnail',
  0x040f: 'ICCProfile',
  0x0414: 'DocumentSpecificIDs',
  0x0421: 'VersionInfo',
  0x0422: 'EXIFInfo',
  0x0424: 'XMP',
  0x0425: 'IPTCDigest',
};

function resourceName(resource: PhotoshopResource): string {
  return resourceNames[resource.id] ?? (resource.name === '' ? tagId(resource.id) : resource.name);
}

function readableResource(resource: PhotoshopResource): string {
  const { data } = resource;
  if (resource.id === photoshopResource.version) return versionInfo(data) ?? hexText(data);
  if (resource.id === 0x040b) return cutText(new TextDecoder('utf-8').decode(data));
  return hexText(data);
}

/** Resource 0x0421: names of the program that wrote and of the one that may read. */
function versionInfo(data: Uint8Array): string | undefined {
  const bytes = Buffer.from(data);
  if (bytes.length < 9) return undefined;
  const names: string[] = [];
  for (let at = 5; names.length < 2 && at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at) * 2;
    if (length > 256) return undefined;
    const text = Buffer.from(bytes.subarray(at + 4, at + 4 + (length & ~1)));
    names.push(new TextDecoder('utf-16be').decode(text).replaceAll('\0', ''));
    at += 4 + length;
  }
  return names.join('; ');
}

async function readPacket(block: MetadataBlock, origin: string, read: ReadBlocks): Promise<void> {
  const packet = readXmp(await blockBytes(block));
  if (packet.brokenAt !== undefined) {
    read.problems.push({ origin, code: 'broken', node: block.node, ...filePlace(block, packet.brokenAt) });
  }
  for (const property of packet.properties) {
    const time = xmpTime(property);
    read.entries.push({
      origin,
      tag: property.path,
      raw: cutText(property.value),
      readable: cutText(property.value),
      ...(property.offsetBytes === undefined ? {} : filePlace(block, property.offsetBytes)),
      ...(time === undefined ? {} : { time }),
    });
  }
}

const xmpRoles: Readonly<Record<string, MetadataTime['role']>> = {
  'exif:DateTimeOriginal': 'recorded',
  'photoshop:DateCreated': 'recorded',
  'exif:DateTimeDigitized': 'written',
  'xmp:CreateDate': 'written',
  'xmp:ModifyDate': 'changed',
  'xmp:MetadataDate': 'changed',
  'tiff:DateTime': 'changed',
  'exif:GPSTimeStamp': 'position',
};

function xmpTime({ path, value }: XmpProperty): MetadataTime | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/(?:date|time|when)/i.test(name) || isUnsetTime(value)) return undefined;
  const time = parseTime(value);
  return time === undefined ? undefined : { ...time, role: xmpRoles[path] ?? 'other' };
}

/** IIM 2:202: a small picture. */
const objectPreview = 202;

/** IIM dates and the times that belong to them, by record 2 data set. */
const iptcDates: Readonly<Record<number, { time: number; role: MetadataTime['role'] }>> = {
  55: { time: 60, role: 'recorded' },
  62: { time: 63, role: 'written' },
  30: { time: 35, role: 'other' },
};

async function readDataSets(block: MetadataBlock, origin: string, read: ReadBlocks): Promise<void> {
  const bytes = await blockBytes(block);
  const { dataSets, brokenAt } = readIptc(bytes);
  if (brokenAt !== undefined)
    read.problems.push({ origin, code: 'broken', node: block.node, ...filePlace(block, brokenAt) });
  for (const dataSet of dataSets) {
    const { record, data } = dataSet;
    const binary = record === 2 && (dataSet.dataSet === 0 || dataSet.dataSet === 200 || dataSet.dataSet === 201);
    const text = binary
      ? String(Buffer.from(data.subarray(0, 6)).readUIntBE(0, Math.min(6, data.length || 1)))
      : iptcText(data);
    const printable = record !== 1 && (record !== 2 || dataSet.dataSet !== objectPreview);
    const time = iptcTime(dataSets, dataSet);
    read.entries.push({
      origin,
      tag:
        record === 2
          ? (tagKeys.get('iptc')?.get(dataSet.dataSet) ?? iptcId(dataSet))
          : (envelope[dataSet.dataSet] ?? iptcId(dataSet)),
      id: iptcId(dataSet),
      raw: printable || binary ? cutText(binary && data.length === 0 ? '' : text) : hexText(data),
      readable: printable || binary ? cutText(text) : readableEnvelope(data),
      ...filePlace(block, dataSet.offsetBytes),
      lengthBytes: dataSet.dataOffsetBytes - dataSet.offsetBytes + data.length,
      ...(time === undefined ? {} : { time }),
    });
  }
}

const envelope: Readonly<Record<number, string>> = { 0: 'EnvelopeRecordVersion', 90: 'CodedCharacterSet' };

function readableEnvelope(data: Uint8Array): string {
  return Buffer.from(data).toString('latin1') === '\x1b%G' ? 'UTF-8' : hexText(data);
}

function iptcId({ record, dataSet }: IptcDataSet): string {
  return `${String(record)}:${String(dataSet).padStart(2, '0')}`;
}

function iptcTime(all: readonly IptcDataSet[], dataSet: IptcDataSet): MetadataTime | undefined {
  const date = dataSet.record === 2 ? iptcDates[dataSet.dataSet] : undefined;
  if (date === undefined) return undefined;
  const clock = all.find((other) => other.record === 2 && other.dataSet === date.time);
  const text = `${iptcText(dataSet.data)}${clock === undefined ? '' : ` ${iptcText(clock.data)}`}`;
  const time = parseTime(text) ?? parseTime(iptcText(dataSet.data));
  return time === undefined ? undefined : { ...time, role: date.role };
}

async function readProfile(block: MetadataBlock, origin: string, read: ReadBlocks): Promise<void> {
  const names = tagKeys.get('icc');
  for (const { key, value, offsetBytes, lengthBytes } of readIcc(await blockBytes(block))) {
    const time = key === 24 ? parseTime(value) : undefined;
    read.entries.push({
      origin,
      tag: names?.get(key) ?? String(key),
      id: typeof key === 'string' ? key : `header+${String(key)}`,
      raw: cutText(value),
      readable: cutText(value),
      ...filePlace(block, offsetBytes),
      lengthBytes,
      ...(time === undefined ? {} : { time: { ...time, role: 'other' } }),
    });
  }
}
