import type { WalkContext } from '../walk-context.ts';
import { readBlockHead } from './block-head.ts';
import { endsUnknownSize, ids } from './element-catalogue.ts';
import { readElementHeader, readVariableInteger, type ElementHeader } from './read-element-header.ts';

/** What is left to spend on blocks: there are as many as packets, and a node for each would be a second packet list. */
export interface BlockBudget {
  /** Blocks whose heads may be read and counted, over the whole file. */
  counted: number;
  /** Blocks that may become nodes, over the whole file. */
  listed: number;
}

export interface Cluster {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly sizeUnknown: boolean;
}

interface Counts {
  blocks: number;
  keyBlocks: number;
  readonly byTrack: Map<number, number>;
}

/**
 * Walks one cluster (RFC 9559 §5.1.3). Its timestamps become nodes, its blocks are counted by track, and the first blocks
 * of the file become nodes too; `keep` makes a node of one and gives the offset behind it. A cluster of unknown size is
 * followed to where it ends. Gives its end.
 */
export async function walkCluster(
  walk: WalkContext,
  cluster: Cluster,
  budget: BlockBudget,
  keep: (header: ElementHeader, offset: number) => Promise<number>,
): Promise<number> {
  const counts: Counts = { blocks: 0, keyBlocks: 0, byTrack: new Map() };
  let offset = cluster.start;
  let complete = true;
  while (offset < cluster.end) {
    const header = await readElementHeader(walk.reader, offset, cluster.end);
    if (header === undefined) {
      walk.tree.error('not-an-element', cluster.node, offset, { lengthBytes: cluster.end - offset });
      offset = cluster.end;
      break;
    }
    if (cluster.sizeUnknown && endsUnknownSize(ids.cluster, header.id)) break;
    const isBlock = header.id === ids.simpleBlock || header.id === ids.blockGroup;
    if (isBlock && budget.counted <= 0 && !cluster.sizeUnknown) {
      complete = false;
      offset = cluster.end;
      break;
    }
    if (isBlock) await countBlock(walk, header, offset, counts, budget);
    if (!isBlock || budget.listed-- > 0) offset = await keep(header, offset);
    else offset = passOver(walk, cluster, header, offset);
  }
  describe(walk, cluster.node, counts, complete);
  return offset;
}

function passOver(walk: WalkContext, cluster: Cluster, header: ElementHeader, offset: number): number {
  const available = cluster.end - offset;
  const sizeBytes = header.contentBytes === undefined ? available : header.headerBytes + header.contentBytes;
  if (sizeBytes > available)
    walk.tree.error('size-beyond-parent', cluster.node, offset, {
      declaredBytes: sizeBytes,
      availableBytes: available,
    });
  return offset + Math.min(sizeBytes, available);
}

async function countBlock(
  walk: WalkContext,
  header: ElementHeader,
  offset: number,
  counts: Counts,
  budget: BlockBudget,
): Promise<void> {
  budget.counted--;
  counts.blocks++;
  const bytes = await walk.reader.read(offset + header.headerBytes, 24);
  let at = 0;
  if (header.id === ids.blockGroup) {
    // Nearly every writer puts the block first in its group; where it is not, the track is left uncounted.
    const size = bytes[0] === ids.block ? readVariableInteger(bytes, 1, 8) : undefined;
    if (size === undefined) return;
    at = 1 + size.length;
  }
  const head = readBlockHead(bytes, at);
  if (head === undefined) return;
  counts.byTrack.set(head.track, (counts.byTrack.get(head.track) ?? 0) + 1);
  if (header.id === ids.simpleBlock && (head.flags & 0x80) !== 0) counts.keyBlocks++;
}

function describe(walk: WalkContext, node: number, counts: Counts, complete: boolean): void {
  walk.tree.derive(node, 'blocks', counts.blocks);
  walk.tree.derive(node, 'keyBlocks', counts.keyBlocks);
  walk.tree.derive(node, 'allBlocksCounted', complete);
  // SECURITY: a hostile file can name a different track in every block.
  const tracks = [...counts.byTrack].sort(([a], [b]) => a - b).slice(0, 64);
  for (const [track, count] of tracks) walk.tree.derive(node, `blocksOfTrack[${track}]`, count);
}
