import type { Layer, Picture, Texture } from './layer.ts';

/** Where a layer's pixel (x, y) comes to lie in the picture: turn by an angle, scale, then shift; in picture pixels. */
export interface Placement {
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
}

/** Places a layer so that its point (pivotX, pivotY) lies at (x, y), turned by (cosine, sine) and scaled. */
export function place(
  scale: number,
  cosine: number,
  sine: number,
  pivotX: number,
  pivotY: number,
  x: number,
  y: number,
): Placement {
  const a = scale * cosine;
  const b = scale * sine;
  return { a, b, x: x - a * pivotX + b * pivotY, y: y - b * pivotX - a * pivotY };
}

/** A point of the layer in the picture. */
export function placed(p: Placement, x: number, y: number): { x: number; y: number } {
  return { x: p.a * x - p.b * y + p.x, y: p.b * x + p.a * y + p.y };
}

/**
 * Lays one textured plane over a picture plane: bilinear, alpha-blended, integer arithmetic. Both lanes of a texel
 * (premultiplied value and alpha) are weighted in one 32-bit multiplication; the weights sum to 256, so lanes never mix.
 */
function layPlane(plane: Uint8Array, width: number, height: number, texture: Texture, p: Placement): void {
  const { texels } = texture;
  const tw = texture.width;
  const th = texture.height;
  const det = p.a * p.a + p.b * p.b;
  const ia = p.a / det;
  const ib = p.b / det;
  const corners = [placed(p, 0, 0), placed(p, tw, 0), placed(p, 0, th), placed(p, tw, th)];
  const x0 = Math.max(0, Math.floor(Math.min(...corners.map((c) => c.x))));
  const x1 = Math.min(width - 1, Math.ceil(Math.max(...corners.map((c) => c.x))));
  const y0 = Math.max(0, Math.floor(Math.min(...corners.map((c) => c.y))));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(...corners.map((c) => c.y))));
  const stepU = Math.floor(ia * 65536 + 0.5);
  const stepV = Math.floor(-ib * 65536 + 0.5);
  const limitU = (tw - 1) * 65536;
  const limitV = (th - 1) * 65536;
  for (let y = y0; y <= y1; y++) {
    // Pixel centres lie at halves in both grids.
    const dx = x0 + 0.5 - p.x;
    const dy = y + 0.5 - p.y;
    const startU = Math.floor((ia * dx + ib * dy - 0.5) * 65536);
    const startV = Math.floor((-ib * dx + ia * dy - 0.5) * 65536);
    const [from, to] = span(startU, stepU, limitU, startV, stepV, limitV, x1 - x0);
    let u = startU + from * stepU;
    let v = startV + from * stepV;
    for (let at = y * width + x0 + from, end = y * width + x0 + to; at <= end; at++, u += stepU, v += stepV) {
      const i = (v >> 16) * tw + (u >> 16);
      const t00 = texels[i] as number;
      const t01 = texels[i + 1] as number;
      const t10 = texels[i + tw] as number;
      const t11 = texels[i + tw + 1] as number;
      if ((t00 | t01 | t10 | t11) === 0) continue;
      const fu = (u >> 8) & 255;
      const fv = (v >> 8) & 255;
      const w11 = (fu * fv) >> 8;
      const w01 = fu - w11;
      const w10 = fv - w11;
      const sum = Math.imul(t00, 256 - fu - w10) + Math.imul(t01, w01) + Math.imul(t10, w10) + Math.imul(t11, w11);
      const value = (sum >>> 24) & 255;
      const alpha = (sum >>> 8) & 255;
      plane[at] = alpha === 255 ? value : value + (((plane[at] as number) * (255 - alpha) + 128) >> 8);
    }
  }
}

/** First and last step k in [0, last] for which start + k·step stays inside [0, limit) on both axes. */
function span(
  startU: number,
  stepU: number,
  limitU: number,
  startV: number,
  stepV: number,
  limitV: number,
  last: number,
): [number, number] {
  let from = 0;
  let to = last;
  for (const [start, step, limit] of [
    [startU, stepU, limitU],
    [startV, stepV, limitV],
  ] as const) {
    if (step === 0) {
      if (start < 0 || start >= limit) return [0, -1];
      continue;
    }
    const atZero = -start / step;
    const atLimit = (limit - 1 - start) / step;
    from = Math.max(from, Math.ceil(Math.min(atZero, atLimit)));
    to = Math.min(to, Math.floor(Math.max(atZero, atLimit)));
  }
  return [from, to];
}

/** Lays a layer over a picture. */
export function lay(picture: Picture, layer: Layer, p: Placement): void {
  const half: Placement = { a: p.a, b: p.b, x: p.x / 2, y: p.y / 2 };
  layPlane(picture.y, picture.width, picture.height, layer.luma, p);
  layPlane(picture.u, picture.width / 2, picture.height / 2, layer.u, half);
  layPlane(picture.v, picture.width / 2, picture.height / 2, layer.v, half);
}
