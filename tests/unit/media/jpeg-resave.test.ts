import { describe, expect, it } from 'vitest';
import { resavedRows, type ResaveSettings, type RgbPicture } from '../../../src/media/jpeg-resave.ts';
import { goldenPicture } from '../methods/ela/golden-picture.ts';

/** The asked rows alone. */
async function rowsOf(
  picture: RgbPicture,
  settings: ResaveSettings,
  firstRow: number,
  rows: number,
): Promise<Uint8Array> {
  const { data, offset } = await resavedRows(picture, settings, firstRow, rows);
  return data.subarray(offset, offset + Math.min(rows, picture.height - firstRow) * picture.width * 3);
}

describe('resavedRows', () => {
  for (const chromaSubsampling of ['4:2:0', '4:4:4'] as const) {
    for (const quality of [1, 50, 90, 100]) {
      it(`gives strip by strip what the whole picture gives (${chromaSubsampling}, quality ${String(quality)})`, async () => {
        const settings: ResaveSettings = { quality, chromaSubsampling };
        const picture = goldenPicture();
        const whole = await rowsOf(picture, settings, 0, picture.height);
        expect(whole.length).toBe(picture.data.length);
        const strips: Uint8Array[] = [];
        for (let row = 0; row < picture.height; row += 48) strips.push(await rowsOf(picture, settings, row, 48));
        expect(Buffer.concat(strips).equals(Buffer.from(whole))).toBe(true);
      });
    }
  }

  it('changes little at quality 100 and much at quality 1', async () => {
    const picture = goldenPicture();
    const error = async (quality: number): Promise<number> => {
      const rows = await rowsOf(picture, { quality, chromaSubsampling: '4:4:4' }, 0, picture.height);
      return rows.reduce((sum, value, i) => sum + Math.abs(value - picture.data[i]!), 0) / rows.length;
    };
    expect(await error(100)).toBeLessThan(1);
    expect(await error(1)).toBeGreaterThan(10);
  });

  it('handles a picture of a single pixel', async () => {
    const picture = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0) };
    expect((await rowsOf(picture, { quality: 90, chromaSubsampling: '4:2:0' }, 0, 1)).length).toBe(3);
  });

  it('refuses to start between coded rows', async () => {
    const settings: ResaveSettings = { quality: 90, chromaSubsampling: '4:2:0' };
    await expect(resavedRows(goldenPicture(), settings, 8, 8)).rejects.toThrow(RangeError);
  });
});
