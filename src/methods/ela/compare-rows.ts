/** What one number of the map says about a pixel. */
export type ChannelMode = 'max' | 'luma' | 'rgb';

/** A strip of a picture before and after it was saved again; interleaved 8-bit RGB, both `width` × `rows`. */
export interface RowPair {
  readonly original: Uint8Array;
  readonly resaved: Uint8Array;
  readonly width: number;
  readonly rows: number;
  readonly mode: ChannelMode;
  /** Side of a square block in pixels; the strip's first row starts a block. */
  readonly blockSize: number;
}

export interface ComparedRows {
  /** Absolute difference in levels: one byte a pixel, or three in mode `rgb`. */
  readonly map: Uint8Array;
  /** Per block in reading order: mean and largest level. In mode `rgb` a pixel's level is its largest channel. */
  readonly blockMean: Float32Array;
  readonly blockMax: Uint8Array;
  /** Pixels at each level 0–255. */
  readonly histogram: Uint32Array;
}

/**
 * Absolute difference of two strips with statistics per block, a row at a time so that it is still in the processor's
 * cache when it is counted. Integer arithmetic but for the final division, so every machine gives the same bytes.
 */
export function compareRows(pair: RowPair): ComparedRows {
  const { original, resaved, width, rows, mode, blockSize } = pair;
  const across = Math.ceil(width / blockSize);
  const blocks = across * Math.ceil(rows / blockSize);
  const sums = new Uint32Array(blocks);
  const blockMax = new Uint8Array(blocks);
  const histogram = new Uint32Array(256);
  const stride = width * 3;
  const map = new Uint8Array(rows * (mode === 'rgb' ? stride : width));
  const levelsOf = mode === 'luma' ? lumaLevels : largestLevels;
  const colourRow = new Uint8Array(width);
  for (let y = 0; y < rows; y += 1) {
    const before = original.subarray(y * stride, (y + 1) * stride);
    const after = resaved.subarray(y * stride, (y + 1) * stride);
    const levels = mode === 'rgb' ? colourRow : map.subarray(y * width, (y + 1) * width);
    levelsOf(before, after, levels);
    if (mode === 'rgb') differences(before, after, map.subarray(y * stride, (y + 1) * stride));
    count(levels, blockSize, ((y / blockSize) | 0) * across, sums, blockMax, histogram);
  }
  return { map, blockMean: meansOf(sums, width, rows, blockSize), blockMax, histogram };
}

function differences(before: Uint8Array, after: Uint8Array, target: Uint8Array): void {
  for (let i = 0; i < target.length; i += 1) target[i] = Math.abs(before[i]! - after[i]!);
}

function largestLevels(before: Uint8Array, after: Uint8Array, target: Uint8Array): void {
  for (let x = 0, i = 0; x < target.length; x += 1, i += 3) {
    const red = Math.abs(before[i]! - after[i]!);
    const green = Math.abs(before[i + 1]! - after[i + 1]!);
    const blue = Math.abs(before[i + 2]! - after[i + 2]!);
    target[x] = Math.max(red, green, blue);
  }
}

/** Luma by the weights of ITU-R BT.601 in 1/256, rounded. */
function lumaLevels(before: Uint8Array, after: Uint8Array, target: Uint8Array): void {
  for (let x = 0, i = 0; x < target.length; x += 1, i += 3) {
    const red = before[i]! - after[i]!;
    const green = before[i + 1]! - after[i + 1]!;
    const blue = before[i + 2]! - after[i + 2]!;
    target[x] = (Math.abs(77 * red + 150 * green + 29 * blue) + 128) >> 8;
  }
}

function count(
  levels: Uint8Array,
  blockSize: number,
  firstBlock: number,
  sums: Uint32Array,
  blockMax: Uint8Array,
  histogram: Uint32Array,
): void {
  for (let x = 0, block = firstBlock; x < levels.length; block += 1) {
    const end = Math.min(levels.length, x + blockSize);
    let sum = 0;
    let largest = blockMax[block]!;
    for (; x < end; x += 1) {
      const level = levels[x]!;
      sum += level;
      largest = Math.max(largest, level);
      histogram[level]! += 1;
    }
    sums[block]! += sum;
    blockMax[block] = largest;
  }
}

/** Sums divided by each block's pixels; blocks at the right and lower edge are smaller. */
function meansOf(sums: Uint32Array, width: number, rows: number, blockSize: number): Float32Array {
  const across = Math.ceil(width / blockSize);
  return Float32Array.from(sums, (sum, index) => {
    const column = index % across;
    const row = (index - column) / across;
    const pixels = Math.min(blockSize, width - column * blockSize) * Math.min(blockSize, rows - row * blockSize);
    return sum / pixels;
  });
}
