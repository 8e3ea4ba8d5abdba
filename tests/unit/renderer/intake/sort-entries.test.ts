import { describe, expect, it } from 'vitest';
import { sortEntries, type SortKey } from '../../../../renderer/intake/sort-entries.ts';

const entry = (name: string, kind: 'folder' | 'file', sizeBytes: number | null, modifiedAt: string | null) => ({
  name,
  path: `/${name}`,
  kind,
  sizeBytes,
  modifiedAt,
  mediaType: 'other' as const,
});
const entries = [
  entry('clip 10.mp4', 'file', 5, '2026-01-03T00:00:00.000Z'),
  entry('Clip 2.mp4', 'file', 9, '2026-01-01T00:00:00.000Z'),
  entry('zoo', 'folder', null, '2026-01-02T00:00:00.000Z'),
  entry('gone', 'file', null, null),
];
const names = (key: SortKey, down: boolean): string[] => sortEntries(entries, key, down).map(({ name }) => name);

describe('sortEntries', () => {
  it('puts folders first and reads numbers in names as numbers', () => {
    expect(names('name', false)).toEqual(['zoo', 'Clip 2.mp4', 'clip 10.mp4', 'gone']);
    expect(names('name', true)).toEqual(['zoo', 'gone', 'clip 10.mp4', 'Clip 2.mp4']);
  });

  it('sorts by size and by time, with unknown ones at the small end', () => {
    expect(names('size', true)).toEqual(['zoo', 'Clip 2.mp4', 'clip 10.mp4', 'gone']);
    expect(names('modified', false)).toEqual(['zoo', 'gone', 'Clip 2.mp4', 'clip 10.mp4']);
  });

  it('leaves the given list as it is', () => {
    names('size', true);
    expect(entries[0]?.name).toBe('clip 10.mp4');
  });
});
