import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/media/png.ts';

async function decoded(png: Uint8Array): Promise<{ data: Uint16Array; channels: number; depth: string | undefined }> {
  const meta = await sharp(png).metadata();
  const { data, info } = await sharp(png)
    .toColourspace(meta.space === 'grey16' || meta.space === 'rgb16' ? meta.space : meta.space)
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  return {
    data: new Uint16Array(data.buffer, data.byteOffset, data.length / 2),
    channels: info.channels,
    depth: meta.depth,
  };
}

describe('encodePng', () => {
  it('keeps 8-bit grey, RGB and RGBA exactly', async () => {
    for (const channels of [1, 3, 4] as const) {
      const data = Uint8Array.from({ length: 5 * 3 * channels }, (_, i) => (i * 37) % 256);
      const png = await encodePng({ width: 5, height: 3, channels, data });
      const back = await decoded(png);
      expect(back.depth).toBe('uchar');
      expect(back.channels).toBe(channels);
      expect([...back.data]).toEqual([...data]);
    }
  });

  it('keeps 16-bit grey exactly', async () => {
    const data = Uint16Array.from({ length: 12 }, (_, i) => i * 5461);
    const back = await decoded(await encodePng({ width: 4, height: 3, channels: 1, data }));
    expect(back.depth).toBe('ushort');
    expect([...back.data]).toEqual([...data]);
  });

  it('gives the same bytes for the same raster', async () => {
    const raster = { width: 64, height: 64, channels: 3 as const, data: new Uint8Array(64 * 64 * 3).fill(7) };
    expect(await encodePng(raster)).toEqual(await encodePng(raster));
  });

  it('refuses an array that does not fill the raster', async () => {
    await expect(encodePng({ width: 2, height: 2, channels: 1, data: new Uint8Array(3) })).rejects.toThrow(RangeError);
  });
});
