import type { ByteSource } from '../../base/bytes.ts';
import { childrenOf, field, textField } from '../../containers/structure-query.ts';
import type { NodeField, Structure, StructureNode } from '../../containers/structure.ts';
import { cutText, hexText, type MetadataEntry } from './metadata-entry.ts';
import { isUnsetTime, parseTime, type MetadataTime, type TimeRole } from './metadata-time.ts';

/** Nodes whose decoded fields say something about the exhibit, by their type. Samples, tables and codec set-up stay out. */
const describing = new Set([
  ...['ftyp', 'mvhd', 'tkhd', 'mdhd', 'hdlr', 'elng', 'ispe', 'irot', 'imir', 'pitm', 'loci'],
  ...['avih', 'strh', 'strn', 'IDIT', 'ISMP', 'bext', 'iXML', 'VP8X', 'VP8 ', 'VP8L', 'fmt '],
  ...['IHDR', 'pHYs', 'logical-screen', 'comment-extension'],
  ...['COM'],
]);
const describingApplications = new Set(['JFIF', 'Adobe', 'Ducky']);
/** Bookkeeping of a box, not a statement about the exhibit. */
const bookkeeping =
  /^(?:version|flags|entryCount|matrix\[|component\[|identifier$|componentType$|.*Raw$|examined|packed)/;
const longestUserData = 4096;

/** What each time is about, by node type and field, or by the tag of an item. */
const timeRoles: Readonly<Record<string, TimeRole>> = {
  'mvhd/creationTime': 'written',
  'mvhd/modificationTime': 'changed',
  'tkhd/creationTime': 'other',
  'tkhd/modificationTime': 'other',
  'mdhd/creationTime': 'other',
  'mdhd/modificationTime': 'other',
  'com.apple.quicktime.creationdate': 'recorded',
  '©day': 'recorded',
  IDIT: 'recorded',
  ICRD: 'written',
  DateUTC: 'written',
  originationDate: 'recorded',
  DATE_RECORDED: 'recorded',
  DATE_ENCODED: 'written',
};

/** Formats whose times are UTC by their standard, whatever the writer did. */
const utcByStandard = /^(?:creationTime|modificationTime|DateUTC)$/;

/**
 * Rows for what the container itself states: brands, headers with their times, user data, items with keys, INFO lists, Matroska
 * Info and Tags, comments. Nodes of an unknown kind under `udta` are kept as bytes.
 */
export async function containerEntries(source: ByteSource, structure: Structure): Promise<MetadataEntry[]> {
  const entries: MetadataEntry[] = [];
  for (const node of structure.nodes) {
    const parent = node.parent < 0 ? undefined : structure.nodes[node.parent];
    if (isItem(node, parent)) entries.push(...itemEntries(structure, node));
    else if (parent?.type === 'udta' && node.type !== 'meta') entries.push(...(await userDataEntries(source, node)));
    else if (node.type === 'SimpleTag') entries.push(...simpleTagEntries(structure, node));
    else if (isSingleValue(node, parent)) entries.push(...valueEntries(node, node.type));
    else if (isDescribing(node, parent)) entries.push(...fieldEntries(node));
  }
  return entries;
}

function isItem(node: StructureNode, parent: StructureNode | undefined): boolean {
  return parent?.type === 'ilst' && node.type !== 'free';
}

/** A node that holds one value under its own name: INFO texts, elements of Matroska's Info. */
function isSingleValue(node: StructureNode, parent: StructureNode | undefined): boolean {
  if (node.type === 'CRC-32' || node.type === 'Void') return false;
  if (parent?.type === 'LIST:INFO' || parent?.type === 'LIST:exif' || parent?.type === 'Info') return true;
  if (parent?.type === 'TrackEntry') return ['Name', 'Language', 'CodecID', 'CodecName'].includes(node.type);
  if (parent?.type === 'Video')
    return ['PixelWidth', 'PixelHeight', 'DisplayWidth', 'DisplayHeight'].includes(node.type);
  return ['IDIT', 'strn', 'ISMP', 'iXML', 'COM', 'comment-extension', 'DocType'].includes(node.type);
}

function isDescribing(node: StructureNode, parent: StructureNode | undefined): boolean {
  if (node.type.startsWith('APP')) return describingApplications.has(textField(node, 'identifier') ?? '');
  if (/^SOF\d/.test(node.type)) return true;
  return describing.has(node.type) || (parent?.type === 'stsd' && node.fields.length > 0);
}

function fieldEntries(node: StructureNode): MetadataEntry[] {
  return node.fields
    .map((one) => (one.value === null ? storedNumber(node, one) : one))
    .filter(({ name, value }) => !isBookkeeping(node, name) && value !== null && value !== '')
    .map((one) => entryOf(node, one, one.name, timeRoles[`${node.type}/${one.name}`] ?? timeRoles[one.name]));
}

/** The version of a box is how it is laid out; the version in an application segment says who wrote it. */
function isBookkeeping(node: StructureNode, name: string): boolean {
  return bookkeeping.test(name) && !(node.type.startsWith('APP') && name === 'version');
}

/** A time or duration that says "not set" is null beside the number that is stored, which is what the table then shows. */
function storedNumber(node: StructureNode, one: NodeField): NodeField {
  const stored = field(node, `${one.name}Raw`);
  return stored === undefined || stored === null ? one : { ...one, value: stored };
}

function valueEntries(node: StructureNode, tag: string): MetadataEntry[] {
  return node.fields
    .filter(({ name }) => /^value(?:\[\d+\])?$/.test(name))
    .map((one) => entryOf(node, one, tag, timeRoles[tag]));
}

function entryOf(node: StructureNode, one: NodeField, tag: string, role: TimeRole | undefined): MetadataEntry {
  const raw = cutText(String(one.value ?? '').replace(/\s+$/, ''));
  const time = timeOf(raw, tag, role);
  return {
    origin: node.path,
    tag,
    raw,
    readable: raw,
    offsetBytes: node.offsetBytes,
    lengthBytes: node.sizeBytes,
    ...(one.offsetBytes === undefined ? {} : { valueOffsetBytes: one.offsetBytes }),
    ...(time === undefined ? {} : { time }),
  };
}

function timeOf(text: string, tag: string, role: TimeRole | undefined): MetadataTime | undefined {
  if (role === undefined || isUnsetTime(text)) return undefined;
  const parsed = parseTime(text);
  if (parsed === undefined) return undefined;
  return { ...parsed, role, ...(utcByStandard.test(tag) ? { zone: 'specification' as const, offsetMinutes: 0 } : {}) };
}

/** An item of `ilst`: named by its key, by `mean` and `name`, or by its type. */
function itemEntries(structure: Structure, item: StructureNode): MetadataEntry[] {
  const parts = childrenOf(structure, item.id);
  const named = textField(
    parts.find(({ type }) => type === 'name'),
    'value',
  );
  const tag = textField(item, 'key') ?? named ?? item.type;
  return parts
    .filter(({ type }) => type === 'data')
    .flatMap((node) => valueEntries(node, tag))
    .map((entry) => ({ ...entry, ...(tag === item.type ? {} : { id: item.type }) }));
}

/** A box of `udta`: what was decoded of it, else its bytes, as text where they are text. */
async function userDataEntries(source: ByteSource, node: StructureNode): Promise<MetadataEntry[]> {
  if (node.type === 'free' || node.type === 'skip' || node.type === 'XMP_') return [];
  const decoded = node.fields.some(({ name }) => name === 'value')
    ? valueEntries(node, node.type)
    : fieldEntries(node).map((entry) => ({ ...entry, id: node.type }));
  if (decoded.length > 0) return decoded;
  const start = node.offsetBytes + node.headerBytes;
  const length = node.offsetBytes + node.sizeBytes - start;
  const bytes = await source.read(start, Math.max(0, Math.min(length, longestUserData)));
  const text = plainText(bytes);
  return [
    {
      origin: node.path,
      tag: node.type,
      raw: text ?? hexText(bytes, length),
      readable: text ?? hexText(bytes, length),
      offsetBytes: node.offsetBytes,
      lengthBytes: node.sizeBytes,
      valueOffsetBytes: start,
    },
  ];
}

/** Bytes as text where all of them are printable ASCII, zeros at the end apart. */
function plainText(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('latin1').replace(/\0+$/, '');
  return text !== '' && /^[\x20-\x7e\t\r\n]+$/.test(text) ? cutText(text) : undefined;
}

/** Matroska: name and value of a tag are two elements. */
function simpleTagEntries(structure: Structure, node: StructureNode): MetadataEntry[] {
  const parts = childrenOf(structure, node.id);
  const tag = textField(
    parts.find(({ type }) => type === 'TagName'),
    'value',
  );
  const value = parts.find(({ type }) => type === 'TagString' || type === 'TagBinary');
  if (tag === undefined || value === undefined || field(value, 'value') === undefined) return [];
  return valueEntries(value, tag);
}
