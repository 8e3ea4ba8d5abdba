import type { StructureBuilder } from '../structure-builder.ts';
import type { StructureNode } from '../structure.ts';

type Node = Omit<StructureNode, 'path'>;

/**
 * RFC 9559 §5.1.1, §5.1.5: seek entries and cues point at elements, counted from where the segment's contents begin. One that
 * points elsewhere was not updated when the file was changed, or was damaged.
 */
export function checkPositions(tree: StructureBuilder): void {
  const nodes = tree.nodes;
  const starts = new Map<number, string>();
  for (const node of nodes) if (node.depth <= 1) starts.set(node.offsetBytes, node.type);

  for (const node of nodes) {
    const target = targetOf(nodes, node);
    if (target === undefined) continue;
    const segment = segmentOf(nodes, node);
    if (segment === undefined) continue;
    const offset = segment.offsetBytes + segment.headerBytes + target.position;
    if (target.type === null || starts.get(offset) === target.type) continue;
    tree.error('position-wrong', node.id, node.offsetBytes, {
      points: offset,
      expected: target.type,
      found: starts.get(offset) ?? null,
    });
  }
}

function targetOf(nodes: readonly Node[], node: Node): { position: number; type: string | null } | undefined {
  const position = node.fields.find((field) => field.name === 'value')?.value;
  if (typeof position !== 'number') return undefined;
  if (node.type === 'CueClusterPosition') return { position, type: 'Cluster' };
  if (node.type !== 'SeekPosition') return undefined;
  // The id stands beside the position, in either order.
  const id = [nodes[node.id - 1], nodes[node.id + 1]].find((n) => n?.parent === node.parent && n.type === 'SeekID');
  const type = id?.fields.find((field) => field.name === 'element')?.value;
  return { position, type: typeof type === 'string' ? type : null };
}

function segmentOf(nodes: readonly Node[], node: Node): Node | undefined {
  let at: Node | undefined = node;
  while (at !== undefined && at.type !== 'Segment') at = nodes[at.parent];
  return at;
}
