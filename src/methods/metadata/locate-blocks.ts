import type { ByteSource } from '../../base/bytes.ts';
import { bytesInMemory } from '../../base/bytes.ts';
import { textField } from '../../containers/structure-query.ts';
import type { Structure, StructureNode } from '../../containers/structure.ts';
import { locateIsobmffBlocks } from './locate-heif-blocks.ts';
import { locateJpegBlocks } from './locate-jpeg-blocks.ts';
import { readPngMetadata } from './locate-png-blocks.ts';
import type { MetadataBlock } from './metadata-block.ts';
import type { MetadataEntry } from './metadata-entry.ts';

/** Adobe's XMP in GIF is followed by 258 bytes that let a reader skip it. */
const gifXmpTrailerBytes = 258;

/** Every block of metadata that the container holds, in file order, and values that are no block (texts of a PNG). */
export async function locateBlocks(
  source: ByteSource,
  structure: Structure,
): Promise<{ blocks: readonly MetadataBlock[]; entries: readonly MetadataEntry[] }> {
  switch (structure.format) {
    case 'jpeg':
      return { blocks: await locateJpegBlocks(source, structure), entries: [] };
    case 'png':
      return readPngMetadata(source, structure);
    case 'isobmff':
      return { blocks: await locateIsobmffBlocks(source, structure), entries: [] };
    case 'riff':
    case 'webp':
      return { blocks: await locateRiffBlocks(source, structure), entries: [] };
    case 'gif':
      return { blocks: locateGifBlocks(source, structure), entries: [] };
    default:
      return { blocks: await wholeTiff(source), entries: [] };
  }
}

async function locateRiffBlocks(source: ByteSource, structure: Structure): Promise<MetadataBlock[]> {
  const kinds: Readonly<Record<string, MetadataBlock['kind']>> = {
    EXIF: 'exif',
    'XMP ': 'xmp',
    _PMX: 'xmp',
    ICCP: 'icc',
  };
  const data = structure.nodes.find(({ type }) => type === 'VP8 ' || type === 'VP8L')?.offsetBytes ?? Infinity;
  const blocks: MetadataBlock[] = [];
  for (const node of structure.nodes) {
    const kind = kinds[node.type];
    if (kind === undefined) continue;
    const head = await source.read(node.offsetBytes + node.headerBytes, 6);
    // Some writers put JPEG's mark in front of the TIFF header, which RFC 9649 does not have.
    const skipped = kind === 'exif' && new TextDecoder('latin1').decode(head) === 'Exif\0\0' ? 6 : 0;
    const offset = node.offsetBytes + node.headerBytes + skipped;
    const length = node.offsetBytes + node.sizeBytes - offset;
    const afterPicture = node.offsetBytes > data;
    // In WebP metadata stands behind the picture by the format's own rule: nothing to remark.
    if (length > 0)
      blocks.push({
        kind,
        source,
        offset,
        length,
        shift: 0,
        node: node.path,
        afterPicture: afterPicture && kind === 'icc',
      });
  }
  return blocks;
}

function locateGifBlocks(source: ByteSource, structure: Structure): MetadataBlock[] {
  const isXmp = (node: StructureNode): boolean =>
    node.type === 'application-extension' && textField(node, 'application') === 'XMP DataXMP';
  return structure.nodes.filter(isXmp).map((node) => {
    const offset = node.offsetBytes + 14;
    const length = Math.max(0, node.sizeBytes - 14 - gifXmpTrailerBytes);
    return { kind: 'xmp' as const, source, offset, length, shift: 0, node: node.path };
  });
}

/** A file that is a TIFF itself (also DNG, NEF, CR2 and their like). */
async function wholeTiff(source: ByteSource): Promise<MetadataBlock[]> {
  const head = new TextDecoder('latin1').decode(await source.read(0, 4));
  if (!/^(?:II[*+]\0|MM\0[*+]|IIU\0|IIRO|IIRS)/.test(head)) return [];
  return [{ kind: 'exif', source, offset: 0, length: source.sizeBytes, shift: 0, node: '' }];
}

/** A block inside another: IPTC, Exif, XMP or a profile inside Photoshop's resources or a TIFF tag. */
export function innerBlock(
  outer: MetadataBlock,
  kind: MetadataBlock['kind'],
  bytes: Uint8Array,
  offset: number,
): MetadataBlock {
  const fileOffset = outer.shift === undefined ? undefined : offset + outer.shift;
  return {
    kind,
    source: bytesInMemory(bytes),
    offset: 0,
    length: bytes.length,
    shift: fileOffset,
    node: outer.node,
  };
}
