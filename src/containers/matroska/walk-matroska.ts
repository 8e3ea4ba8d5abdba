import { crc32 } from 'node:zlib';
import { addTrailingData, type WalkContext } from '../walk-context.ts';
import { checkPositions } from './check-positions.ts';
import { decodeElement } from './decode-element.ts';
import { elementMeaning, endsUnknownSize, ids } from './element-catalogue.ts';
import { readElementHeader, type ElementHeader } from './read-element-header.ts';
import { walkCluster, type BlockBudget } from './walk-cluster.ts';

/** Bytes over which checksums are worked out, in all: clusters are media, and only the first ones are read for theirs. */
const checksummedBytes = 32 * 1024 * 1024;
const countedBlocks = 4_000;

interface Parent {
  readonly node: number;
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly sizeUnknown: boolean;
}

interface State {
  readonly walk: WalkContext;
  readonly blocks: BlockBudget;
  checksummedBytesLeft: number;
}

/** Walks a Matroska or WebM file (RFC 9559 over RFC 8794). Blocks are counted, frames are never read. */
export async function walkMatroska(walk: WalkContext): Promise<void> {
  const blocks = { counted: countedBlocks, listed: walk.bounds.maxTableEntries };
  const state: State = { walk, blocks, checksummedBytesLeft: checksummedBytes };
  const end = walk.reader.sizeBytes;
  await walkElements(state, { node: -1, id: 0, start: 0, end, sizeUnknown: false });
  checkPositions(walk.tree);
}

/** Walks the elements of one parent; gives the offset at which it ended. */
async function walkElements(state: State, parent: Parent): Promise<number> {
  const { walk } = state;
  let offset = parent.start;
  let cuePoints = 0;
  while (offset < parent.end) {
    const header = await readElementHeader(walk.reader, offset, parent.end);
    if (header === undefined || (parent.node < 0 && !standsAtTop(header, parent.end - offset))) {
      const lengthBytes = parent.end - offset;
      walk.tree.error(parent.node < 0 ? 'trailing-bytes' : 'not-an-element', parent.node, offset, { lengthBytes });
      if (parent.node < 0) addTrailingData(walk, offset);
      return parent.end;
    }
    if (parent.sizeUnknown && endsUnknownSize(parent.id, header.id)) return offset;
    const listed = header.id !== ids.cuePoint || cuePoints++ < walk.bounds.maxTableEntries;
    offset = listed
      ? await walkElement(state, parent, header, offset)
      : Math.min(parent.end, offset + header.headerBytes + (header.contentBytes ?? parent.end));
  }
  if (parent.id === ids.cues) walk.tree.derive(parent.node, 'cuePoints', cuePoints);
  return parent.end;
}

/** Only an EBML head, a segment, or padding may stand at the top; anything else after them is a tail. */
function standsAtTop(header: ElementHeader, available: number): boolean {
  if (header.id === ids.ebml || header.id === ids.segment) return true;
  const fits = header.contentBytes !== undefined && header.headerBytes + header.contentBytes <= available;
  return fits && elementMeaning(header.id) !== undefined && header.id > 0xff;
}

async function walkElement(state: State, parent: Parent, header: ElementHeader, offset: number): Promise<number> {
  const { walk } = state;
  const start = offset + header.headerBytes;
  const available = parent.end - start;
  const sizeUnknown = header.contentBytes === undefined;
  const contentBytes = Math.min(header.contentBytes ?? available, available);
  const end = start + contentBytes;
  const element = elementMeaning(header.id);
  const node = walk.tree.add({
    parent: parent.node,
    type: element?.name ?? `0x${header.id.toString(16).toUpperCase()}`,
    offsetBytes: offset,
    sizeBytes: end - offset,
    headerBytes: header.headerBytes,
    known: element !== undefined,
  });
  if (header.contentBytes !== undefined && header.contentBytes > available)
    walk.tree.error(parent.node < 0 ? 'size-beyond-file' : 'size-beyond-parent', node, offset, {
      declaredBytes: header.headerBytes + header.contentBytes,
      availableBytes: header.headerBytes + available,
    });
  if (sizeUnknown) walk.tree.derive(node, 'sizeUnknown', true);
  if (element === undefined) return end;
  if (header.id === ids.crc32) await checkChecksum(state, parent, node, start, end);
  else if (element.kind !== 'm') await decodeElement(walk, node, element, start, contentBytes);
  if (element.kind !== 'm' || !walk.tree.mayDescend(node)) return end;

  const inside = { node, id: header.id, start, end, sizeUnknown };
  const reached =
    header.id === ids.cluster
      ? await walkCluster(walk, inside, state.blocks, (child, at) => walkElement(state, inside, child, at))
      : await walkElements(state, inside);
  if (!sizeUnknown) return end;
  walk.tree.resize(node, reached - offset);
  return reached;
}

/** RFC 8794 §11.3.1: over everything that follows in the parent, stored with its lowest byte first.
 * `matches` is absent where it was not worked out. */
async function checkChecksum(state: State, parent: Parent, node: number, start: number, end: number): Promise<void> {
  const { walk } = state;
  const stored = await walk.reader.read(start, Math.min(8, end - start));
  if (stored.length !== 4) {
    walk.tree.error('value-size-not-allowed', node, start, { bytes: end - start });
    return;
  }
  const storedValue = new DataView(stored.buffer, stored.byteOffset, 4).getUint32(0, true);
  const place = { offsetBytes: start, lengthBytes: 4 };
  walk.tree.addFields(node, [{ name: 'value', value: hex32(storedValue), ...place }]);
  const covered = parent.end - end;
  if (parent.sizeUnknown || covered > state.checksummedBytesLeft) return;
  state.checksummedBytesLeft -= covered;
  const computed = await checksumOf(walk, end, covered);
  walk.tree.derive(node, 'matches', computed === storedValue);
  if (computed !== storedValue)
    walk.tree.error('checksum-mismatch', node, start, { stored: hex32(storedValue), computed: hex32(computed) });
}

async function checksumOf(walk: WalkContext, offset: number, length: number): Promise<number> {
  let checksum = 0;
  for (let done = 0; done < length;) {
    const block = await walk.reader.read(offset + done, Math.min(1024 * 1024, length - done));
    if (block.length === 0) break;
    checksum = crc32(block, checksum);
    done += block.length;
  }
  return checksum;
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
