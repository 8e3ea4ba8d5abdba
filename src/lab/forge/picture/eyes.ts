import { clamp, mix, smoothStep } from '../elementary.ts';
import { smoothNoise2d } from '../lattice-noise.ts';
import type { ColourMatrix } from './colour.ts';
import { face } from './face-geometry.ts';
import type { Look } from './look.ts';
import {
  band,
  dabOver,
  paintNothing,
  paintPatch,
  type Dab,
  type FaceBox,
  type HeadLayer,
  type Painter,
} from './patch.ts';

/** What eyes and brows do at one instant. Gaze in face heights from the middle of the eye; blink 1 is shut. */
export interface EyePose {
  readonly blink: number;
  readonly gazeX: number;
  readonly gazeY: number;
  readonly browRaise: number;
}

/** Box of all that eyes, brows and glasses can cover, in face heights. */
export const eyesBox: FaceBox = { left: -0.36, right: 0.36, top: face.browY - 0.085, bottom: face.eyeY + 0.11 };

function eyeColumn(look: Look, pose: EyePose, side: -1 | 1, x: number, pixel: number): Painter {
  const cx = side * face.eyeX;
  const half = face.eyeHalfWidth * look.eyeSize;
  const s = ((x - cx) / half) * side;
  const as = Math.abs(s);
  if (as > 1.25) return paintNothing;
  const rest = Math.max(0, 1 - s * s);
  const arch = mix(rest, Math.sqrt(rest), 0.55);
  const upper = face.eyeY - 0.041 * look.eyeSize * arch - 0.004 * s;
  const lower = face.eyeY + 0.021 * look.eyeSize * rest - 0.002 * s;
  const lid = mix(upper, lower - 0.003, pose.blink);
  const crease = face.eyeY - 0.041 * look.eyeSize * Math.sqrt(Math.max(0, 1.12 - s * s)) - 0.016 - 0.006 * s;
  const irisX = cx + pose.gazeX;
  const irisY = face.eyeY - 0.011 + pose.gazeY + 0.006 * pose.blink;
  const soft = pixel * 1.3;
  const fade = smoothStep(1.22, 0.95, as);
  const warm = smoothStep(0.75, 1, as);
  const skin = look.skin;
  return (dab: Dab, px: number, y: number) => {
    // The fold above the eye, and the lid between it and the eye: skin that comes down with a blink.
    dabOver(
      dab,
      skin[0] * 0.55,
      skin[1] * 0.48,
      skin[2] * 0.46,
      0.4 * fade * band(y, crease - 0.002, crease + 0.004, Math.max(soft, 0.007)),
    );
    if (as < 1) {
      const lidShare = band(y, upper - 0.004, lid, Math.max(soft, 0.004));
      const lidShade = 0.72 + 0.2 * smoothStep(upper, lid + 0.02, y) - 0.06 * as;
      dabOver(
        dab,
        skin[0] * lidShade,
        skin[1] * lidShade * 0.96,
        skin[2] * lidShade * 0.95,
        lidShare * smoothStep(0, 0.2, pose.blink),
      );
      const open = band(y, lid, lower, soft);
      if (open > 0) {
        const shadow = 0.6 + 0.4 * smoothStep(0, 0.022, y - lid);
        dabOver(dab, (228 - 26 * warm) * shadow, (222 - 52 * warm) * shadow, (216 - 50 * warm) * shadow, open);
        const dx = px - irisX;
        const dy = y - irisY;
        const r = Math.sqrt(dx * dx + dy * dy) / (0.0365 * look.eyeSize);
        if (r < 1.2) {
          const disc = open * clamp(((1 - r) * 0.0365) / soft + 0.5, 0, 1);
          const ring = 1 - 0.55 * smoothStep(0.7, 1, r);
          const glow = (0.8 + 0.5 * smoothStep(-0.02, 0.03, dy)) * ring * mix(0.6, 1, shadow);
          dabOver(dab, look.iris[0] * glow, look.iris[1] * glow, look.iris[2] * glow, disc);
          dabOver(dab, 12, 10, 10, open * clamp(((0.42 - r) * 0.0365) / soft + 0.5, 0, 1));
          const hx = dx + 0.012;
          const hy = dy + 0.012;
          const spark = Math.sqrt(hx * hx + hy * hy) / 0.0085;
          dabOver(dab, 250, 250, 250, 0.92 * open * smoothStep(1.15, 0.75, spark));
        }
      }
      // Lashes: thicker outwards.
      const lash = 0.0075 + 0.004 * (s + 1) * 0.5;
      dabOver(
        dab,
        30,
        22,
        20,
        0.88 * band(y, lid - lash, lid + 0.002, Math.max(soft, 0.003)) * smoothStep(1, 0.86, as),
      );
    }
    const lowerLine = 0.34 * band(y, lower - 0.001, lower + 0.004, Math.max(soft, 0.005)) * smoothStep(1.05, 0.7, as);
    dabOver(dab, skin[0] * 0.45, skin[1] * 0.36, skin[2] * 0.34, lowerLine);
  };
}

