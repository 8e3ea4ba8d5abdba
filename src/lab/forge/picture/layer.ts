import { toYuv, type ColourMatrix } from './colour.ts';

/** A picture in planes as ffmpeg's yuv420p has them; `data` holds Y, then U, then V. Width and height are even. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

export function newPicture(width: number, height: number): Picture {
  const luma = width * height;
  const chroma = luma / 4;
  const data = new Uint8Array(luma + 2 * chroma);
  return {
    width,
    height,
    data,
    y: data.subarray(0, luma),
    u: data.subarray(luma, luma + chroma),
    v: data.subarray(luma + chroma),
  };
}

/** Bytes of one yuv420p picture. */
export function pictureBytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** One plane with alpha, a texel a word: value × alpha in bits 16–23, alpha in bits 0–7. */
export interface Texture {
  readonly width: number;
  readonly height: number;
  readonly texels: Uint32Array;
}

/** Something to lay over a picture: luma at full, chroma at half resolution. */
export interface Layer {
  readonly width: number;
  readonly height: number;
  readonly luma: Texture;
  readonly u: Texture;
  readonly v: Texture;
}

/** A drawing surface of floating-point RGB (0…255, premultiplied) with alpha 0…1, for what is drawn once. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #rgba: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#rgba = new Float32Array(width * height * 4);
  }

  /** Lays a colour over one pixel. */
  over(x: number, y: number, r: number, g: number, b: number, alpha: number): void {
    const at = (y * this.width + x) * 4;
    const keep = 1 - alpha;
    const rgba = this.#rgba;
    rgba[at] = r * alpha + (rgba[at] as number) * keep;
    rgba[at + 1] = g * alpha + (rgba[at + 1] as number) * keep;
    rgba[at + 2] = b * alpha + (rgba[at + 2] as number) * keep;
    rgba[at + 3] = alpha + (rgba[at + 3] as number) * keep;
  }

  toLayer(matrix: ColourMatrix): Layer {
    const { width, height } = this;
    const halfWidth = width / 2;
    const halfHeight = height / 2;
    const texture = (w: number, h: number): Texture => ({ width: w, height: h, texels: new Uint32Array(w * h) });
    const layer = {
      width,
      height,
      luma: texture(width, height),
      u: texture(halfWidth, halfHeight),
      v: texture(halfWidth, halfHeight),
    };
    const rgba = this.#rgba;
    const word = (value: number, alpha: number): number => {
      const a = Math.floor(alpha * 255 + 0.5);
      const premultiplied = Math.floor((value < 0 ? 0 : value > 255 ? 255 : value) * alpha + 0.5);
      return (premultiplied << 16) | a;
    };
    for (let i = 0; i < width * height; i++) {
      const alpha = rgba[i * 4 + 3] as number;
      if (alpha <= 0) continue;
      const yuv = toYuv(
        matrix,
        (rgba[i * 4] as number) / alpha,
        (rgba[i * 4 + 1] as number) / alpha,
        (rgba[i * 4 + 2] as number) / alpha,
      );
      layer.luma.texels[i] = word(yuv.y, alpha);
    }
    const row = width * 4;
    for (let y = 0; y < halfHeight; y++) {
      for (let x = 0; x < halfWidth; x++) {
        const at = 2 * y * row + 8 * x;
        const a = sumOfFour(rgba, at + 3, row);
        if (a <= 0) continue;
        const r = sumOfFour(rgba, at, row) / a;
        const g = sumOfFour(rgba, at + 1, row) / a;
        const b = sumOfFour(rgba, at + 2, row) / a;
        const yuv = toYuv(matrix, r, g, b);
        layer.u.texels[y * halfWidth + x] = word(yuv.u, a / 4);
        layer.v.texels[y * halfWidth + x] = word(yuv.v, a / 4);
      }
    }
    return layer;
  }

  /** Writes the surface, laid over mid grey where it is not opaque, into a picture of the same size. */
  toPicture(matrix: ColourMatrix): Picture {
    const layer = this.toLayer(matrix);
    const picture = newPicture(this.width, this.height);
    flatten(layer.luma.texels, picture.y);
    flatten(layer.u.texels, picture.u);
    flatten(layer.v.texels, picture.v);
    return picture;
  }
}

/** Sum of one lane over 2×2 pixels. */
function sumOfFour(rgba: Float32Array, at: number, row: number): number {
  const top = (rgba[at] as number) + (rgba[at + 4] as number);
  return top + ((rgba[at + row] as number) + (rgba[at + row + 4] as number));
}

function flatten(texels: Uint32Array, plane: Uint8Array): void {
  for (let i = 0; i < plane.length; i++) {
    const texel = texels[i] as number;
    plane[i] = (texel >>> 16) + (128 * (255 - (texel & 255)) + 127) / 255;
  }
}
