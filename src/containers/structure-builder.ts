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
/** Characters kept in all fields together. */
const maxCharacters = 16 * 1024 * 1024;
/** Fields kept for each node that the bounds allow, on average. */
const fieldsPerNode = 5;

export interface NodeDescription {
  /** -1 at the top. */
  readonly parent: number;
  readonly type: string;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly headerBytes: number;
  readonly known: boolean;
}

/** A node in the making: its size may still be found out, its path is known at the end. */
interface Draft extends Omit<StructureNode, 'path' | 'sizeBytes' | 'fields'> {
  sizeBytes: number;
  path: string;
  readonly fields: NodeField[];
}
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
  #fieldsLeft: number;
  #charactersLeft = maxCharacters;
  #fieldsDropped = false;

  constructor(format: ContainerFormat, bounds: WalkBounds) {
    this.#format = format;
    this.#bounds = bounds;
    this.#entriesLeft = Math.ceil(bounds.maxNodes / 4);
    this.#fieldsLeft = bounds.maxNodes * fieldsPerNode;
  }

  /** Adds a node and gives its id. Throws {@link WalkStopped} when there are as many as the bounds allow. */
  add(node: NodeDescription): number {
    if (this.#nodes.length >= this.#bounds.maxNodes) throw new WalkStopped('nodes');
    const id = this.#nodes.length;
    const depth = node.parent < 0 ? 0 : (this.#nodes[node.parent]?.depth ?? -1) + 1;
    // Written out, not spread: this is the hot path of a file with very many parts.
    this.#nodes.push({
      id,
      parent: node.parent,
      depth,
      type: node.type,
      path: '',
      offsetBytes: node.offsetBytes,
      sizeBytes: node.sizeBytes,
      headerBytes: node.headerBytes,
      known: node.known,
      fields: [],
    });
    return id;
  }

  addFields(id: number, fields: readonly NodeField[]): void {
    const node = this.#nodes[id];
    for (const field of fields) {
      // SECURITY: a file of nothing but tables and texts must not become a list of them many times its size.
      const characters = typeof field.value === 'string' ? field.value.length : 0;
      if (this.#fieldsLeft <= 0 || characters > this.#charactersLeft) {
        if (!this.#fieldsDropped) this.error('fields-not-kept', id, node?.offsetBytes ?? 0);
        this.#fieldsDropped = true;
        return;
      }
      this.#fieldsLeft--;
      this.#charactersLeft -= characters;
      node?.fields.push(field);
    }
  }

  /** Sets the size of a node whose end is only known once it was walked. */
  resize(id: number, sizeBytes: number): void {
    const node = this.#nodes[id];
    if (node) node.sizeBytes = sizeBytes;
  }

  derive(id: number, name: string, value: FieldValue): void {
    this.addFields(id, [{ name, value }]);
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
    setPaths(this.#nodes);
    const errors: StructureError[] = this.#errors.map(({ code, offsetBytes, node, details }) => ({
      code,
      offsetBytes,
      path: this.#nodes[node]?.path ?? '',
      details,
    }));
    if (this.#unkeptErrors > 0)
      errors.push({ code: 'more-errors', offsetBytes: 0, path: '', details: { count: this.#unkeptErrors } });
    return {
      format: this.#format,
      nodes: this.#nodes,
      errors,
      ...(this.#truncatedBy === undefined ? {} : { truncatedBy: this.#truncatedBy }),
    };
  }
}

/** `moov/trak[1]/tkhd`: an index from 0 on every node that has a sibling of its own type. */
function setPaths(nodes: readonly Draft[]): void {
  // Siblings of one type share a key: numbers, as there may be hundreds of thousands.
  const typeNumbers = new Map<string, number>();
  for (const { type } of nodes) if (!typeNumbers.has(type)) typeNumbers.set(type, typeNumbers.size);
  const keyOf = (node: Draft): number => (node.parent + 1) * typeNumbers.size + (typeNumbers.get(node.type) ?? 0);
  const total = new Map<number, number>();
  for (const node of nodes) total.set(keyOf(node), (total.get(keyOf(node)) ?? 0) + 1);

  const seen = new Map<number, number>();
  for (const node of nodes) {
    const key = keyOf(node);
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    const name = (total.get(key) ?? 0) > 1 ? `${node.type}[${index}]` : node.type;
    const parent = nodes[node.parent];
    node.path = parent === undefined ? name : `${parent.path}/${name}`;
  }
}
