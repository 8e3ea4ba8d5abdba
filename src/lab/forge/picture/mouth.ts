import { mix, smoothStep } from '../elementary.ts';
import type { ColourMatrix, Rgb } from './colour.ts';
import { face, mouthReach } from './face-geometry.ts';
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

/** What the mouth does at one instant: see Articulation for the meaning of each. */
export interface MouthPose {
  readonly opening: number;
  readonly width: number;
  readonly tuck: number;
  readonly press: number;
}

/** Gap between the lips in the middle at opening 1, in face heights. */
export const gapAtFullOpening = 0.115;

/** Share of the gap by which the upper lip rises; the rest is the jaw's. */
const upperShare = 0.24;

/** Box of all that the mouth can cover, in face heights. */
export const mouthBox: FaceBox = {
  left: -face.mouthHalfWidth * 1.3,
  right: face.mouthHalfWidth * 1.3,
  top: face.mouthY - mouthReach.up,
  bottom: face.mouthY + mouthReach.down,
};

const inside: Rgb = [46, 16, 18];
const tongue: Rgb = [158, 74, 74];
const tooth: Rgb = [232, 224, 208];

/** Height profile across the mouth: 1 in the middle, 0 at the corners. */
function profile(x: number, roundness: number): number {
  const rest = 1 - x * x;
  if (rest <= 0) return 0;
  // Between a lens (spread lips) and an ellipse (rounded lips).
  return mix(rest, Math.sqrt(rest), roundness);
}

interface MouthShape {
  readonly half: number;
  readonly gap: number;
  readonly roundness: number;
  readonly upperThickness: number;
  readonly lowerThickness: number;
  readonly pose: MouthPose;
}

function shapeOf(look: Look, pose: MouthPose): MouthShape {
  const open = pose.opening;
  // A lip under the teeth leaves a slit in which the teeth show.
  const gap = Math.max(gapAtFullOpening * open, 0.024 * pose.tuck);
  const fullness = look.lipFullness * (1 - 0.14 * Math.min(1, open)) * (1 - 0.4 * pose.press);
  return {
    half: face.mouthHalfWidth * (1 + 0.17 * pose.width - 0.05 * Math.min(1, open)),
    gap,
    roundness: mix(0.45, 0.95, smoothStep(0.6, -0.8, pose.width)),
    upperThickness: 0.037 * fullness * (1 - 0.15 * pose.width),
    lowerThickness: 0.046 * fullness * (1 - 0.12 * pose.width) * (1 - 0.45 * pose.tuck),
    pose,
  };
}

