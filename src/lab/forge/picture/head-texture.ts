import { clamp, mix, smoothStep } from '../elementary.ts';
import { fractalNoise2d, smoothNoise2d } from '../lattice-noise.ts';
import { scaleRgb, type ColourMatrix, type Rgb } from './colour.ts';
import { eachTexel, type FaceCanvas } from './face-canvas.ts';
import { face, headExtent } from './face-geometry.ts';
import { paintBackHair, paintFrontHair } from './hair.ts';
import { faceRelief, headCoverage, headLevel } from './head-shape.ts';
import { Canvas, type Layer } from './layer.ts';
import type { Look } from './look.ts';

/** Light from the upper left, in front; unit vector. */
const light = [-0.42, -0.5, 0.757] as const;

function paintEars(on: FaceCanvas, look: Look): void {
  const cx = look.halfWidth + 0.008;
  const cy = 0.01;
  const rim = scaleRgb(look.skin, 0.86);
  const inner = scaleRgb(look.skin, 0.62);
  eachTexel(on, { left: -0.5, right: 0.5, top: -0.14, bottom: 0.16 }, (px, py, x, y) => {
    const dx = (Math.abs(x) - cx) / 0.05;
    const dy = (y - cy) / (0.105 - 0.02 * dx);
    const distance = Math.sqrt(dx * dx + dy * dy);
    const cover = clamp(((1 - distance) * 0.05) / on.pixel + 0.5, 0, 1);
    if (cover === 0) return;
    const hollow = smoothStep(0.78, 0.3, distance);
    const side = x < 0 ? 1.04 : 0.84;
    on.canvas.over(
      px,
      py,
      mix(rim[0], inner[0], hollow) * side,
      mix(rim[1], inner[1], hollow) * side,
      mix(rim[2], inner[2], hollow) * side,
      cover,
    );
  });
}

/** Light, shade, blush, beard and grain of the skin at one point: factors on the skin's colour. */
function skinAt(look: Look, x: number, y: number): Rgb {
  const step = 0.006;
  const gx = (faceRelief(look, x + step, y) - faceRelief(look, x - step, y)) / (2 * step);
  const gy = (faceRelief(look, x, y + step) - faceRelief(look, x, y - step)) / (2 * step);
  const norm = 1 / Math.sqrt(1 + gx * gx + gy * gy);
  const facing = (-gx * light[0] - gy * light[1] + light[2]) * norm;
  const diffuse = clamp((facing + 0.42) / 1.42, 0, 1);
  const shine = facing > 0 ? facing * facing * facing * facing * facing * facing : 0;
  // A second, weak lamp at the right keeps the shaded cheek readable.
  const fill = clamp((gx * -0.8 + 0.6) * norm, 0, 1) * 0.1;
  let shade = 0.34 + 0.72 * diffuse + fill;
  const ax = Math.abs(x);

  shade *= 1 - 0.2 * ringShade(ax, y);
  const grain =
    fractalNoise2d(look.grain, x * 46, y * 46, 2) * 0.035 + smoothNoise2d(look.grain + 5, x * 9, y * 9) * 0.03;
  shade *= 1 + grain;
  const blush =
    0.1 * smoothStep(0.16, 0.02, Math.abs(ax - 0.225) + Math.abs(y - 0.1) * 0.8) +
    0.12 * smoothStep(0.09, 0.01, ax + Math.abs(y - face.noseTipY)) +
    0.05 * smoothStep(0.1, 0, Math.abs(ax - look.halfWidth * 0.98));
  const gloss = 26 * shine * (0.6 + 0.4 * smoothStep(0.2, 0, ax));
  let r = look.skin[0] * shade * (1 + blush * 0.35) + gloss;
  let g = look.skin[1] * shade * (1 - blush * 0.55) + gloss;
  let b = look.skin[2] * shade * (1 - blush * 0.5) + gloss;

  const nostril = dotShade(ax, y, 0.034 * look.noseWidth, face.noseTipY + 0.036, 0.021, 0.011);
  const under = dotShade(ax, y, 0, face.noseTipY + 0.048, 0.05, 0.014) * 0.35;
  const dark = 1 - 0.72 * nostril - 0.5 * under;
  r *= dark;
  g *= dark;
  b *= dark;

  if (look.beard > 0) {
    const beard = look.beard * beardShare(ax, y) * (0.72 + 0.5 * smoothNoise2d(look.grain + 9, x * 150, y * 95));
    const share = clamp(beard, 0, 0.94);
    r = mix(r, look.hair[0] * (0.45 + 0.8 * diffuse), share);
    g = mix(g, look.hair[1] * (0.45 + 0.8 * diffuse), share);
    b = mix(b, look.hair[2] * (0.45 + 0.8 * diffuse), share);
  }
  return [r, g, b];
}

