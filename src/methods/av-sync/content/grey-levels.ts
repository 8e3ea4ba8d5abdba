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
  readonly #width: number;
  readonly #height: number;
  /** Sums over the pixels that a pixel of the level covers. */
  readonly #sums: Int32Array[];
  readonly #across: Int32Array;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#sums = Array.from(
      { length: levelCount - 1 },
      (_, i) => new Int32Array((width >> (i + 1)) * (height >> (i + 1))),
    );
    this.#across = new Int32Array(width * height);
  }

  fill(levels: readonly GreyLevel[], grey: Uint8Array): void {
    let from: Uint8Array | Int32Array = grey;
    levels.forEach(({ width, height, pixels }, level) => {
      if (level > 0) {
        const sums = this.#sums[level - 1]!;
        halve(from, this.#width >> (level - 1), this.#height >> (level - 1), sums);
        from = sums;
      }
      blur(from, width, height, this.#across, pixels, 1 / (256 * 4 ** level));
    });
  }
}

/** Sums of 2 × 2 pixels. */
function halve(from: Uint8Array | Int32Array, width: number, height: number, out: Int32Array): void {
  const columns = width >> 1;
  const rows = height >> 1;
  for (let y = 0, to = 0; y < rows; y++)
    for (let x = 0, at = 2 * y * width; x < columns; x++, at += 2, to++)
      out[to] = from[at]! + from[at + 1]! + from[at + width]! + from[at + width + 1]!;
}

/** Binomial of five taps each way, edges held, times `scale`. */
function blur(
  from: Uint8Array | Int32Array,
  width: number,
  height: number,
  across: Int32Array,
  out: Float32Array,
  scale: number,
): void {
  if (width === 0 || height === 0) return;
  const held = (x: number): number => Math.max(0, Math.min(width - 1, x));
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 2; x < width - 2; x++) {
      const i = row + x;
      across[i] = from[i - 2]! + from[i + 2]! + 4 * (from[i - 1]! + from[i + 1]!) + 6 * from[i]!;
    }
    for (const x of [0, 1, width - 2, width - 1]) {
      if (x < 0 || x >= width) continue;
      across[row + x] =
        from[row + held(x - 2)]! +
        from[row + held(x + 2)]! +
        4 * (from[row + held(x - 1)]! + from[row + held(x + 1)]!) +
        6 * from[row + x]!;
    }
  }
  for (let y = 0; y < height; y++) {
    const a = Math.max(0, y - 2) * width;
    const b = Math.max(0, y - 1) * width;
    const c = y * width;
    const d = Math.min(height - 1, y + 1) * width;
    const e = Math.min(height - 1, y + 2) * width;
    for (let x = 0; x < width; x++)
      out[c + x] =
        (across[a + x]! + across[e + x]! + 4 * (across[b + x]! + across[d + x]!) + 6 * across[c + x]!) * scale;
  }
}
