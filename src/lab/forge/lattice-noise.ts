/** Smooth noise on whole-number lattices, computed from a hash of the lattice point: any point, any order, no state. */

function hashPoint(seed: number, x: number, y: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ seed;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Value in [-1, 1] at a lattice point. */
export function latticeValue(seed: number, x: number, y: number): number {
  return hashPoint(seed, x, y) / 2147483648 - 1;
}

/** Smooth function of one variable with lattice spacing 1, in [-1, 1]; first and second derivatives are continuous. */
export function smoothNoise1d(seed: number, x: number): number {
  const cell = Math.floor(x);
  const t = x - cell;
  const s = t * t * t * (t * (t * 6 - 15) + 10);
  const a = latticeValue(seed, cell, 0);
  return a + (latticeValue(seed, cell + 1, 0) - a) * s;
}

/** Smooth function of two variables with lattice spacing 1, in [-1, 1]. */
export function smoothNoise2d(seed: number, x: number, y: number): number {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  const tx = x - cellX;
  const ty = y - cellY;
  const sx = tx * tx * (3 - 2 * tx);
  const sy = ty * ty * (3 - 2 * ty);
  const a = latticeValue(seed, cellX, cellY);
  const b = latticeValue(seed, cellX + 1, cellY);
  const c = latticeValue(seed, cellX, cellY + 1);
  const d = latticeValue(seed, cellX + 1, cellY + 1);
  const top = a + (b - a) * sx;
  return top + (c + (d - c) * sx - top) * sy;
}

/** Sum of octaves of {@link smoothNoise2d}, each twice as fine and half as strong; roughly in [-1, 1]. */
export function fractalNoise2d(seed: number, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * smoothNoise2d(seed + octave * 7919, x * scale, y * scale);
    weight *= 0.5;
    scale *= 2;
  }
  return sum;
}
