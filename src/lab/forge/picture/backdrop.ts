import { clamp, mix, smoothStep } from '../elementary.ts';
import { fractalNoise2d, smoothNoise2d } from '../lattice-noise.ts';
import { mixRgb, scaleRgb, type Rgb } from './colour.ts';
import { Canvas } from './layer.ts';
import type { Look } from './look.ts';
import { roomColour } from './room.ts';

/** Where the face rests in the picture: its middle and its height (hairline to chin), in pixels. */
export interface FacePlace {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Neck, shoulders and clothes at a point in face heights from the middle of the face; undefined outside them. */
function bodyAt(look: Look, x: number, y: number, pixel: number): { colour: Rgb; cover: number } | undefined {
  if (y < 0.28) return undefined;
  const ax = Math.abs(x);
  const soft = pixel * 1.4;
  const neckHalf = 0.215 + 0.09 * smoothStep(0.52, 0.78, y);
  const end = smoothStep(0.78, 1.07, ax);
  const slope = 0.66 + 0.22 * smoothStep(0.22, 0.85, ax) + 0.55 * end * end;
  const arm = 1 + 0.06 * smoothStep(0.9, 2.2, y);
  const shirt = clamp((y - slope) / (soft * 1.2) + 0.5, 0, 1) * clamp((arm - ax) / soft + 0.5, 0, 1);
  const neck = clamp((neckHalf - ax) / soft + 0.5, 0, 1) * smoothStep(0.3, 0.34, y);
  // The throat shows in a V between the collar's ends.
  const throat = smoothStep(-0.01, 0.01, 0.94 - 1.6 * ax - y);
  const cover = Math.max(shirt, neck * (y < 0.95 ? 1 : 0));
  if (cover === 0) return undefined;

  const roundNeck = 0.86 - 0.32 * (x / 0.3) * Math.abs(x / 0.3) - 0.22 * (x / 0.3);
  const chinShadow = mix(0.58, 1, smoothStep(0.5, 0.74, y - 0.1 * ax));
  const neckColour = scaleRgb(look.skin, roundNeck * chinShadow);
  const weave =
    1 +
    0.07 * smoothNoise2d(look.grain + 171, x * 190, y * 190) +
    0.05 * fractalNoise2d(look.grain + 173, x * 6, y * 4, 2);
  const fold = 0.1 * smoothNoise2d(look.grain + 175, x * 4 + y, y * 2.4 - Math.abs(x) * 3);
  const sleeve = 0.3 * smoothStep(0.035, 0, Math.abs(ax - 0.74)) * smoothStep(1.05, 1.3, y);
  const lit = 0.98 - 0.22 * x - 0.16 * smoothStep(0.6, 1.05, ax) - sleeve + 0.6 * fold;
  let cloth = scaleRgb(look.shirt, clamp(lit, 0.4, 1.4) * weave);
  const collarEdge = Math.abs(y - (0.94 - 1.6 * ax) - 0.075);
  const collar = smoothStep(0.082, 0.07, collarEdge) * smoothStep(0.34, 0.32, ax) * smoothStep(1.1, 1.08, y);
  cloth = mixRgb(cloth, scaleRgb(look.collar, clamp(0.96 - 0.3 * x, 0.5, 1.1) * weave), collar);
  const seam = smoothStep(0.006, 0.002, Math.abs(x - 0.004)) * smoothStep(0.98, 1.02, y) * 0.4;
  cloth = scaleRgb(cloth, 1 - seam);
  const share = shirt * (1 - throat * smoothStep(neckHalf, neckHalf - 0.02, ax));
  return { colour: mixRgb(neckColour, cloth, neck === 0 ? 1 : share), cover };
}

/** Paints the room, `margin` pixels larger on every side than the picture. */
export function paintRoom(look: Look, width: number, height: number, margin: number): Canvas {
  const canvas = new Canvas(width + 2 * margin, height + 2 * margin);
  const wide = width / height;
  for (let py = 0; py < canvas.height; py++) {
    for (let px = 0; px < canvas.width; px++) {
      const room = roomColour(look, (px + 0.5 - margin) / height, (py + 0.5 - margin) / height, wide);
      canvas.over(px, py, room[0], room[1], room[2], 1);
    }
  }
  return canvas;
}

/** How far below the middle of the face the desk's edge is, and how thick its top is, in face heights. */
const desk = { y: 1.62, thickness: 0.07 } as const;

/** The desk that a presenter far from the camera sits at. */
function paintDesk(canvas: Canvas, look: Look, face: FacePlace): void {
  const first = Math.max(0, Math.floor(face.y + (desk.y - 0.02) * face.height));
  for (let py = first; py < canvas.height; py++) {
    const y = (py + 0.5 - face.y) / face.height - desk.y;
    const cover = clamp(y * face.height + 0.5, 0, 1);
    for (let px = 0; px < canvas.width; px++) {
      const x = (px + 0.5 - face.x) / face.height;
      const grain = 1 + 0.1 * fractalNoise2d(look.grain + 181, x * 3, y * 40, 3);
      const front = 0.6 + 0.14 * smoothStep(0.3, 0, y) - Math.min(0.14, 0.03 * Math.abs(x));
      const shade = grain * (y < desk.thickness ? 1.2 - 0.08 * x : clamp(front, 0.3, 0.8));
      canvas.over(px, py, look.accent[0] * shade, look.accent[1] * shade, look.accent[2] * shade, cover);
    }
  }
}

/** Paints neck and shoulders below a face whose middle is at (face.x, face.y) of the canvas. */
export function paintBody(canvas: Canvas, look: Look, face: FacePlace): void {
  const pixel = 1 / face.height;
  const firstRow = Math.max(0, Math.floor(face.y + 0.28 * face.height));
  const reach = Math.ceil(face.height * 1.12);
  const first = Math.max(0, Math.floor(face.x) - reach);
  const last = Math.min(canvas.width - 1, Math.ceil(face.x) + reach);
  for (let py = firstRow; py < canvas.height; py++) {
    for (let px = first; px <= last; px++) {
      const body = bodyAt(look, (px + 0.5 - face.x) * pixel, (py + 0.5 - face.y) * pixel, pixel);
      if (body !== undefined) canvas.over(px, py, body.colour[0], body.colour[1], body.colour[2], body.cover);
    }
  }
  paintDesk(canvas, look, face);
}
