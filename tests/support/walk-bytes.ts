import { bytesInMemory } from '../../src/base/bytes.ts';
import { findNode } from '../../src/containers/structure-query.ts';
import type { FieldValue, Structure, StructureNode } from '../../src/containers/structure.ts';
import { walkStructure } from '../../src/containers/walk-structure.ts';

export function walkBytes(bytes: Uint8Array): Promise<Structure> {
  return walkStructure(bytesInMemory(bytes));
}

/** The node at a path; throws where there is none, with the paths that there are. */
export function nodeAt(structure: Structure, path: string): StructureNode {
  const node = findNode(structure, path);
  if (node === undefined) throw new Error(`no ${path} among ${structure.nodes.map((n) => n.path).join(' ')}`);
  return node;
}

/** All fields of the node at a path, by name. */
export function fieldsAt(structure: Structure, path: string): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(nodeAt(structure, path).fields.map(({ name, value }) => [name, value]));
}

export function errorCodes(structure: Structure): readonly string[] {
  return structure.errors.map(({ code }) => code);
}
