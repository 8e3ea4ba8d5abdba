import { numberIn, type WholeTable } from '../parts/use-table.ts';

/** One part of the file as the container method lists it. */
export interface TreeNode {
  readonly id: number;
  readonly parent: number | null;
  readonly depth: number;
  readonly type: string;
  readonly path: string;
  readonly offset: number;
  readonly size: number;
  readonly header: number;
  /** The type stands in the format's documents. */
  readonly known: boolean;
  /** Positions of the parts inside it, in file order. */
  readonly children: readonly number[];
}

/** A field of a part; without an offset where its bytes are not one run. */
export interface NodeField {
  readonly name: string;
  readonly value: string;
  readonly offset?: number;
  readonly length?: number;
}

/** All parts, in file order: a part stands before those inside it. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
  readonly roots: readonly number[];
  readonly positionOf: ReadonlyMap<number, number>;
}

/** The tree of the table that the container method keeps. A parent that is not there makes a part stand at the top. */
export function readTree(table: WholeTable): Tree {
  const at = (id: string): number => table.columns.indexOf(id);
  const [id, parent, depth, type] = [at('id'), at('parent'), at('depth'), at('type')];
  const [path, offset, size, header, known] = [at('path'), at('offset'), at('size'), at('header'), at('known')];
  const positionOf = new Map(table.rows.map((row, i) => [numberIn(row, id) ?? i, i] as const));
  const children: number[][] = table.rows.map(() => []);
  const roots: number[] = [];
  table.rows.forEach((row, i) => {
    const above = positionOf.get(numberIn(row, parent) ?? Number.NaN);
    // A parent behind its child would make a ring; such a part stands at the top.
    if (above === undefined || above >= i) roots.push(i);
    else children[above]?.push(i);
  });
  const nodes = table.rows.map((row, i) => ({
    id: numberIn(row, id) ?? i,
    parent: numberIn(row, parent) ?? null,
    depth: numberIn(row, depth) ?? 0,
    type: String(row[type] ?? ''),
    path: String(row[path] ?? ''),
    offset: numberIn(row, offset) ?? 0,
    size: numberIn(row, size) ?? 0,
    header: numberIn(row, header) ?? 0,
    known: row[known] !== false,
    children: children[i] ?? [],
  }));
  return { nodes, roots, positionOf };
}

/** A part as it stands in the list. */
export interface TreeLine {
  /** Position of the part in {@link Tree.nodes}. */
  readonly at: number;
  readonly level: number;
  readonly open: boolean;
  /** Its place among the parts beside it, from 1. */
  readonly place: number;
  readonly of: number;
}

/** The parts that are in sight, in file order: those whose every parent is open. */
export function flattenTree(tree: Tree, open: ReadonlySet<number>): TreeLine[] {
  const lines: TreeLine[] = [];
  // An own stack: hostile files nest deeper than a call stack goes.
  const stack: { readonly list: readonly number[]; next: number; readonly level: number }[] = [
    { list: tree.roots, next: 0, level: 1 },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const at = top.list[top.next];
    if (at === undefined) {
      stack.pop();
      continue;
    }
    top.next += 1;
    const children = tree.nodes[at]?.children ?? [];
    const isOpen = open.has(at) && children.length > 0;
    lines.push({ at, level: top.level, open: isOpen, place: top.next, of: top.list.length });
    if (isOpen) stack.push({ list: children, next: 0, level: top.level + 1 });
  }
  return lines;
}

/** Parts in whose type or path every searched word stands, as a flat list. */
export function searchTree(tree: Tree, search: string): TreeLine[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = tree.nodes.flatMap(({ type, path }, at) => {
    const all = `${type}\n${path}`.toLowerCase();
    return words.every((word) => all.includes(word)) ? [at] : [];
  });
  return found.map((at, i) => ({ at, level: 1, open: false, place: i + 1, of: found.length }));
}

/** Positions of the parts around a part, outermost first. */
export function ancestorsOf(tree: Tree, at: number): number[] {
  const above: number[] = [];
  for (let node = tree.nodes[at]; node !== undefined && above.length <= tree.nodes.length;) {
    const parent = node.parent === null ? undefined : tree.positionOf.get(node.parent);
    if (parent === undefined) break;
    above.unshift(parent);
    node = tree.nodes[parent];
  }
  return above;
}

/** The smallest part that holds a byte; of equals the innermost. Undefined where none does. */
export function nodeAtByte(tree: Tree, offset: number): number | undefined {
  let best: number | undefined;
  tree.nodes.forEach((node, at) => {
    if (offset < node.offset || offset >= node.offset + node.size) return;
    if (best === undefined || node.size <= (tree.nodes[best]?.size ?? Infinity)) best = at;
  });
  return best;
}

/** Fields of each part by its number, from the table that the container method keeps. */
export function readFields(table: WholeTable): ReadonlyMap<number, readonly NodeField[]> {
  const at = (id: string): number => table.columns.indexOf(id);
  const [node, name, value, offset, length] = [at('node'), at('name'), at('value'), at('offset'), at('length')];
  const fields = new Map<number, NodeField[]>();
  for (const row of table.rows) {
    const id = numberIn(row, node) ?? -1;
    const [offsetBytes, lengthBytes] = [numberIn(row, offset), numberIn(row, length)];
    const field = {
      name: String(row[name] ?? ''),
      value: String(row[value] ?? ''),
      ...(offsetBytes === undefined ? {} : { offset: offsetBytes }),
      ...(lengthBytes === undefined ? {} : { length: lengthBytes }),
    };
    const known = fields.get(id);
    if (known === undefined) fields.set(id, [field]);
    else known.push(field);
  }
  return fields;
}

/** Position of the smallest field that holds a byte; undefined where none does. */
export function fieldAtByte(fields: readonly NodeField[], offset: number): number | undefined {
  let best: number | undefined;
  fields.forEach((field, at) => {
    if (field.offset === undefined) return;
    const length = field.length ?? 1;
    if (offset < field.offset || offset >= field.offset + length) return;
    if (best === undefined || length <= (fields[best]?.length ?? Infinity)) best = at;
  });
  return best;
}
