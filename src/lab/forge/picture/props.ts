import { clamp, smoothStep } from '../elementary.ts';
import { smoothNoise2d } from '../lattice-noise.ts';
import { scaleRgb, type ColourMatrix, type Rgb } from './colour.ts';
import { Canvas, type Layer } from './layer.ts';
import type { Look } from './look.ts';

/** Distance from a point to a segment. */
function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const t = clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0, 1);
  const ex = x - ax - dx * t;
  const ey = y - ay - dy * t;
  return Math.sqrt(ex * ex + ey * ey);
}

/** Fingers as segments from knuckle to tip with a radius, in hand lengths; the wrist is at (0, 0), tips upwards. */
const fingers = [
  [-0.13, -0.42, -0.2, -0.8, 0.05],
  [-0.04, -0.45, -0.06, -0.92, 0.052],
  [0.05, -0.44, 0.08, -0.88, 0.05],
  [0.13, -0.4, 0.2, -0.74, 0.045],
  [-0.14, -0.16, -0.34, -0.46, 0.055],
] as const;

/** A hand with a sleeve, fingers up, its wrist at the returned pivot. `mirrored` makes it the other one. */
export function paintHand(
  look: Look,
  lengthPx: number,
  mirrored: boolean,
  matrix: ColourMatrix,
): { layer: Layer; pivotX: number; pivotY: number } {
  const even = (value: number): number => Math.max(4, Math.ceil(value / 2) * 2);
  const width = even(lengthPx * 0.95);
  const height = even(lengthPx * 2.5);
  const canvas = new Canvas(width, height);
  const pivotX = width / 2;
  const pivotY = lengthPx * 1.02;
  for (let py = 1; py < height - 1; py++) {
    for (let px = 1; px < width - 1; px++) {
      const x = ((px + 0.5 - pivotX) / lengthPx) * (mirrored ? -1 : 1);
      const y = (py + 0.5 - pivotY) / lengthPx;
      const palm = toSegment(x, y, 0, -0.12, 0, -0.34) - 0.17;
      let distance = Math.min(palm, toSegment(x, y, 0, 0.3, 0, -0.1) - 0.1);
      for (const [ax, ay, bx, by, radius] of fingers) {
        distance = Math.min(distance, toSegment(x, y, ax, ay, bx, by) - radius);
      }
      const skin = clamp((-distance * lengthPx) / 1.3 + 0.5, 0, 1);
      const round = 0.72 + 0.36 * smoothStep(0, -0.07, distance) - 0.22 * x;
      if (skin > 0) {
        canvas.over(px, py, look.skin[0] * round, look.skin[1] * round * 0.97, look.skin[2] * round * 0.96, skin);
      }
      const sleeve = clamp(((0.15 + 0.05 * y - Math.abs(x)) * lengthPx) / 1.3 + 0.5, 0, 1) * smoothStep(0.09, 0.11, y);
      if (sleeve > 0) {
        const fold = 0.9 - 1.4 * x + 0.12 * smoothNoise2d(look.grain + 201, x * 9, y * 7);
        const cloth = scaleRgb(look.shirt, clamp(fold, 0.4, 1.3));
        canvas.over(px, py, cloth[0], cloth[1], cloth[2], sleeve);
      }
    }
  }
  return { layer: canvas.toLayer(matrix), pivotX, pivotY };
}

/** Someone out of focus who walks past: a soft figure, its middle at the returned pivot. */
export function paintPasser(
  coat: Rgb,
  heightPx: number,
  matrix: ColourMatrix,
): { layer: Layer; pivotX: number; pivotY: number } {
  const even = (value: number): number => Math.max(4, Math.ceil(value / 2) * 2);
  const width = even(heightPx * 0.5);
  const height = even(heightPx * 1.1);
  const canvas = new Canvas(width, height);
  for (let py = 1; py < height - 1; py++) {
    for (let px = 1; px < width - 1; px++) {
      const x = (px + 0.5 - width / 2) / heightPx;
      const y = (py + 0.5 - height / 2) / heightPx;
      const hx = x / 0.075;
      const hy = (y + 0.37) / 0.1;
      const head = smoothStep(1.25, 0.8, Math.sqrt(hx * hx + hy * hy));
      const half = 0.16 - 0.05 * smoothStep(-0.1, -0.26, y);
      const body = smoothStep(0.03, -0.02, Math.abs(x) - half) * smoothStep(-0.28, -0.23, y);
      const light = 0.95 - 1.1 * x;
      if (body > 0) canvas.over(px, py, coat[0] * light, coat[1] * light, coat[2] * light, body * 0.97);
      if (head > 0) canvas.over(px, py, 150 * light, 116 * light, 96 * light, head * 0.97);
    }
  }
  return { layer: canvas.toLayer(matrix), pivotX: width / 2, pivotY: height / 2 };
}
