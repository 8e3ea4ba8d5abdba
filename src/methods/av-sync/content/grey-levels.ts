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
  const levels: GreyLevel[] = [];
  let raw: GreyLevel = { width, height, pixels: Float32Array.from(grey) };
  for (let level = 0; level < levelCount; level++) {
    if (level > 0) raw = halve(raw);
    levels.push({ ...raw, pixels: blur(raw) });
  }
  return levels;
}

function halve({ width, height, pixels }: GreyLevel): GreyLevel {
  const columns = width >> 1;
  const rows = height >> 1;
  const out = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    let from = 2 * y * width;
    for (let x = 0; x < columns; x++, from += 2)
      out[y * columns + x] =
        (pixels[from]! + pixels[from + 1]! + pixels[from + width]! + pixels[from + width + 1]!) * 0.25;
  }
  return { width: columns, height: rows, pixels: out };
}

/** Binomial of five taps each way, edges held. */
function blur({ width, height, pixels }: GreyLevel): Float32Array {
  const across = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const a = row + (x < 2 ? 0 : x - 2);
      const b = row + (x < 1 ? 0 : x - 1);
      const d = row + (x > width - 2 ? width - 1 : x + 1);
      const e = row + (x > width - 3 ? width - 1 : x + 2);
      across[row + x] = (pixels[a]! + pixels[e]! + 4 * (pixels[b]! + pixels[d]!) + 6 * pixels[row + x]!) * 0.0625;
    }
  }
  const out = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) {
    const a = (y < 2 ? 0 : y - 2) * width;
    const b = (y < 1 ? 0 : y - 1) * width;
    const c = y * width;
    const d = (y > height - 2 ? height - 1 : y + 1) * width;
    const e = (y > height - 3 ? height - 1 : y + 2) * width;
    for (let x = 0; x < width; x++)
      out[c + x] =
        (across[a + x]! + across[e + x]! + 4 * (across[b + x]! + across[d + x]!) + 6 * across[c + x]!) * 0.0625;
  }
  return out;
}
