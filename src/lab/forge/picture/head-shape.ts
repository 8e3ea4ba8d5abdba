import { clamp, smoothStep } from '../elementary.ts';
import { face } from './face-geometry.ts';
import type { Look } from './look.ts';

/** e^(-d²): the bump that all features are made of, without an exponential (rational, within 3 %). */
function bump(dSquared: number): number {
  const t = 1 + dSquared * 0.25;
  return 1 / (t * t * t * t);
}

function dome(x: number, y: number, cx: number, cy: number, sx: number, sy: number): number {
  const dx = (x - cx) / sx;
  const dy = (y - cy) / sy;
  return bump(dx * dx + dy * dy);
}

/** Below 1 inside the head, 1 on its outline: a power ellipse, narrower towards the chin. */
export function headLevel(look: Look, x: number, y: number): number {
  const across = Math.abs(x);
  if (y < 0) {
    const skull = across / look.halfWidth;
    const up = -y / look.crown;
    return skull * skull * Math.sqrt(skull) + up * up * Math.sqrt(up);
  }
  const down = y / (face.chinY + 0.005);
  const jaw = across / (look.halfWidth * (1 - look.jawTaper * down));
  return jaw * jaw * Math.sqrt(jaw) + down * down * Math.sqrt(down);
}

/** Share of a pixel of this size (face heights) that lies inside the head. */
export function headCoverage(look: Look, x: number, y: number, pixel: number): number {
  const level = headLevel(look, x, y);
  if (level < 0.6) return 1;
  if (level > 1.6) return 0;
  const step = 0.002;
  const gx = (headLevel(look, x + step, y) - headLevel(look, x - step, y)) / (2 * step);
  const gy = (headLevel(look, x, y + step) - headLevel(look, x, y - step)) / (2 * step);
  const distance = (1 - level) / Math.sqrt(gx * gx + gy * gy + 1e-9);
  return clamp(distance / (pixel * 1.4) + 0.5, 0, 1);
}

/** Height of the face towards the viewer, in face heights: what light and shade are computed from. */
export function faceRelief(look: Look, x: number, y: number): number {
  const level = headLevel(look, x, y);
  let h = 0.3 * Math.sqrt(clamp(1 - level, 0, 1) + 0.004);
  const ax = Math.abs(x);
  // Bridge and ball of the nose, wings at its sides, and the step below it.
  const along = smoothStep(-0.17, 0.1, y);
  const below = 1 - smoothStep(face.noseTipY + 0.012, face.noseTipY + 0.05, y);
  const ridge = (0.03 + 0.018 * along) * look.noseWidth;
  h += (0.018 + 0.062 * along) * bump((ax * ax) / (ridge * ridge)) * below * smoothStep(-0.24, -0.14, y);
  h += 0.03 * dome(ax, y, 0, face.noseTipY - 0.01, 0.04 * look.noseWidth, 0.035);
  h += 0.026 * dome(ax, y, 0.052 * look.noseWidth, face.noseTipY + 0.012, 0.026, 0.024);
  h -= 0.036 * dome(ax, y, face.eyeX - 0.012, face.eyeY, 0.085, 0.05);
  h += 0.016 * dome(ax, y, face.eyeX, face.browY + 0.02, 0.1, 0.03);
  h += 0.022 * dome(ax, y, 0.225, 0.075, 0.1, 0.085);
  // Lips stand forward; the groove under them; the chin.
  h += 0.016 * dome(ax, y, 0, face.mouthY, 0.12, 0.06);
  h -= 0.011 * dome(ax, y, 0, 0.362, 0.1, 0.022);
  h += 0.028 * dome(ax, y, 0, 0.432, 0.085, 0.05);
  h -= 0.006 * dome(ax, y, 0, 0.19, 0.014, 0.04);
  return h;
}
