import { numberIn, type WholeTable } from '../parts/use-table.ts';

/** One value that the file states about itself. */
export interface MetadataValue {
  readonly origin: string;
  readonly tag: string;
  readonly id: string;
  readonly raw: string;
  readonly readable: string;
  readonly time: string;
  readonly zone: string;
  readonly offset?: number;
  readonly length?: number;
  /** A finding holds it against another value. */
  readonly conflict: boolean;
}

/** A line of the table: the head of an origin, or a value below it. */
export type MetadataLine =
  | {
      readonly kind: 'origin';
      readonly origin: string;
      readonly count: number;
      readonly conflict: boolean;
      readonly open: boolean;
    }
  | { readonly kind: 'value'; readonly value: MetadataValue };

/** The values of the metadata table. `conflicting` names them as findings do: `<origin> <tag>`. */
export function metadataValues(table: WholeTable, conflicting: ReadonlySet<string>): MetadataValue[] {
  const at = (id: string): number => table.columns.indexOf(id);
  const [origin, tag, id, raw, readable, time, zone] = ['origin', 'tag', 'id', 'raw', 'readable', 'time', 'zone'].map(
    at,
  );
  const [offset, length] = [at('offset'), at('length')];
  return table.rows.map((row) => {
    const cell = (i: number | undefined): string => String(row[i ?? -1] ?? '');
    const [offsetBytes, lengthBytes] = [numberIn(row, offset), numberIn(row, length)];
    return {
      origin: cell(origin),
      tag: cell(tag),
      id: cell(id),
      raw: cell(raw),
      readable: cell(readable),
      time: cell(time),
      zone: cell(zone),
      ...(offsetBytes === undefined ? {} : { offset: offsetBytes }),
      ...(lengthBytes === undefined ? {} : { length: lengthBytes }),
      conflict: conflicting.has(`${cell(origin)} ${cell(tag)}`),
    };
  });
}

/** Names of the values that inconsistent findings point to. */
export function conflictingNames(
  findings: readonly { readonly outcome: string; readonly places: readonly { readonly node?: string | undefined }[] }[],
): Set<string> {
  return new Set(
    findings
      .filter(({ outcome }) => outcome === 'inconsistent')
      .flatMap(({ places }) => places.map(({ node }) => node ?? '')),
  );
}

/** Values in which every searched word stands somewhere, whatever the case of its letters. */
export function searchValues(values: readonly MetadataValue[], search: string): readonly MetadataValue[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return values;
  return values.filter(({ origin, tag, id, raw, readable, time, zone }) => {
    const all = [origin, tag, id, raw, readable, time, zone].join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Values under their origins: origins with a conflict first, and in each the conflicting values first; else in file order. */
export function groupByOrigin(values: readonly MetadataValue[], closed: ReadonlySet<string>): MetadataLine[] {
  const groups = new Map<string, MetadataValue[]>();
  for (const value of values) {
    const known = groups.get(value.origin);
    if (known === undefined) groups.set(value.origin, [value]);
    else known.push(value);
  }
  const heads = [...groups].map(([origin, all]) => ({ origin, all, conflict: all.some(({ conflict }) => conflict) }));
  return heads
    .toSorted((a, b) => Number(b.conflict) - Number(a.conflict))
    .flatMap(({ origin, all, conflict }): MetadataLine[] => {
      const open = !closed.has(origin);
      const head = { kind: 'origin', origin, count: all.length, conflict, open } as const;
      const sorted = all.toSorted((a, b) => Number(b.conflict) - Number(a.conflict));
      return [head, ...(open ? sorted.map((value) => ({ kind: 'value', value }) as const) : [])];
    });
}

/** A value as one line of text: columns apart by tabs, as a spreadsheet takes them. */
export function valueAsText(value: MetadataValue): string {
  const { origin, tag, id, raw, readable, time, zone, offset, length } = value;
  return [origin, tag, id, raw, readable, time, zone, offset ?? '', length ?? '']
    .map((cell) => String(cell).replaceAll(/[\t\r\n]+/g, ' '))
    .join('\t');
}
