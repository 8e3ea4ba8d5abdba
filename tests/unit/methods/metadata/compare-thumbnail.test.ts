import { describe, expect, it } from 'vitest';
import type { GreyPicture } from '../../../../src/media/reduce-picture.ts';
import { compareThumbnail } from '../../../../src/methods/metadata/compare-thumbnail.ts';
import { greyRaster, orient, resample, summed, type Rect } from '../../../../src/methods/metadata/grey-raster.ts';

/** A scene of discs at places that the seed picks, on a slope of light. */
function scene(seed: number, width = 150, height = 100): GreyPicture {
  let state = seed;
  const next = (): number => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 8) / 2 ** 24;
  const discs = Array.from({ length: 14 }, () => [next() * width, next() * height, 4 + next() * 14, 40 + next() * 200]);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let value = 60 + (x / width) * 60;
      for (const [cx = 0, cy = 0, r = 0, level = 0] of discs) if ((x - cx) ** 2 + (y - cy) ** 2 < r * r) value = level;
      data[y * width + x] = value;
    }
  }
  return { width, height, data };
}

function scaled(picture: GreyPicture, width: number, height: number, area?: Rect): GreyPicture {
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const small = resample(summed(greyRaster(picture)), area ?? whole, width, height);
  return { width, height, data: Uint8Array.from(small.data) };
}

describe('compareThumbnail', () => {
  it('knows a picture made smaller', () => {
    const result = compareThumbnail({ picture: scene(1), thumbnail: scaled(scene(1), 80, 53) });
    expect(result).toMatchObject({ orientation: 1, fit: 'whole' });
    expect(result.detailCorrelation).toBeGreaterThan(0.95);
  });

  it('tells another picture', () => {
    const result = compareThumbnail({ picture: scene(1), thumbnail: scaled(scene(2), 80, 53) });
    expect(result.detailCorrelation).toBeLessThan(0.4);
    expect(result.part).toBeUndefined();
  });

  it('sees through dark bars on all sides', () => {
    const small = scaled(scene(3), 72, 48);
    const data = new Uint8Array(80 * 60);
    for (let y = 0; y < 48; y += 1) data.set(small.data.subarray(y * 72, (y + 1) * 72), (y + 5) * 80 + 4);
    const result = compareThumbnail({ picture: scene(3), thumbnail: { width: 80, height: 60, data } });
    expect(result.fit).toBe('inside-bars');
    expect(result.detailCorrelation).toBeGreaterThan(0.95);
  });

  it('knows the middle of the picture where the thumbnail has another aspect', () => {
    const middle = scaled(scene(4), 80, 60, { x: 150 / 18, y: 0, width: (150 * 8) / 9, height: 100 });
    const result = compareThumbnail({ picture: scene(4), thumbnail: middle });
    expect(result.fit).toBe('middle-of-picture');
    expect(result.detailCorrelation).toBeGreaterThan(0.9);
  });

  it('finds the orientation by which one of the two was turned', () => {
    for (const orientation of [2, 3, 6, 8]) {
      const turned = orient(greyRaster(scene(5)), orientation);
      const thumbnail = scaled({ ...turned, data: Uint8Array.from(turned.data) }, turned.width / 2, turned.height / 2);
      expect(compareThumbnail({ picture: scene(5), thumbnail }).orientation).toBe(orientation);
    }
  });

  it('finds the picture as a part of a thumbnail that shows more', () => {
    const original = scene(6, 160, 120);
    const area = { x: 40, y: 24, width: 96, height: 72 };
    const cropped = scaled(original, 96, 72, area);
    const result = compareThumbnail({ picture: cropped, thumbnail: scaled(original, 128, 96) });
    expect(result.part).toBeDefined();
    expect(result.part?.x).toBeCloseTo(0.25, 1);
    expect(result.part?.y).toBeCloseTo(0.2, 1);
    expect(result.part?.width).toBeCloseTo(0.6, 1);
  });

  it('withstands a change of light', () => {
    const darker = scene(7);
    const thumbnail = scaled({ ...darker, data: darker.data.map((value) => value * 0.5 + 20) }, 80, 53);
    expect(compareThumbnail({ picture: scene(7), thumbnail }).detailCorrelation).toBeGreaterThan(0.9);
  });

  it('says how flat a picture is, and handles one of a single pixel', () => {
    const flat = { width: 40, height: 30, data: new Uint8Array(1200).fill(90) };
    expect(compareThumbnail({ picture: flat, thumbnail: scaled(scene(8), 40, 30) }).contrast).toBe(0);
    const one = { width: 1, height: 1, data: Uint8Array.of(7) };
    expect(compareThumbnail({ picture: one, thumbnail: scaled(scene(8), 40, 30) }).contrast).toBe(0);
    expect(compareThumbnail({ picture: scene(8), thumbnail: one }).contrast).toBe(0);
  });
});

describe('resample', () => {
  it('averages exactly, also between pixels', () => {
    const raster = summed({ width: 4, height: 1, data: Float32Array.of(0, 10, 20, 30) });
    expect([...resample(raster, { x: 0, y: 0, width: 4, height: 1 }, 2, 1).data]).toEqual([5, 25]);
    expect([...resample(raster, { x: 0.5, y: 0, width: 2, height: 1 }, 1, 1).data]).toEqual([10]);
  });
});
