/** Red, green, blue, each 0…255, gamma-coded. */
export type Rgb = readonly [number, number, number];

/** Luma and chroma of one colour in 8-bit limited range. */
export interface Yuv {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** Coefficients of a colour matrix: luma weights of red and blue. */
export interface ColourMatrix {
  readonly name: 'bt601' | 'bt709';
  readonly red: number;
  readonly blue: number;
}

/** The matrix that players assume for a picture of this height when the file does not say. */
export function matrixForHeight(height: number): ColourMatrix {
  return height < 720 ? { name: 'bt601', red: 0.299, blue: 0.114 } : { name: 'bt709', red: 0.2126, blue: 0.0722 };
}

/** ITU-R BT.601/709 conversion to limited range, not yet rounded. */
export function toYuv(matrix: ColourMatrix, r: number, g: number, b: number): Yuv {
  const luma = matrix.red * r + (1 - matrix.red - matrix.blue) * g + matrix.blue * b;
  return {
    y: 16 + (luma * 219) / 255,
    u: 128 + ((b - luma) * 112) / (255 * (1 - matrix.blue)),
    v: 128 + ((r - luma) * 112) / (255 * (1 - matrix.red)),
  };
}

/** The inverse of {@link toYuv}, rounded and clamped to 0…255. */
export function toRgb(matrix: ColourMatrix, y: number, u: number, v: number): [number, number, number] {
  const luma = ((y - 16) * 255) / 219;
  const r = luma + ((v - 128) * 255 * (1 - matrix.red)) / 112;
  const b = luma + ((u - 128) * 255 * (1 - matrix.blue)) / 112;
  const g = (luma - matrix.red * r - matrix.blue * b) / (1 - matrix.red - matrix.blue);
  const round = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value + 0.5));
  return [round(r), round(g), round(b)];
}

export function mixRgb(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export function scaleRgb(a: Rgb, factor: number): Rgb {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}
