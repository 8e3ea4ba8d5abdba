import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../../../renderer/workspace/panels/parts/use-table.ts';
import {
  ancestorsOf,
  fieldAtByte,
  flattenTree,
  nodeAtByte,
  readFields,
  readTree,
  searchTree,
} from '../../../../../renderer/workspace/panels/structure/structure-tree.ts';

const columns = ['id', 'parent', 'depth', 'type', 'path', 'offset', 'size', 'header', 'known'];
const node = (id: number, parent: number | null, type: string, offset: number, size: number): Cell[] => [
  ...[id, parent, 0, type, type, offset, size, 8],
  type !== 'odd!',
];
const movie = readTree({
  columns,
  rows: [
    node(1, null, 'ftyp', 0, 24),
    node(2, null, 'moov', 24, 100),
    node(3, 2, 'mvhd', 32, 40),
    node(4, 2, 'trak', 72, 52),
    node(5, 4, 'tkhd', 80, 44),
    node(6, null, 'odd!', 124, 10),
  ],
});
const types = (open: readonly number[]): string[] =>
  flattenTree(movie, new Set(open)).map(({ at, level }) => `${level} ${movie.nodes[at]?.type ?? ''}`);

describe('the tree of parts', () => {
  it('shows only the top when nothing is open', () => {
    expect(types([])).toEqual(['1 ftyp', '1 moov', '1 odd!']);
  });

  it('shows the parts inside an open part, in file order', () => {
    expect(types([1, 3])).toEqual(['1 ftyp', '1 moov', '2 mvhd', '2 trak', '3 tkhd', '1 odd!']);
  });

  it('hides what lies in a closed part, also where a part inside is open', () => {
    expect(types([3])).toEqual(['1 ftyp', '1 moov', '1 odd!']);
  });

  it('says the place of a part among those beside it', () => {
    const line = flattenTree(movie, new Set([1])).find(({ at }) => at === 3);
    expect(line).toMatchObject({ place: 2, of: 2, open: false });
  });

  it('knows the parts around a part, outermost first', () => {
    expect(ancestorsOf(movie, 4)).toEqual([1, 3]);
  });

  it('keeps whether a type is known', () => {
    expect(movie.nodes.map(({ known }) => known)).toEqual([true, true, true, true, true, false]);
  });

  it('finds parts by their type, whatever the case of the letters', () => {
    expect(searchTree(movie, 'KHD').map(({ at }) => at)).toEqual([4]);
  });

  it('lists every part exactly once when all are open, for any parents that a table may claim', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 40 })), { maxLength: 40 }), (parents) => {
        const tree = readTree({ columns, rows: parents.map((parent, i) => node(i, parent, 'x', 0, 1)) });
        const all = flattenTree(tree, new Set(tree.nodes.keys())).map(({ at }) => at);
        expect(all.toSorted((a, b) => a - b)).toEqual([...tree.nodes.keys()]);
      }),
    );
  });

  it('flattens 100,000 parts, 50,000 deep, without running out of stack', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => node(i, i === 0 || i > 50_000 ? null : i - 1, 'x', 0, 1));
    const tree = readTree({ columns, rows });
    expect(flattenTree(tree, new Set(tree.nodes.keys()))).toHaveLength(100_000);
  });
});

describe('a byte', () => {
  it('leads to the innermost part that holds it', () => {
    expect([0, 24, 40, 81, 123, 124, 200].map((offset) => nodeAtByte(movie, offset))).toEqual([
      ...[0, 1, 2, 4, 4, 5],
      undefined,
    ]);
  });

  it('leads to the smallest field that holds it', () => {
    const fields =
      readFields({
        columns: ['node', 'name', 'value', 'offset', 'length'],
        rows: [
          [3, 'all', 'x', 10, 20],
          [3, 'inner', 'y', 12, 2],
          [3, 'sum', '3', null, null],
          [4, 'other', 'z', 12, 1],
        ],
      }).get(3) ?? [];
    expect(fields).toHaveLength(3);
    expect([9, 10, 12, 13, 14, 29, 30].map((offset) => fieldAtByte(fields, offset))).toEqual([
      ...[undefined, 0, 1, 1, 0, 0],
      undefined,
    ]);
  });
});
