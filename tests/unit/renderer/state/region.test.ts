import { describe, expect, it } from 'vitest';
import { adjustRegion } from '../../../../renderer/state/region.ts';

const region = { exhibit: 'E001', x: 10, y: 20, width: 30, height: 40 };
const picture = { width: 100, height: 80 };

describe('adjustRegion', () => {
  it('moves and grows by whole pixels', () => {
    expect(adjustRegion(region, { x: 1, y: -1 }, picture)).toEqual({ ...region, x: 11, y: 19 });
    expect(adjustRegion(region, { width: 5 }, picture)).toEqual({ ...region, width: 35 });
  });

  it('stays inside the picture and at least a pixel large', () => {
    expect(adjustRegion(region, { x: 500, y: 500 }, picture)).toEqual({ ...region, x: 70, y: 40 });
    expect(adjustRegion(region, { width: -500, height: 500 }, picture)).toEqual({
      ...region,
      y: 0,
      width: 1,
      height: 80,
    });
  });
});
