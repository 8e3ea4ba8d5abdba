import { clamp, mix, smoothStep } from '../elementary.ts';
import { fractalNoise2d, latticeValue, smoothNoise2d } from '../lattice-noise.ts';
import { mixRgb, scaleRgb, type Rgb } from './colour.ts';
import type { Look } from './look.ts';

/** Colour of the room behind the presenter at a point: x and y in picture heights, (0, 0) at the upper left. */
export function roomColour(look: Look, x: number, y: number, wide: number): Rgb {
  const from = 1.12 - 0.34 * Math.sqrt((x / wide - 0.28) * (x / wide - 0.28) + (y - 0.25) * (y - 0.25));
  const plaster =
    1 +
    0.05 * fractalNoise2d(look.grain + 101, x * 34, y * 34, 3) +
    0.03 * smoothNoise2d(look.grain + 103, x * 5, y * 5);
  let colour = scaleRgb(look.wall, from * plaster);
  switch (look.backdrop) {
    case 'office':
      colour = framedPicture(look, colour, x, y, wide);
      colour = plant(look, colour, x, y, wide);
      break;
    case 'shelves':
      colour = shelves(look, colour, x, y, wide, from);
      break;
    case 'studio':
      colour = panels(look, colour, x, y, wide);
      break;
    case 'window':
      colour = windowPane(look, colour, x, y, wide);
      break;
  }
  return colour;
}

function box(x: number, y: number, left: number, top: number, right: number, bottom: number, soft: number): number {
  const inX = smoothStep(-soft, soft, x - left) * smoothStep(-soft, soft, right - x);
  return inX * smoothStep(-soft, soft, y - top) * smoothStep(-soft, soft, bottom - y);
}

function framedPicture(look: Look, under: Rgb, x: number, y: number, wide: number): Rgb {
  const left = 0.08;
  const right = left + 0.17 * wide;
  const frame = box(x, y, left, 0.14, right, 0.46, 0.006);
  if (frame === 0) return under;
  const inner = box(x, y, left + 0.02, 0.16, right - 0.02, 0.44, 0.006);
  const hills = fractalNoise2d(look.grain + 107, x * 12, 3, 3) * 0.07 + 0.32;
  const sky = mixRgb([176, 188, 196], [206, 196, 176], (y - 0.16) * 3);
  const land = scaleRgb(look.accent, 1 + 0.3 * fractalNoise2d(look.grain + 109, x * 60, y * 60, 3));
  const motif = mixRgb(sky, land, smoothStep(-0.01, 0.01, y - hills));
  return mixRgb(mixRgb(under, [60, 46, 36], frame), motif, inner);
}

function plant(look: Look, under: Rgb, x: number, y: number, wide: number): Rgb {
  const cx = wide * 0.88;
  if (Math.abs(x - cx) > 0.42 || y < 0.36) return under;
  let colour = under;
  const pot = box(x, y, cx - 0.075 + (y - 0.8) * 0.06, 0.8, cx + 0.075 - (y - 0.8) * 0.06, 1.1, 0.008);
  colour = mixRgb(colour, scaleRgb(look.accent, 1.1 - (x - cx) * 3), pot);
  for (let leaf = 0; leaf < 11; leaf++) {
    const lean = latticeValue(look.grain + 113, leaf, 0) * 0.17;
    const tall = 0.3 + 0.14 * latticeValue(look.grain + 113, leaf, 1);
    const t = (0.82 - y) / tall;
    if (t < 0 || t > 1) continue;
    const middle = cx + lean * t * (0.4 + t);
    const half = 0.026 * Math.sqrt(t * (1 - t)) * 2;
    const cover = smoothStep(half + 0.006, half - 0.006, Math.abs(x - middle));
    const vein =
      0.82 + 0.3 * smoothStep(0.004, 0, Math.abs(x - middle)) + 0.25 * latticeValue(look.grain + 115, leaf, 2);
    colour = mixRgb(colour, [58 * vein, 92 * vein, 56 * vein], cover);
  }
  return colour;
}

