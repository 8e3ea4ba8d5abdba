import type { ByteSource } from '../../base/bytes.ts';
import { bytesInMemory } from '../../base/bytes.ts';
import { childrenOf, nodesOfType, numberField, textField } from '../../containers/structure-query.ts';
import type { Structure, StructureNode } from '../../containers/structure.ts';
import { maxBlockBytes, type MetadataBlock } from './metadata-block.ts';

/** One item of a HEIF or AVIF file (ISO/IEC 14496-12 §8.11) with the place of its bytes. */
export interface HeifItem {
  readonly id: number;
  readonly type: string;
  readonly contentType: string;
  readonly node: string;
  readonly extents: readonly { readonly offset: number; readonly length: number }[];
}

const xmpExtendedType = 'be7acfcb-97a9-42e8-9c71-999491e3afac';
const exifExtendedType = '0537cdab-9d0c-4431-a72a-fa561f2a113e';
const iptcExtendedType = '33c7a4d2-b81d-4723-a0ba-f1a3e097ad38';
const maxItems = 4096;

/** The items that `iinf` lists and `iloc` places. Items without a place have no extents. */
export function heifItems(structure: Structure): HeifItem[] {
  const locations = nodesOfType(structure, 'iloc');
  return nodesOfType(structure, 'infe')
    .slice(0, maxItems)
    .map((node) => {
      const id = numberField(node, 'itemId') ?? -1;
      const type = textField(node, 'itemType') ?? '';
      const contentType = textField(node, 'contentType') ?? '';
      return { id, type, contentType, node: node.path, extents: extentsOf(structure, locations, id) };
    });
}

function extentsOf(structure: Structure, locations: readonly StructureNode[], id: number): HeifItem['extents'] {
  for (const location of locations) {
    for (let index = 0; index < maxItems; index += 1) {
      const name = `items[${String(index)}]`;
      const listed = numberField(location, `${name}.itemId`);
      if (listed === undefined) break;
      if (listed !== id) continue;
      const start = baseOf(structure, location, numberField(location, `${name}.constructionMethod`) ?? 0);
      if (start === undefined) return [];
      const base = start + (numberField(location, `${name}.baseOffset`) ?? 0);
      const count = Math.min(numberField(location, `${name}.extentCount`) ?? 0, 64);
      return Array.from({ length: count }, (_, extent) => ({
        offset: base + (numberField(location, `${name}.extents[${String(extent)}].offset`) ?? 0),
        length: numberField(location, `${name}.extents[${String(extent)}].length`) ?? 0,
      }));
    }
  }
  return [];
}

/** What an extent's offset counts from: the file, or the `idat` beside the `iloc`. Other methods are not followed. */
function baseOf(structure: Structure, location: StructureNode, method: number): number | undefined {
  if (method === 0) return 0;
  if (method !== 1) return undefined;
  const data = childrenOf(structure, location.parent).find(({ type }) => type === 'idat');
  return data === undefined ? undefined : data.offsetBytes + data.headerBytes;
}

/** Metadata of an ISO-BMFF file: Exif and XMP items, and the boxes that hold a block of their own. */
export async function locateIsobmffBlocks(source: ByteSource, structure: Structure): Promise<MetadataBlock[]> {
  const blocks: MetadataBlock[] = [];
  for (const item of heifItems(structure)) {
    const isExif = item.type === 'Exif';
    const isXmp = item.type === 'mime' && item.contentType === 'application/rdf+xml';
    if (!isExif && !isXmp) continue;
    const placed = await joined(source, item);
    if (placed === undefined) continue;
    // ISO/IEC 23008-12 §A.2.1: four bytes say how far behind them the TIFF header stands.
    const skipped = isExif ? await exifHeaderOffset(placed.source, placed.offset) : 0;
    blocks.push({
      kind: isExif ? 'exif' : 'xmp',
      source: placed.source,
      offset: placed.offset + skipped,
      length: placed.length - skipped,
      shift: placed.shift,
      node: item.node,
    });
  }
  for (const node of structure.nodes) {
    const kind = node.type === 'XMP_' ? 'xmp' : node.type === 'uuid' ? extendedKind(node) : undefined;
    const offset = node.offsetBytes + node.headerBytes;
    const length = node.offsetBytes + node.sizeBytes - offset;
    if (kind !== undefined && length > 0) blocks.push({ kind, source, offset, length, shift: 0, node: node.path });
    if (node.type === 'colr' && /^(?:prof|rICC)$/.test(textField(node, 'colourType') ?? '')) {
      blocks.push({ kind: 'icc', source, offset: offset + 4, length: length - 4, shift: 0, node: node.path });
    }
  }
  return blocks;
}

function extendedKind(node: StructureNode): MetadataBlock['kind'] | undefined {
  const type = textField(node, 'extendedType');
  if (type === xmpExtendedType) return 'xmp';
  if (type === exifExtendedType) return 'exif';
  return type === iptcExtendedType ? 'iptc' : undefined;
}

async function joined(
  source: ByteSource,
  item: HeifItem,
): Promise<Pick<MetadataBlock, 'source' | 'offset' | 'length' | 'shift'> | undefined> {
  const [first, ...rest] = item.extents;
  if (first === undefined) return undefined;
  if (rest.length === 0) return { source, offset: first.offset, length: first.length, shift: 0 };
  const parts: Uint8Array[] = [];
  let total = 0;
  for (const { offset, length } of item.extents) {
    const part = await source.read(offset, Math.max(0, Math.min(length, maxBlockBytes - total)));
    total += part.length;
    parts.push(part);
  }
  return { source: bytesInMemory(Buffer.concat(parts)), offset: 0, length: total, shift: undefined };
}

/** Bytes from the item's start to the TIFF header; also right where a writer left the four bytes or the mark out. */
async function exifHeaderOffset(source: ByteSource, offset: number): Promise<number> {
  const head = Buffer.from(await source.read(offset, 16));
  if (head.length < 12) return 0;
  const announced = 4 + head.readUInt32BE(0);
  if (/^(?:II\*\0|MM\0\*)/.test(head.toString('latin1', 0, 4))) return 0;
  if (head.toString('latin1', 0, 4) === 'Exif') return 6;
  return announced;
}
