/** One size of a grey picture, blurred a little, as the motion measurement reads it. */
export interface GreyLevel {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}

/** Side of a cell in pixels of its level. */
export const cellSize = 4;
/** Sizes in which motion is measured: full, half, quarter. A face 60 to 150 pixels high fits one of them. */
export const levelCount = 3;

/** Whole cells of a level. */
export function cellGrid(width: number, height: number): { readonly columns: number; readonly rows: number } {
  return { columns: Math.floor(width / cellSize), rows: Math.floor(height / cellSize) };
}

/** Full, half and quarter size of a picture, each blurred by a binomial of about one pixel. */
export function greyLevels(grey: Uint8Array, width: number, height: number): GreyLevel[] {
  const levels = emptyLevels(width, height);
  new LevelMaker(width, height).fill(levels, grey);
  return levels;
}

/** Levels of a size with nothing in them, to be filled again and again. */
export function emptyLevels(width: number, height: number): GreyLevel[] {
  return Array.from({ length: levelCount }, (_, level) => {
    const [w, h] = [width >> level, height >> level];
    return { width: w, height: h, pixels: new Float32Array(w * h) };
  });
}

/** Makes the levels of many pictures of one size without taking memory for each. Sums of bytes stay whole numbers until the end. */
export class LevelMaker {
  /** Sums over the pixels that a pixel of each level covers. */
  readonly #sums: readonly Int32Array[];
  readonly #across: Int32Array;

  constructor(width: number, height: number) {
    this.#sums = Array.from({ length: levelCount }, (_, level) => new Int32Array((width >> level) * (height >> level)));
    this.#across = new Int32Array(width * height);
  }

  fill(levels: readonly GreyLevel[], grey: Uint8Array): void {
    this.#sums[0]!.set(grey);
    levels.forEach(({ width, height, pixels }, level) => {
      const sums = this.#sums[level]!;
      const finer = levels[level - 1];
      if (finer !== undefined) halve(this.#sums[level - 1]!, finer.width, finer.height, sums);
      if (width >= 4 && height > 0) blur(sums, width, height, this.#across, pixels, 1 / (256 * 4 ** level));
    });
  }
}

/** Sums of 2 × 2 pixels. */
function halve(from: Int32Array, width: number, height: number, out: Int32Array): void {
  const columns = width >> 1;
  const rows = height >> 1;
  for (let y = 0, to = 0; y < rows; y++)
    for (let x = 0, at = 2 * y * width; x < columns; x++, at += 2, to++)
      out[to] = from[at]! + from[at + 1]! + from[at + width]! + from[at + width + 1]!;
}

/** Binomial of five taps each way, edges held, times `scale`. At least four pixels wide. */
function blur(
  from: Int32Array,
  width: number,
  height: number,
  across: Int32Array,
  out: Float32Array,
  scale: number,
): void {
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const last = row + width - 1;
    const [first, second, third] = [from[row]!, from[row + 1]!, from[row + 2]!];
    across[row] = 11 * first + 4 * second + third;
    across[row + 1] = 5 * first + 6 * second + 4 * third + from[row + 3]!;
    // Four values are kept as the window moves on, one is read.
    let [a, b, c, d] = [first, second, third, from[row + 3]!];
    for (let i = row + 2; i < last - 1; i++) {
      const e = from[i + 2]!;
      across[i] = a + e + 4 * (b + d) + 6 * c;
      a = b;
      b = c;
      c = d;
      d = e;
    }
    across[last - 1] = 5 * from[last]! + 6 * from[last - 1]! + 4 * from[last - 2]! + from[last - 3]!;
    across[last] = 11 * from[last]! + 4 * from[last - 1]! + from[last - 2]!;
  }
  for (let y = 0; y < height; y++) {
    const c = y * width;
    const a = Math.max(0, y - 2) * width - c;
    const b = Math.max(0, y - 1) * width - c;
    const d = Math.min(height - 1, y + 1) * width - c;
    const e = Math.min(height - 1, y + 2) * width - c;
    for (let i = c; i < c + width; i++)
      out[i] = (across[i + a]! + across[i + e]! + 4 * (across[i + b]! + across[i + d]!) + 6 * across[i]!) * scale;
  }
}