function mouthColumn(look: Look, shape: MouthShape, x: number, pixel: number): Painter {
  const across = x / shape.half;
  const ax = Math.abs(across);
  if (ax >= 1.02) return paintNothing;
  const rise = profile(Math.min(ax, 1), shape.roundness) * shape.gap;
  const line = face.mouthY - 0.007 * ax * ax + 0.003 * smoothStep(0.3, 0, ax);
  const upperEdge = line - rise * upperShare;
  const lowerEdge = line + rise * (1 - upperShare);
  const taper = Math.sqrt(Math.max(0, 1 - ax * ax));
  const bow = 1 - 0.24 * smoothStep(0.2, 0, ax) + 0.06 * smoothStep(0.2, 0.05, Math.abs(ax - 0.26));
  const top = upperEdge - shape.upperThickness * bow * mix(taper, 1 - ax, 0.45);
  const bottom = lowerEdge + shape.lowerThickness * mix(taper, 1 - ax * ax, 0.4);
  const lift = shape.pose.tuck * 0.012;
  const side = 1 - 0.1 * across;
  const soft = Math.max(pixel * 1.3, 0.007);
  const sharp = Math.max(pixel * 1.2, 0.003);
  const teethEnd = face.mouthY + 0.017 - 0.012 * ax * ax;
  const lowerTeethTop = lowerEdge - 0.016 + 0.02 * ax * ax;
  const gaps = 0.82 + 0.18 * Math.abs(((x * 34 + 200.5) % 1) * 2 - 1);

  return (dab: Dab, _x: number, y: number) => {
    if (y < top - 0.02 || y > bottom + 0.03) return;
    // Shadow that the lower lip throws on the chin.
    dabOver(
      dab,
      look.skin[0] * 0.5,
      look.skin[1] * 0.45,
      look.skin[2] * 0.45,
      0.3 * band(y, bottom, bottom + 0.012, 0.02) * taper,
    );
    const lip = band(y, top, bottom - lift, soft);
    if (lip > 0) {
      const upper = y < (upperEdge + lowerEdge) / 2;
      const t = upper ? (upperEdge - y) / (upperEdge - top + 0.001) : (y - lowerEdge) / (bottom - lowerEdge + 0.001);
      const gloss = upper
        ? 0
        : 0.3 * smoothStep(0.3, 0, Math.abs(t - 0.42)) * smoothStep(0.75, 0, Math.abs(across + 0.18));
      const shade = (upper ? 0.8 + 0.14 * t : 1.04 - 0.2 * t) * side + gloss;
      dabOver(
        dab,
        look.lips[0] * shade + 40 * gloss,
        look.lips[1] * shade + 36 * gloss,
        look.lips[2] * shade + 36 * gloss,
        lip * 0.96,
      );
    }
    // The line where closed lips meet stays dark; it opens into the gap.
    dabOver(dab, 74, 28, 28, 0.62 * band(y, upperEdge - 0.0035, lowerEdge + 0.0035, 0.006) * taper);
    const gap = band(y, upperEdge, lowerEdge, sharp) * smoothStep(0.0005, 0.006, rise);
    if (gap <= 0) return;
    dabOver(dab, inside[0], inside[1], inside[2], gap);
    const depth = (y - upperEdge) / (rise + 0.001);
    dabOver(
      dab,
      tongue[0] * 0.8,
      tongue[1] * 0.8,
      tongue[2] * 0.8,
      gap * smoothStep(0.5, 0.95, depth) * smoothStep(0.8, 0.2, ax) * smoothStep(0.02, 0.06, rise),
    );
    const shadow = (0.7 + 0.3 * smoothStep(0, 0.012, y - upperEdge)) * gaps * (1 - 0.4 * ax * ax);
    const teeth = gap * band(y, -1, teethEnd, sharp * 1.5) * smoothStep(0.95, 0.75, ax);
    dabOver(dab, tooth[0] * shadow, tooth[1] * shadow, tooth[2] * shadow, teeth);
    const lowerTeeth =
      gap * band(y, lowerTeethTop, 1, sharp * 1.5) * smoothStep(0.055, 0.085, rise) * smoothStep(0.7, 0.45, ax);
    dabOver(dab, tooth[0] * 0.62 * gaps, tooth[1] * 0.6 * gaps, tooth[2] * 0.58 * gaps, lowerTeeth * 0.9);
  };
}

/** Paints the mouth over a head whose jaw is already lowered to match. */
export function paintMouth(head: HeadLayer, look: Look, matrix: ColourMatrix, pose: MouthPose): void {
  const shape = shapeOf(look, pose);
  paintPatch(head, matrix, mouthBox, (x, pixel) => mouthColumn(look, shape, x, pixel));
}

/** Extent of the lips in this pose, face heights: half their width, their outer edges, the gap in the middle. */
export function lipsOf(look: Look, pose: MouthPose): { half: number; top: number; bottom: number; gap: number } {
  const shape = shapeOf(look, pose);
  return {
    half: shape.half,
    top: face.mouthY - shape.gap * upperShare - shape.upperThickness,
    bottom: face.mouthY + shape.gap * (1 - upperShare) + shape.lowerThickness,
    gap: shape.gap,
  };
}
