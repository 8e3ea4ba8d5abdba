import type { Entry } from './entry.ts';

export const sortKeys = ['name', 'size', 'modified', 'type'] as const;
export type SortKey = (typeof sortKeys)[number];

/** Entries in an order that a person asked for: folders always first, equal ones by name. */
export function sortEntries(entries: readonly Entry[], key: SortKey, down: boolean): Entry[] {
  const turn = down ? -1 : 1;
  const rank = ({ kind }: Entry): number => (kind === 'folder' ? 0 : 1);
  return [...entries].sort((a, b) => rank(a) - rank(b) || turn * by(key, a, b) || byName(a, b));
}

function by(key: SortKey, a: Entry, b: Entry): number {
  switch (key) {
    case 'name':
      return byName(a, b);
    case 'size':
      return (a.sizeBytes ?? -1) - (b.sizeBytes ?? -1);
    case 'modified':
      return (a.modifiedAt ?? '') < (b.modifiedAt ?? '') ? -1 : (a.modifiedAt ?? '') > (b.modifiedAt ?? '') ? 1 : 0;
    case 'type':
      return a.mediaType < b.mediaType ? -1 : a.mediaType > b.mediaType ? 1 : 0;
  }
}

/** Numbers inside names count as numbers, as people expect of `clip 2` and `clip 10`. */
const names = new Intl.Collator('und', { numeric: true, sensitivity: 'base' });

function byName(a: Entry, b: Entry): number {
  return names.compare(a.name, b.name) || (a.name < b.name ? -1 : 1);
}