function browColumn(look: Look, pose: EyePose, side: -1 | 1, x: number, pixel: number): Painter {
  const s = (x * side - 0.075) / 0.2;
  if (s < -0.08 || s > 1.05) return paintNothing;
  const middle = face.browY - pose.browRaise - 0.034 * s + 0.075 * s * s * s;
  const thick = 0.022 * look.browThickness * smoothStep(-0.08, 0.12, s) * mix(1, 0.3, s * s);
  const soft = Math.max(pixel * 1.4, 0.008);
  const grey = look.hairStyle === 'bald' ? 0.85 : 0.78;
  return (dab: Dab, px: number, y: number) => {
    if (y < middle - 0.05 || y > middle + 0.05) return;
    const hair = 0.72 + 0.4 * smoothNoise2d(look.grain + 61, px * 130 - side * y * 110, y * 40 + side * px * 30);
    dabOver(
      dab,
      look.hair[0] * grey,
      look.hair[1] * grey,
      look.hair[2] * grey,
      clamp(hair, 0, 1) * 0.92 * band(y, middle - thick, middle + thick, soft),
    );
  };
}

function glassesColumn(look: Look, x: number, pixel: number): Painter {
  const ax = Math.abs(x);
  const soft = pixel * 1.3;
  return (dab: Dab, _px: number, y: number) => {
    const dx = (ax - face.eyeX) / 0.125;
    const dy = (y - face.eyeY - 0.004) / 0.088;
    const d = Math.sqrt(Math.sqrt(dx * dx * dx * dx + dy * dy * dy * dy));
    const ring = band((d - 1) * 0.1, -0.005, 0.0065, soft);
    if (d < 1) dabOver(dab, 235, 240, 245, 0.05 + 0.1 * smoothStep(0.25, 0, Math.abs(dx * 0.6 + dy + 0.55)));
    const bridge = ax < 0.05 ? band(y, face.eyeY - 0.03 + 2 * ax * ax, face.eyeY - 0.018 + 2 * ax * ax, soft) : 0;
    const arm =
      ax > face.eyeX + 0.12 && ax < look.halfWidth - 0.015 ? band(y, face.eyeY - 0.034, face.eyeY - 0.02, soft) : 0;
    dabOver(dab, 38, 34, 34, 0.95 * Math.max(ring, bridge, arm));
  };
}

/** Paints eyes, brows and glasses over a head. */
export function paintEyes(head: HeadLayer, look: Look, matrix: ColourMatrix, pose: EyePose): void {
  for (const side of [-1, 1] as const) {
    const near = Math.min(side * 0.05, side * 0.3);
    const far = Math.max(side * 0.05, side * 0.3);
    const eyeBox = { left: near, right: far, top: face.eyeY - 0.08, bottom: face.eyeY + 0.05 };
    const browBox = { left: near, right: far, top: eyesBox.top, bottom: face.browY + 0.05 };
    paintPatch(head, matrix, browBox, (x, pixel) => browColumn(look, pose, side, x, pixel));
    paintPatch(head, matrix, eyeBox, (x, pixel) => eyeColumn(look, pose, side, x, pixel));
  }
  if (look.glasses) {
    const box = { left: -0.4, right: 0.4, top: face.eyeY - 0.1, bottom: face.eyeY + 0.11 };
    paintPatch(head, matrix, box, (x, pixel) => glassesColumn(look, x, pixel));
  }
}
