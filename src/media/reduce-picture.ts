import { imageLibrary } from './image-library.ts';
import type { RgbPicture } from './jpeg-resave.ts';

/** 8-bit luma, row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * The picture's luma (ITU-R BT.601) with its long side at most `longSide` pixels, averaged down with the pinned image library; never
 * enlarged. Aspect is kept to the nearest pixel.
 */
export async function reduceToGrey(picture: RgbPicture, longSide: number): Promise<GreyPicture> {
  const factor = Math.min(1, longSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * factor));
  const height = Math.max(1, Math.round(picture.height * factor));
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const small =
    factor === 1
      ? picture.data
      : await (
          await imageLibrary()
        )(picture.data, { raw, limitInputPixels: false })
          .resize(width, height, { fit: 'fill', kernel: 'cubic', fastShrinkOnLoad: false })
          .raw({ depth: 'uchar' })
          .toBuffer();
  const data = new Uint8Array(width * height);
  for (let pixel = 0, i = 0; pixel < data.length; pixel += 1, i += 3) {
    data[pixel] = (77 * small[i]! + 150 * small[i + 1]! + 29 * small[i + 2]! + 128) >> 8;
  }
  return { width, height, data };
}
