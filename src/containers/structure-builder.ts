import type {
  ContainerFormat,
  FieldValue,
  NodeField,
  Structure,
  StructureError,
  StructureNode,
  WalkBounds,
} from './structure.ts';
import { WalkStopped } from './walk-stopped.ts';

/** Errors kept; a hostile file can hold millions. The last one kept says how many more there were. */
const maxErrors = 5000;

export interface NodeDescription {
  /** -1 at the top. */
  readonly parent: number;
  readonly type: string;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly headerBytes: number;
  readonly known: boolean;
}

type Draft = NodeDescription & { readonly id: number; readonly depth: number; readonly fields: NodeField[] };
interface DraftError {
  readonly code: string;
  readonly offsetBytes: number;
  readonly node: number;
  readonly details: Readonly<Record<string, FieldValue>>;
}

/** Collects nodes and errors while a walker goes through a file, and keeps to the bounds. */
export class StructureBuilder {
  readonly #format: ContainerFormat;
  readonly #bounds: WalkBounds;
  readonly #nodes: Draft[] = [];
  readonly #errors: DraftError[] = [];
  #unkeptErrors = 0;
  #truncatedBy: Structure['truncatedBy'];
  #entriesLeft: number;

  constructor(format: ContainerFormat, bounds: WalkBounds) {
    this.#format = format;
    this.#bounds = bounds;
    this.#entriesLeft = Math.ceil(bounds.maxNodes / 4);
  }

  /** Adds a node and gives its id. Throws {@link WalkStopped} when there are as many as the bounds allow. */
  add(node: NodeDescription): number {
    if (this.#nodes.length >= this.#bounds.maxNodes) throw new WalkStopped('nodes');
    const id = this.#nodes.length;
    const depth = node.parent < 0 ? 0 : (this.#nodes[node.parent]?.depth ?? -1) + 1;
    this.#nodes.push({ ...node, id, depth, fields: [] });
    return id;
  }

  addFields(id: number, fields: readonly NodeField[]): void {
    const node = this.#nodes[id];
    for (const field of fields) node?.fields.push(field);
  }

  /** Sets the size of a node whose end is only known once it was walked. */
  resize(id: number, sizeBytes: number): void {
    const node = this.#nodes[id];
    if (node) this.#nodes[id] = { ...node, sizeBytes };
  }

  derive(id: number, name: string, value: FieldValue): void {
    this.#nodes[id]?.fields.push({ name, value });
  }

  error(code: string, node: number, offsetBytes: number, details: Readonly<Record<string, FieldValue>> = {}): void {
    if (this.#errors.length < maxErrors) this.#errors.push({ code, offsetBytes, node, details });
    else this.#unkeptErrors++;
  }

  /** Whether a node's children may be walked. When they lie too deep, an error says so. */
  mayDescend(id: number): boolean {
    const node = this.#nodes[id];
    if (node === undefined) return false;
    if (node.depth + 1 < this.#bounds.maxDepth) return true;
    this.#truncatedBy ??= 'depth';
    this.error('too-deep', id, node.offsetBytes, { depth: node.depth });
    return false;
  }

  /**
   * How many of a table's entries may be decoded into fields: bounded per node, and over the whole walk, because a
   * file of thousands of fragments has thousands of short tables.
   */
  takeTableEntries(count: number, perNode = this.#bounds.maxTableEntries): number {
    const taken = Math.min(count, perNode, this.#entriesLeft);
    this.#entriesLeft -= taken;
    return taken;
  }

  stoppedBy(bound: 'nodes' | 'bytes'): void {
    this.#truncatedBy = bound;
  }

  /** Nodes as they are so far, without paths: for checks that look across the tree. */
  get nodes(): readonly Omit<StructureNode, 'path'>[] {
    return this.#nodes;
  }

  finish(): Structure {
    const paths = pathsOf(this.#nodes);
    const errors: StructureError[] = this.#errors.map(({ code, offsetBytes, node, details }) => ({
      code,
      offsetBytes,
      path: paths[node] ?? '',
      details,
    }));
    if (this.#unkeptErrors > 0)
      errors.push({ code: 'more-errors', offsetBytes: 0, path: '', details: { count: this.#unkeptErrors } });
    return {
      format: this.#format,
      nodes: this.#nodes.map((draft) => ({ ...draft, path: paths[draft.id] ?? '' })),
      errors,
      ...(this.#truncatedBy === undefined ? {} : { truncatedBy: this.#truncatedBy }),
    };
  }
}

/** `moov/trak[1]/tkhd`: an index from 0 on every node that has a sibling of its own type. */
function pathsOf(nodes: readonly Draft[]): readonly string[] {
  const keyOf = (node: Draft): string => `${node.parent} ${node.type}`;
  const total = new Map<string, number>();
  for (const node of nodes) total.set(keyOf(node), (total.get(keyOf(node)) ?? 0) + 1);

  const seen = new Map<string, number>();
  const paths: string[] = [];
  for (const node of nodes) {
    const key = keyOf(node);
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    const name = (total.get(key) ?? 0) > 1 ? `${node.type}[${index}]` : node.type;
    const parentPath = paths[node.parent];
    paths.push(parentPath === undefined ? name : `${parentPath}/${name}`);
  }
  return paths;
}
