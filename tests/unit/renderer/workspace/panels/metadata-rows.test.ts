import { describe, expect, it } from 'vitest';
import {
  conflictingNames,
  groupByOrigin,
  metadataValues,
  searchValues,
  valueAsText,
} from '../../../../../renderer/workspace/panels/metadata/metadata-rows.ts';

const table = {
  columns: ['origin', 'tag', 'id', 'raw', 'readable', 'time', 'zone', 'offset', 'length', 'valueOffset'],
  rows: [
    ['exif/ifd0', 'Make', '271', 'Canon', 'Canon', null, null, 40, 12, 90],
    ['exif/ifd0', 'Software', '305', 'GIMP\t2', 'GIMP 2', null, null, 52, 12, null],
    ['xmp', 'CreateDate', null, '2008', '2008', '2008-01-01', 'zone-unknown', null, null, null],
    ['xmp', 'ModifyDate', null, '2009', '2009', null, null, null, null, null],
  ],
};
const conflicting = conflictingNames([
  { outcome: 'inconsistent', places: [{ node: 'xmp ModifyDate' }, {}] },
  { outcome: 'consistent', places: [{ node: 'exif/ifd0 Make' }] },
]);
const values = metadataValues(table, conflicting);
const names = (lines: ReturnType<typeof groupByOrigin>): string[] =>
  lines.map((line) => (line.kind === 'origin' ? `[${line.origin} ${line.count}]` : line.value.tag));

describe('the metadata table', () => {
  it('puts an origin with a conflict first, and in it the conflicting value', () => {
    expect(names(groupByOrigin(values, new Set()))).toEqual([
      ...['[xmp 2]', 'ModifyDate', 'CreateDate'],
      ...['[exif/ifd0 2]', 'Make', 'Software'],
    ]);
  });

  it('takes only inconsistent findings for conflicts', () => {
    expect(values.filter(({ conflict }) => conflict).map(({ tag }) => tag)).toEqual(['ModifyDate']);
  });

  it('hides the values of a folded origin and still counts them', () => {
    expect(names(groupByOrigin(values, new Set(['xmp'])))).toEqual(['[xmp 2]', '[exif/ifd0 2]', 'Make', 'Software']);
  });

  it('finds values in which every word stands somewhere', () => {
    expect(searchValues(values, ' EXIF gimp').map(({ tag }) => tag)).toEqual(['Software']);
    expect(searchValues(values, '')).toHaveLength(4);
  });

  it('copies a row as one line, whatever the value holds', () => {
    const [, software] = values;
    expect(software && valueAsText(software)).toBe('exif/ifd0\tSoftware\t305\tGIMP 2\tGIMP 2\t\t\t52\t12');
  });
});
