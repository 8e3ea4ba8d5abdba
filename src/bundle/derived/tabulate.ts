import type { Artefact } from '../../base/artefact.ts';
import { decodeNpy } from '../../base/npy.ts';
import type { Cell } from './csv.ts';

/** A series, a table or a list of events as rows and columns. */
export interface Tabulated {
  readonly columns: readonly { readonly id: string; readonly unit: string }[];
  rows(): Iterable<readonly Cell[]>;
}

/**
 * The rows of an artefact; undefined for what is no table: pictures, and sound, which has a file format of its own.
 * Throws where the bytes are not what the artefact says.
 */
export function tabulate(artefact: Artefact, bytes: Uint8Array): Tabulated | undefined {
  switch (artefact.kind) {
    case 'series':
      if (artefact.mediaType === 'audio/wav') return undefined;
      return artefact.mediaType === 'application/x-npy'
        ? fromNpy(artefact.columns, bytes)
        : fromColumns(artefact.columns, bytes);
    case 'table':
      return fromRows(artefact.columns, bytes);
    case 'event':
      return fromEvents(bytes);
    case 'map':
      return undefined;
  }
}

function fromNpy(columns: Tabulated['columns'], bytes: Uint8Array): Tabulated {
  const { values, shape } = decodeNpy(bytes);
  const [rows = 0, width = 1] = shape;
  if (shape.length > 2 || width !== columns.length) throw new RangeError('not the columns that it should have');
  return {
    columns,
    *rows() {
      for (let row = 0; row < rows; row += 1) yield Array.from(values.subarray(row * width, (row + 1) * width));
    },
  };
}

function fromColumns(columns: Tabulated['columns'], bytes: Uint8Array): Tabulated {
  const stored = (parse(bytes) as { columns?: Record<string, unknown> }).columns ?? {};
  const values = columns.map(({ id }) => {
    const column = Object.hasOwn(stored, id) ? stored[id] : undefined;
    if (!Array.isArray(column)) throw new RangeError(`no column ${id}`);
    return column as readonly unknown[];
  });
  return {
    columns,
    *rows() {
      for (let row = 0; row < (values[0]?.length ?? 0); row += 1) yield values.map((column) => cellOf(column[row]));
    },
  };
}

function fromRows(columns: Tabulated['columns'], bytes: Uint8Array): Tabulated {
  const { rows } = parse(bytes) as { rows?: unknown };
  if (!Array.isArray(rows)) throw new RangeError('no rows');
  return {
    columns,
    *rows() {
      for (const row of rows as readonly unknown[]) yield Array.isArray(row) ? row.map(cellOf) : [];
    },
  };
}

function fromEvents(bytes: Uint8Array): Tabulated {
  const { events } = parse(bytes) as { events?: unknown };
  if (!Array.isArray(events)) throw new RangeError('no events');
  const list = events as readonly Readonly<Record<string, unknown>>[];
  const first = ['startMs', 'endMs', 'label'];
  const others = new Set(list.flatMap((event) => Object.keys(event)).filter((name) => !first.includes(name)));
  const names = [...first, ...[...others].sort()];
  return {
    columns: names.map((id) => ({ id, unit: id.endsWith('Ms') ? 'ms' : 'text' })),
    *rows() {
      for (const event of list) yield names.map((name) => cellOf(event[name]));
    },
  };
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
