import { describe, expect, it } from 'vitest';
import { scaledTable, standardTableOf } from '../../../../src/containers/jpeg/quantisation-tables.ts';

describe('standard quantisation tables', () => {
  it('at quality 50 are those of the recommendation, in stored order', () => {
    expect(scaledTable('luminance', 50).slice(0, 10)).toEqual([16, 11, 12, 14, 12, 10, 16, 14, 13, 14]);
    expect(scaledTable('chrominance', 50).slice(0, 6)).toEqual([17, 18, 18, 24, 21, 24]);
  });

  it('at quality 75 begin as libjpeg writes them', () => {
    expect(scaledTable('luminance', 75).slice(0, 8)).toEqual([8, 6, 6, 7, 6, 5, 8, 7]);
    expect(scaledTable('chrominance', 75).slice(0, 8)).toEqual([9, 9, 9, 12, 11, 12, 24, 13]);
  });

  it('are recognised at every quality', () => {
    for (const table of ['luminance', 'chrominance'] as const) {
      for (let quality = 1; quality <= 100; quality++) {
        const found = standardTableOf(scaledTable(table, quality), table === 'chrominance');
        // At 8 bits the chrominance tables of qualities 1 to 3 are the same: the highest stands for all.
        const expected = table === 'chrominance' ? Math.max(3, quality) : quality;
        expect(found, `${table} ${quality}`).toEqual({ table, quality: expected });
      }
    }
  });

  it('are recognised at low qualities without the limit of 8 bits', () => {
    const wide = scaledTable('luminance', 5, 32_767);
    expect(Math.max(...wide)).toBeGreaterThan(255);
    expect(standardTableOf(wide, false)).toEqual({ table: 'luminance', quality: 5 });
  });

  it('are not seen in tables of another length', () => {
    expect(standardTableOf(scaledTable('luminance', 75).slice(0, 63), false)).toBeUndefined();
    expect(standardTableOf([], false)).toBeUndefined();
  });
});
