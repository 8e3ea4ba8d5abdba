import { canonicalJsonFile } from '../../base/canonical-json.ts';
import type { FieldValue, Structure } from '../../containers/structure.ts';
import type { MethodContext, NewArtefact } from '../method.ts';

type Cell = string | number | boolean | null;
type Column = { readonly id: string; readonly unit: 'text' | '1' | 'bytes' };

/** Fields kept in the table at most: a person reads them, and the nodes themselves are all there. */
export const maxFieldRows = 300_000;

const nodeColumns: readonly Column[] = [
  { id: 'id', unit: '1' },
  { id: 'parent', unit: '1' },
  { id: 'depth', unit: '1' },
  { id: 'type', unit: 'text' },
  { id: 'path', unit: 'text' },
  { id: 'offset', unit: 'bytes' },
  { id: 'size', unit: 'bytes' },
  { id: 'header', unit: 'bytes' },
  { id: 'known', unit: 'text' },
];
const fieldColumns: readonly Column[] = [
  { id: 'node', unit: '1' },
  { id: 'name', unit: 'text' },
  { id: 'value', unit: 'text' },
  { id: 'offset', unit: 'bytes' },
  { id: 'length', unit: 'bytes' },
];
const errorColumns: readonly Column[] = [
  { id: 'code', unit: 'text' },
  { id: 'offset', unit: 'bytes' },
  { id: 'path', unit: 'text' },
  { id: 'details', unit: 'text' },
];

/** Keeps the tree of nodes, their fields, and the errors as three tables: `structure`, `fields`, `errors`. */
export async function keepStructureTables(context: MethodContext, structure: Structure): Promise<void> {
  const nodes = structure.nodes.map((node): Cell[] => [
    node.id,
    node.parent,
    node.depth,
    node.type,
    node.path,
    node.offsetBytes,
    node.sizeBytes,
    node.headerBytes,
    node.known,
  ]);
  await keepTable(context, 'structure', nodeColumns, nodes, 'depth');
  await keepTable(context, 'fields', fieldColumns, fieldRows(structure));
  const errors = structure.errors.map((error): Cell[] => [
    error.code,
    error.offsetBytes,
    error.path,
    Object.entries(error.details)
      .map(([name, value]) => `${name}=${textOf(value)}`)
      .join(' '),
  ]);
  await keepTable(context, 'errors', errorColumns, errors);
}

function fieldRows(structure: Structure): Cell[][] {
  const rows: Cell[][] = [];
  for (const node of structure.nodes) {
    for (const { name, value, offsetBytes, lengthBytes } of node.fields) {
      if (rows.length >= maxFieldRows) return rows;
      rows.push([node.id, name, value, offsetBytes ?? null, lengthBytes ?? null]);
    }
  }
  return rows;
}

function textOf(value: FieldValue): string {
  return value === null ? 'null' : String(value);
}

async function keepTable(
  context: MethodContext,
  name: string,
  columns: readonly Column[],
  rows: Cell[][],
  depthColumn?: string,
): Promise<void> {
  const artefact: NewArtefact = {
    kind: 'table',
    name,
    title: name,
    mediaType: 'application/json',
    columns: [...columns],
    rows: rows.length,
    ...(depthColumn === undefined ? {} : { depthColumn }),
  };
  const json = canonicalJsonFile({ columns: columns.map(({ id }) => id), rows });
  await context.keep(artefact, new TextEncoder().encode(json));
}
