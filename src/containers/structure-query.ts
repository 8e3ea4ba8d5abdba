import type { FieldValue, Structure, StructureNode } from './structure.ts';

/** The first field of this name; undefined where the node (or the field) is not there. */
export function field(node: StructureNode | undefined, name: string): FieldValue | undefined {
  return node?.fields.find((candidate) => candidate.name === name)?.value;
}

/** The first field of this name where it is a number. */
export function numberField(node: StructureNode | undefined, name: string): number | undefined {
  const value = field(node, name);
  return typeof value === 'number' ? value : undefined;
}

/** The first field of this name where it is text. */
export function textField(node: StructureNode | undefined, name: string): string | undefined {
  const value = field(node, name);
  return typeof value === 'string' ? value : undefined;
}

/** All nodes of a type in file order. */
export function nodesOfType(structure: Structure, type: string): readonly StructureNode[] {
  return structure.nodes.filter((node) => node.type === type);
}

/** Direct children of a node (-1: of the file) in file order. Takes as long as there are nodes inside the parent. */
export function childrenOf(structure: Structure, parent: number): readonly StructureNode[] {
  const depth = structure.nodes[parent]?.depth ?? -1;
  const children: StructureNode[] = [];
  // Nodes stand in file order, so what is inside a node follows it without a gap.
  for (let id = parent + 1; id < structure.nodes.length; id++) {
    const node = structure.nodes[id];
    if (node === undefined || node.depth <= depth) break;
    if (node.parent === parent) children.push(node);
  }
  return children;
}

/**
 * The node at a path such as `moov/trak[1]/tkhd`, from the top or from inside a node. A segment without an index means the first sibling of that type, and
 * trailing spaces of a type may be left out (`fmt` for `fmt `). Undefined where there is none.
 */
export function findNode(structure: Structure, path: string, inside?: StructureNode): StructureNode | undefined {
  let node: StructureNode | undefined = inside;
  for (const segment of path.split('/')) {
    const match = /^(.*?)(?:\[(\d+)\])?$/s.exec(segment);
    const type = (match?.[1] ?? segment).trimEnd();
    const siblings = childrenOf(structure, node?.id ?? -1).filter((child) => child.type.trimEnd() === type);
    node = siblings[Number(match?.[2] ?? 0)];
    if (node === undefined) return undefined;
  }
  return node;
}
