import { clamp, mix, smoothStep } from '../elementary.ts';
import { fractalNoise2d, smoothNoise2d } from '../lattice-noise.ts';
import { eachTexel, type FaceCanvas } from './face-canvas.ts';
import type { Look } from './look.ts';

/** Strands: noise drawn out along the hair's fall, and a band of shine. Factor on the hair's colour. */
function strands(look: Look, x: number, y: number, sweep: number): number {
  const across = x * 58 + sweep * y * 30;
  const fine = fractalNoise2d(look.grain + 21, across, y * 5 + Math.abs(x) * 3, 3);
  const wave = smoothNoise2d(look.grain + 23, x * 11 + sweep * y * 6, y * 2.2);
  const shineY = -0.56 + 0.5 * x * x - 0.12 * x;
  const shine = smoothStep(0.13, 0, Math.abs(y - shineY)) * (0.7 + fine);
  return 0.72 + 0.34 * fine + 0.12 * wave + 0.5 * shine - 0.28 * smoothStep(0.1, 0.45, x);
}

function paintStrand(on: FaceCanvas, look: Look, px: number, py: number, x: number, y: number, cover: number): void {
  const sweep = look.hairStyle === 'swept' ? 0.9 : look.hairStyle === 'fringe' ? 0.25 : 0.1;
  const factor = strands(look, x, y, sweep);
  const lift = 12 * clamp(factor - 0.9, 0, 1);
  on.canvas.over(
    px,
    py,
    look.hair[0] * factor + lift,
    look.hair[1] * factor + lift,
    look.hair[2] * factor + lift,
    cover,
  );
}

/** Hair that falls behind the face. */
export function paintBackHair(on: FaceCanvas, look: Look): void {
  if (look.hairStyle !== 'long' && look.hairStyle !== 'bob') return;
  const bottom = look.hairStyle === 'long' ? 0.66 : 0.36;
  eachTexel(on, { left: -0.57, right: 0.57, top: -0.8, bottom: 0.72 }, (px, py, x, y) => {
    const fall = clamp((y + 0.1) / (bottom + 0.1), 0, 1);
    const half = look.halfWidth + 0.075 + 0.03 * smoothStep(0, 0.7, fall) - 0.05 * smoothStep(0.75, 1, fall);
    const up = y < -0.1 ? (y + 0.1) / -0.66 : 0;
    const level = (x / half) * (x / half) + up * up;
    const ragged = 0.02 * smoothNoise2d(look.grain + 31, x * 40, 1);
    const edge = Math.min((1 - level) * half * 0.5, bottom + ragged - y);
    // The neck, which the body's layer holds, stands before this hair.
    const throat = smoothStep(0.185, 0.16, Math.abs(x)) * smoothStep(0.24, 0.32, y);
    const cover = clamp(edge / on.pixel + 0.5, 0, 1) * (1 - throat);
    if (cover > 0) paintStrand(on, look, px, py, x, y, cover * 0.995);
  });
}

/** Where the hair ends on the forehead, y in face heights, at a place across it. */
function hairline(look: Look, x: number): number {
  const ax = Math.abs(x);
  const temples = 0.42 * smoothStep(0.24, look.halfWidth + 0.02, ax);
  const ripple = 0.012 * smoothNoise2d(look.grain + 41, x * 22, 3);
  switch (look.hairStyle) {
    case 'short':
      return -0.475 - 0.03 * smoothStep(0.05, 0.2, ax) + temples + ripple;
    case 'swept':
      return -0.47 + 0.13 * smoothStep(-0.12, 0.3, x) - 0.03 * smoothStep(0.1, -0.25, x) + temples * 0.9 + ripple;
    case 'fringe':
      return -0.315 + 0.05 * x + temples * 0.75 + 2 * ripple;
    case 'long':
    case 'bob':
      return -0.5 + 0.24 * smoothStep(0.03, 0.32, Math.abs(x + 0.07)) + temples * 1.5 + ripple;
    case 'bald':
      return -9;
  }
}

/** Hair over skull and forehead. */
export function paintFrontHair(on: FaceCanvas, look: Look): void {
  if (look.hairStyle === 'bald') return;
  const sides = look.hairStyle === 'long' || look.hairStyle === 'bob';
  const volume = sides ? 0.052 : look.hairStyle === 'short' ? 0.03 : 0.048;
  const soft = 0.012 + on.pixel;
  eachTexel(on, { left: -0.57, right: 0.57, top: -0.84, bottom: 0.2 }, (px, py, x, y) => {
    const half = look.halfWidth + volume * 0.85;
    const up = y < 0 ? -y / (look.crown + volume) : 0;
    const across = Math.abs(x) / half;
    const level = across * across * Math.sqrt(across) + up * up * Math.sqrt(up);
    const outer = clamp(
      ((1 - level) * half * 0.45 + 0.006 * smoothNoise2d(look.grain + 51, x * 30, y * 30)) / on.pixel + 0.5,
      0,
      1,
    );
    if (outer === 0) return;
    const line = hairline(look, x) - y;
    const inner = smoothStep(-soft, soft, line + 0.012 * smoothNoise2d(look.grain + 53, x * 95, y * 12));
    // Short hair ends in front of the ear.
    const burns = sides ? 1 : smoothStep(0.04, -0.02, y);
    const cover = outer * inner * burns;
    if (cover <= 0) return;
    const shadow = mix(0.78, 1, smoothStep(0, 0.06, line));
    const was = look.hair;
    paintStrand(on, { ...look, hair: [was[0] * shadow, was[1] * shadow, was[2] * shadow] }, px, py, x, y, cover);
  });
}
