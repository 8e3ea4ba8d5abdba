import type { Canvas } from './layer.ts';

/** A drawing surface in face heights: `pixel` is the size of one texel, (originX, originY) the middle of the face. */
export interface FaceCanvas {
  readonly canvas: Canvas;
  readonly pixel: number;
  readonly originX: number;
  readonly originY: number;
}

/** Calls back for each texel of a box given in face heights, with the texel's middle in face heights. */
export function eachTexel(
  on: FaceCanvas,
  box: { left: number; top: number; right: number; bottom: number },
  visit: (px: number, py: number, x: number, y: number) => void,
): void {
  const { canvas, pixel, originX, originY } = on;
  const x0 = Math.max(0, Math.floor(box.left / pixel + originX));
  const x1 = Math.min(canvas.width - 1, Math.ceil(box.right / pixel + originX));
  const y0 = Math.max(0, Math.floor(box.top / pixel + originY));
  const y1 = Math.min(canvas.height - 1, Math.ceil(box.bottom / pixel + originY));
  for (let py = y0; py <= y1; py++) {
    for (let px = x0; px <= x1; px++) visit(px, py, (px + 0.5 - originX) * pixel, (py + 0.5 - originY) * pixel);
  }
}
