import { toYuv, type ColourMatrix } from './colour.ts';
import type { Layer } from './layer.ts';

/** Colour and cover of one point, written by a painter: red, green, blue 0…255 and alpha 0…1. */
export interface Dab {
  r: number;
  g: number;
  b: number;
  alpha: number;
}

/** A painter's answer at one point in face heights. Columns come in order, so it may keep what a column shares. */
export type Painter = (dab: Dab, x: number, y: number) => void;

/** Leaves everything as it is. */
export const paintNothing: Painter = () => undefined;

/** A box in face heights. */
export interface FaceBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A head's layer with its scale: `facePx` texels a face height, the middle of the face at (originX, originY). */
export interface HeadLayer {
  readonly layer: Layer;
  readonly facePx: number;
  readonly originX: number;
  readonly originY: number;
}

function blend(texel: number, value: number, alpha: number): number {
  const a = texel & 255;
  const old = texel >>> 16;
  const limited = value < 0 ? 0 : value > 255 ? 255 : value;
  const mixed = Math.floor(old + (limited * (a / 255) - old) * alpha + 0.5);
  return (mixed << 16) | a;
}

/**
 * Paints over what is opaque of a head, column by column: luma at full and chroma at half resolution. `pixel` is the
 * size of a texel in face heights, which the painter needs for soft edges; the column callback runs once per column.
 */
export function paintPatch(
  head: HeadLayer,
  matrix: ColourMatrix,
  box: FaceBox,
  column: (x: number, pixel: number) => Painter,
): void {
  const dab: Dab = { r: 0, g: 0, b: 0, alpha: 0 };
  for (const step of [1, 2] as const) {
    const texture = step === 1 ? head.layer.luma : head.layer.u;
    const scale = head.facePx / step;
    const ox = head.originX / step;
    const oy = head.originY / step;
    const x0 = Math.max(0, Math.floor(box.left * scale + ox));
    const x1 = Math.min(texture.width - 1, Math.ceil(box.right * scale + ox));
    const y0 = Math.max(0, Math.floor(box.top * scale + oy));
    const y1 = Math.min(texture.height - 1, Math.ceil(box.bottom * scale + oy));
    const uTexels = head.layer.u.texels;
    const vTexels = head.layer.v.texels;
    const yTexels = head.layer.luma.texels;
    for (let px = x0; px <= x1; px++) {
      const x = (px + 0.5 - ox) / scale;
      const paint = column(x, 1 / scale);
      for (let py = y0; py <= y1; py++) {
        dab.alpha = 0;
        paint(dab, x, (py + 0.5 - oy) / scale);
        if (dab.alpha <= 0) continue;
        const at = py * texture.width + px;
        const yuv = toYuv(matrix, dab.r, dab.g, dab.b);
        if (step === 1) {
          yTexels[at] = blend(yTexels[at] as number, yuv.y, dab.alpha);
        } else {
          uTexels[at] = blend(uTexels[at] as number, yuv.u, dab.alpha);
          vTexels[at] = blend(vTexels[at] as number, yuv.v, dab.alpha);
        }
      }
    }
  }
}

/** Lays a colour over what a dab already holds. */
export function dabOver(dab: Dab, r: number, g: number, b: number, alpha: number): void {
  if (alpha <= 0) return;
  const total = alpha + dab.alpha * (1 - alpha);
  const share = alpha / total;
  dab.r += (r - dab.r) * share;
  dab.g += (g - dab.g) * share;
  dab.b += (b - dab.b) * share;
  dab.alpha = total;
}

/** Cover of a point by the band between two edges, each softened over `soft`. */
export function band(y: number, from: number, to: number, soft: number): number {
  const above = (y - from) / soft + 0.5;
  const below = (to - y) / soft + 0.5;
  const cover = (above < 0 ? 0 : above > 1 ? 1 : above) * (below < 0 ? 0 : below > 1 ? 1 : below);
  return cover;
}