function dotShade(ax: number, y: number, cx: number, cy: number, sx: number, sy: number): number {
  const dx = (ax - cx) / sx;
  const dy = (y - cy) / sy;
  return smoothStep(1.3, 0.4, Math.sqrt(dx * dx + dy * dy));
}

/** Folds: under the eyes, and from the nose's wings to the corners of the mouth. */
function ringShade(ax: number, y: number): number {
  const socket = smoothStep(0.13, 0.03, Math.abs(ax - face.eyeX) + Math.abs(y - face.eyeY + 0.008) * 1.6) * 0.9;
  const bagY = face.eyeY + 0.062 - 0.02 * (((ax - face.eyeX) / 0.08) * ((ax - face.eyeX) / 0.08));
  const bag = smoothStep(0.016, 0, Math.abs(y - bagY)) * smoothStep(0.11, 0.05, Math.abs(ax - face.eyeX)) * 0.45;
  const t = clamp((y - 0.12) / 0.15, 0, 1);
  const foldX = 0.082 + 0.082 * t;
  const fold = smoothStep(0.022, 0, Math.abs(ax - foldX)) * smoothStep(0, 0.25, t) * smoothStep(1, 0.6, t) * 0.5;
  return socket + bag + fold;
}

function beardShare(ax: number, y: number): number {
  const jaw = smoothStep(0.02, 0.2, y + ax * 0.42 - 0.14);
  const cheek = smoothStep(0.02, -0.05, 0.2 + 0.12 * smoothStep(0.12, 0.3, ax) - y - ax * 0.35);
  const moustache = smoothStep(0.16, 0.185, y) * smoothStep(0.17, 0.12, ax);
  const lipsFree = smoothStep(
    0.85,
    1.2,
    Math.sqrt((ax / 0.14) * (ax / 0.14) + ((y - 0.278) / 0.048) * ((y - 0.278) / 0.048)),
  );
  return clamp(Math.max(jaw * cheek, moustache), 0, 1) * lipsFree;
}

function paintSkin(on: FaceCanvas, look: Look): void {
  const box = { left: -0.45, right: 0.45, top: -look.crown - 0.01, bottom: face.chinY + 0.01 };
  eachTexel(on, box, (px, py, x, y) => {
    const cover = headCoverage(look, x, y, on.pixel);
    if (cover === 0) return;
    const [r, g, b] = skinAt(look, x, y);
    // The outline turns away from the light: a darker rim instead of a cut-out edge.
    const rim = 1 - 0.3 * smoothStep(0.86, 1.02, headLevel(look, x, y));
    on.canvas.over(px, py, r * rim, g * rim, b * rim, cover);
  });
}

/** Size of the head's texture for a face of this height in pixels, and where the middle of the face is in it. */
export function headSize(facePx: number): { width: number; height: number; originX: number; originY: number } {
  const even = (value: number): number => Math.ceil(value / 2) * 2;
  const originX = even(-headExtent.left * facePx) + 2;
  const originY = even(-headExtent.top * facePx) + 2;
  return {
    width: originX + even(headExtent.right * facePx) + 2,
    height: originY + even(headExtent.bottom * facePx) + 2,
    originX,
    originY,
  };
}

/** Paints all of a head that does not move by itself: hair, ears, skin, nose. One texel is one pixel at scale 1. */
export function paintHead(look: Look, facePx: number, matrix: ColourMatrix): Layer {
  const size = headSize(facePx);
  const canvas = new Canvas(size.width, size.height);
  const on: FaceCanvas = { canvas, pixel: 1 / facePx, originX: size.originX, originY: size.originY };
  paintBackHair(on, look);
  if (look.hairStyle !== 'long' && look.hairStyle !== 'bob') paintEars(on, look);
  paintSkin(on, look);
  paintFrontHair(on, look);
  return canvas.toLayer(matrix);
}
