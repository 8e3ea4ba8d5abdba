import { describe, expect, it } from 'vitest';
import { amplify } from '../../../../../src/methods/ela/amplify.ts';
import {
  differenceMap,
  drawnEvery,
  gainTable,
  mapRaster,
  pictureRaster,
} from '../../../../../renderer/workspace/viewers/raster.ts';

describe('rasters', () => {
  it('keep every value of a picture', () => {
    const rgb = Uint8Array.from([0, 128, 255, 1, 2, 3]);
    expect([...pictureRaster(2, 1, rgb).rgba]).toEqual([0, 128, 255, 255, 1, 2, 3, 255]);
  });

  it('draw every n-th pixel of a picture that no canvas can hold', () => {
    expect([drawnEvery(8000, 6000), drawnEvery(30_000, 100), drawnEvery(12_000, 9000)]).toEqual([1, 2, 2]);
    const rgb = Uint8Array.from({ length: 4 * 2 * 3 }, (_, i) => i);
    expect([...pictureRaster(4, 2, rgb, 2).rgba]).toEqual([0, 1, 2, 255, 6, 7, 8, 255]);
  });

  it('amplify a map by the same rounding as the method that keeps an amplified one', () => {
    const levels = Uint8Array.from({ length: 256 }, (_, i) => i);
    for (const scale of [1, 1.5, 15, 33.3])
      expect([...gainTable(scale)]).toEqual([...amplify({ map: levels.slice(), scale })]);
    const map = { width: 2, height: 1, channels: 1, data: Uint8Array.from([3, 200]) } as const;
    expect([...mapRaster(map, 15, 'grey').rgba]).toEqual([45, 45, 45, 255, 255, 255, 255, 255]);
    expect([...mapRaster(map, 85, 'viridis').rgba.subarray(0, 3)]).toEqual([0xfd, 0xe7, 0x25]);
  });

  it('show three channels as three colours', () => {
    const map = { width: 1, height: 1, channels: 3, data: Uint8Array.from([1, 2, 30]) } as const;
    expect([...mapRaster(map, 10, 'magma').rgba]).toEqual([10, 20, 255, 255]);
  });

  it('give the largest difference of a pixel, and none for pictures of two sizes', () => {
    const a = { width: 2, height: 1, rgb: Uint8Array.from([10, 20, 30, 5, 5, 5]) };
    const b = { width: 2, height: 1, rgb: Uint8Array.from([12, 11, 30, 5, 5, 250]) };
    expect([...(differenceMap(a, b)?.data ?? [])]).toEqual([9, 245]);
    expect(differenceMap(a, { width: 1, height: 2, rgb: b.rgb })).toBeUndefined();
  });
});