function shelves(look: Look, under: Rgb, x: number, y: number, wide: number, light: number): Rgb {
  const pitch = 0.27;
  const row = Math.floor((y + 0.05) / pitch);
  const within = y + 0.05 - row * pitch;
  const wood = 1 + 0.16 * fractalNoise2d(look.grain + 121, x * 4, y * 90, 3);
  const board = scaleRgb(look.accent, light * wood);
  if (within < 0.028) return scaleRgb(board, mix(0.7, 1.15, within / 0.028));
  const upright = Math.abs(((x / (wide * 0.36) + 0.15) % 1) - 0.5);
  if (upright < 0.018) return scaleRgb(board, 0.92);
  // Books: one a slot, of many heights, colours and small leanings, with a label.
  const slot = Math.floor(x / 0.036 + 0.2 * latticeValue(look.grain + 123, row, 9));
  const across = x / 0.036 - slot;
  const height = 0.15 + 0.05 * latticeValue(look.grain + 125, slot, row);
  const depth = 0.42 + 0.1 * smoothNoise2d(look.grain + 127, x * 6, y * 6);
  const back = scaleRgb(look.accent, light * depth);
  if (latticeValue(look.grain + 129, slot, row) > 0.72) return back;
  const book = smoothStep(-0.003, 0.004, within - (pitch - height));
  const hue = latticeValue(look.grain + 131, slot, row);
  const tone = 0.55 + 0.28 * latticeValue(look.grain + 133, slot, row);
  const spine = mixRgb([150, 66, 52], hue > 0 ? [62, 86, 110] : [176, 154, 112], Math.abs(hue));
  const round = 1 - 1.1 * (across - 0.42) * (across - 0.42);
  const label = within > pitch - height * 0.62 && within < pitch - height * 0.5 ? 1.35 : 1;
  const gap = smoothStep(0, 0.09, across) * smoothStep(1, 0.92, across);
  const lit = light * tone * round * label * mix(0.55, 1, gap);
  return mixRgb(back, scaleRgb(spine, lit), book);
}

function panels(look: Look, under: Rgb, x: number, y: number, wide: number): Rgb {
  const panelWidth = wide / 6;
  const across = x / panelWidth - Math.floor(x / panelWidth);
  const edge = smoothStep(0.03, 0, Math.min(across, 1 - across));
  const shade = mix(0.86, 1.06, across) * (1 - 0.35 * edge);
  const glow = 0.5 * smoothStep(0.5, 0, Math.abs(y - 0.9)) + 0.18 * smoothStep(0.34, 0, Math.abs(x / wide - 0.78));
  const tinted = mixRgb(scaleRgb(under, shade * 0.74), look.accent, 0.25);
  const weave = 1 + 0.05 * smoothNoise2d(look.grain + 141, x * 260, y * 40);
  return [tinted[0] * weave + 46 * glow, tinted[1] * weave + 44 * glow, tinted[2] * weave + 40 * glow];
}

function windowPane(look: Look, under: Rgb, x: number, y: number, wide: number): Rgb {
  const left = wide * 0.58;
  const right = wide * 0.95;
  const frame = box(x, y, left, 0.06, right, 0.8, 0.008);
  let colour = under;
  // Curtain at the other side.
  const folds =
    0.5 + 0.5 * smoothNoise2d(look.grain + 151, x * 30 + 0.6 * smoothNoise2d(look.grain + 153, x * 8, y * 2), 2);
  const curtain = smoothStep(wide * 0.17, wide * 0.155, x + 0.012 * smoothNoise2d(look.grain + 155, 1, y * 4));
  colour = mixRgb(colour, scaleRgb(look.accent, 0.6 + 0.55 * folds), curtain);
  if (frame === 0) return colour;
  const post = Math.min(Math.abs(x - (left + right) / 2), Math.abs(y - 0.42), x - left, right - x, y - 0.06, 0.8 - y);
  const pane = smoothStep(0.01, 0.02, post);
  const roofs = 0.5 + 0.09 * latticeValue(look.grain + 157, Math.floor(x * 9), 0);
  const sky = mixRgb([176, 198, 216], [218, 220, 214], clamp(y * 1.6, 0, 1));
  const lights = latticeValue(look.grain + 159, Math.floor(x * 34), Math.floor(y * 30)) > 0.5 ? 1.12 : 0.97;
  const town = scaleRgb([112, 112, 116], (0.9 + 0.2 * latticeValue(look.grain + 161, Math.floor(x * 9), 1)) * lights);
  const outside = mixRgb(sky, town, smoothStep(-0.012, 0.012, y - roofs));
  return mixRgb(colour, mixRgb([206, 202, 194], outside, pane), frame);
}
