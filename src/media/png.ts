import { imageLibrary } from './image-library.ts';

/** What a raster to be encoded looks like: row-major, interleaved, no padding between rows. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  /** 8 or 16 bit per channel, as the array says. */
  readonly data: Uint8Array | Uint16Array;
}

/**
 * PNG of a raster: 8 or 16 bit, grey, RGB or RGBA, pixels kept exactly, no metadata. The same raster gives the same bytes with
 * the pinned image library. Throws a RangeError when the array does not fill the raster.
 *
 * `compressionLevel` 0–9: 6 for small files; 2 is six times faster on a large noisy map and a tenth larger.
 */
export async function encodePng(raster: Raster, compressionLevel = 6): Promise<Uint8Array> {
  const { width, height, channels, data } = raster;
  if (data.length !== width * height * channels) {
    throw new RangeError(`${data.length} values do not fill ${width}×${height}×${channels}`);
  }
  const sharp = await imageLibrary();
  const deep = data instanceof Uint16Array;
  // FORENSIC: fixed compression options; palette search and adaptive choices could differ with a library upgrade.
  const picture = sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .toColourspace(toneOf(channels, deep))
    .png({ compressionLevel, adaptiveFiltering: false, palette: false, progressive: false });
  return new Uint8Array(await picture.toBuffer());
}

function toneOf(channels: 1 | 3 | 4, deep: boolean): string {
  if (channels === 1) return deep ? 'grey16' : 'b-w';
  return deep ? 'rgb16' : 'srgb';
}
