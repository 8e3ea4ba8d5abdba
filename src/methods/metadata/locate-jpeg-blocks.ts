import { bytesInMemory, type ByteSource } from '../../base/bytes.ts';
import { field, numberField, textField } from '../../containers/structure-query.ts';
import type { Structure, StructureNode } from '../../containers/structure.ts';
import { maxBlockBytes, type MetadataBlock } from './metadata-block.ts';

const prefixBytes: Readonly<Record<string, number>> = { XMP: 29, Photoshop: 14, Exif: 6 };
const iccHeadBytes = 14;
const extendedXmpHeadBytes = 75;

/** Metadata of a JPEG: one block per segment, and those that come in pieces put together. Also of further pictures inside it. */
export async function locateJpegBlocks(source: ByteSource, structure: Structure): Promise<MetadataBlock[]> {
  const blocks: MetadataBlock[] = [];
  const applications = structure.nodes.filter(({ type }) => type.startsWith('APP'));
  for (const node of applications) {
    const identifier = textField(node, 'identifier');
    const skipped = identifier === undefined ? undefined : prefixBytes[identifier];
    if (skipped === undefined) continue;
    const offset = node.offsetBytes + node.headerBytes + skipped;
    const length = node.offsetBytes + node.sizeBytes - offset;
    if (length <= 0) continue;
    const kind = identifier === 'XMP' ? 'xmp' : identifier === 'Exif' ? 'exif' : 'photoshop';
    blocks.push({ kind, source, offset, length, shift: 0, node: node.path });
  }
  const extended = await extendedXmp(source, applications);
  const profile = await iccProfile(source, applications);
  return [...blocks, ...extended, ...profile];
}

/** XMP Specification Part 3 §1.1.3.1: pieces of one packet, told apart by its MD5. */
async function extendedXmp(source: ByteSource, nodes: readonly StructureNode[]): Promise<MetadataBlock[]> {
  const pieces = nodes.filter((node) => textField(node, 'identifier') === 'extended XMP');
  const blocks: MetadataBlock[] = [];
  for (const guid of new Set(pieces.map((node) => textField(node, 'guid') ?? ''))) {
    const own = pieces.filter((node) => (textField(node, 'guid') ?? '') === guid);
    const full = Math.min(numberField(own[0], 'fullBytes') ?? 0, maxBlockBytes);
    const bytes = new Uint8Array(full);
    for (const node of own) {
      const at = numberField(node, 'pieceOffset') ?? full;
      const start = node.offsetBytes + node.headerBytes + extendedXmpHeadBytes;
      const piece = await source.read(start, Math.max(0, node.offsetBytes + node.sizeBytes - start));
      if (at < full) bytes.set(piece.subarray(0, full - at), at);
    }
    const memory = bytesInMemory(bytes);
    blocks.push({ kind: 'xmp', source: memory, offset: 0, length: full, shift: undefined, node: own[0]?.path ?? '' });
  }
  return blocks;
}

/** ICC.1 Annex B.4: numbered pieces of one profile. */
async function iccProfile(source: ByteSource, nodes: readonly StructureNode[]): Promise<MetadataBlock[]> {
  const pieces = nodes
    .filter((node) => field(node, 'identifier') === 'ICC')
    .sort((a, b) => (numberField(a, 'pieceNumber') ?? 0) - (numberField(b, 'pieceNumber') ?? 0));
  const [first] = pieces;
  if (first === undefined) return [];
  const startOf = (node: StructureNode): number => node.offsetBytes + node.headerBytes + iccHeadBytes;
  const lengthOf = (node: StructureNode): number => Math.max(0, node.offsetBytes + node.sizeBytes - startOf(node));
  if (pieces.length === 1) {
    return [{ kind: 'icc', source, offset: startOf(first), length: lengthOf(first), shift: 0, node: first.path }];
  }
  const parts: Uint8Array[] = [];
  for (const node of pieces) parts.push(await source.read(startOf(node), lengthOf(node)));
  const bytes = Buffer.concat(parts);
  const memory = bytesInMemory(bytes);
  return [{ kind: 'icc', source: memory, offset: 0, length: bytes.length, shift: undefined, node: first.path }];
}
