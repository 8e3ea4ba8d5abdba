/** What one number of the map says about a pixel. */
export type ChannelMode = 'max' | 'luma' | 'rgb';

/** A strip of a picture before and after it was saved again; interleaved 8-bit RGB. */
export interface RowPair {
  /** `width` × `rows` pixels, followed by room for the statistics: see {@link stripBytes}. Is overwritten. */
  readonly strip: Uint8Array;
  readonly resaved: Uint8Array;
  /** Where in `resaved` the strip's first row begins. */
  readonly resavedOffset: number;
  readonly width: number;
  readonly rows: number;
  readonly mode: ChannelMode;
  /** Side of a square block in pixels; the strip's first row starts a block. */
  readonly blockSize: number;
}

export interface ComparedRows {
  /** Absolute difference in levels: one byte a pixel, or three in mode `rgb`. */
  readonly map: Uint8Array;
  /** Per block in reading order: sum and largest of the levels. In mode `rgb` a pixel's level is its largest channel. */
  readonly blockSum: Uint32Array;
  readonly blockMax: Uint8Array;
  /** Pixels of level 0. */
  readonly unchanged: number;
}

type StripShape = Pick<RowPair, 'width' | 'rows' | 'blockSize'>;

const bytesPerBlock = 5;
const bytesOfTotal = 4;

function blocksOf({ width, rows, blockSize }: StripShape): number {
  return Math.ceil(width / blockSize) * Math.ceil(rows / blockSize);
}

/** Bytes that {@link compareRows} needs for a strip: its pixels, and behind them its statistics. */
export function stripBytes(shape: StripShape): number {
  return shape.width * shape.rows * 3 + blocksOf(shape) * bytesPerBlock + bytesOfTotal;
}

/**
 * Kernel: absolute difference of two strips with statistics per block, a row at a time so that it is still in the
 * processor's cache when it is counted. The answer overwrites the strip, so that one piece of memory goes to the thread and
 * comes back: {@link unpackRows} takes it apart. Integer arithmetic, so every machine gives the same bytes.
 */
export function compareRows(pair: RowPair): Uint8Array {
  const { strip, resaved, resavedOffset, width, rows, mode, blockSize } = pair;
  const across = Math.ceil(width / blockSize);
  const blockSum = new Uint32Array(blocksOf(pair));
  const blockMax = new Uint8Array(blockSum.length);
  const stride = width * 3;
  const compare = mode === 'rgb' ? colourDifferences : mode === 'luma' ? lumaDifferences : largestDifferences;
  const mapStride = mode === 'rgb' ? stride : width;
  const levels = new Uint8Array(width);
  let unchanged = 0;
  for (let y = 0; y < rows; y += 1) {
    const before = strip.subarray(y * stride, (y + 1) * stride);
    const after = resaved.subarray(resavedOffset + y * stride, resavedOffset + (y + 1) * stride);
    // A row of the map never reaches past the row that it comes from, so nothing is overwritten before it is read.
    compare(before, after, strip.subarray(y * mapStride, (y + 1) * mapStride), levels);
    unchanged += count(levels, blockSize, ((y / blockSize) | 0) * across, blockSum, blockMax);
  }
  const statistics = new DataView(strip.buffer, strip.byteOffset + rows * stride);
  statistics.setUint32(0, unchanged, true);
  for (let block = 0; block < blockSum.length; block += 1) {
    statistics.setUint32(bytesOfTotal + block * bytesPerBlock, blockSum[block]!, true);
    statistics.setUint8(bytesOfTotal + block * bytesPerBlock + 4, blockMax[block]!);
  }
  return strip;
}

/** Takes apart what {@link compareRows} left in the strip's memory. `map` is a view of it. */
export function unpackRows(strip: Uint8Array, shape: StripShape & Pick<RowPair, 'mode'>): ComparedRows {
  const pixels = shape.width * shape.rows;
  const statistics = new DataView(strip.buffer, strip.byteOffset + pixels * 3);
  const at = (block: number): number => bytesOfTotal + block * bytesPerBlock;
  const blocks = blocksOf(shape);
  return {
    map: strip.subarray(0, shape.mode === 'rgb' ? pixels * 3 : pixels),
    unchanged: statistics.getUint32(0, true),
    blockSum: Uint32Array.from({ length: blocks }, (_, block) => statistics.getUint32(at(block), true)),
    blockMax: Uint8Array.from({ length: blocks }, (_, block) => statistics.getUint8(at(block) + 4)),
  };
}

function colourDifferences(before: Uint8Array, after: Uint8Array, map: Uint8Array, levels: Uint8Array): void {
  for (let x = 0, i = 0; x < levels.length; x += 1, i += 3) {
    const red = Math.abs(before[i]! - after[i]!);
    const green = Math.abs(before[i + 1]! - after[i + 1]!);
    const blue = Math.abs(before[i + 2]! - after[i + 2]!);
    map[i] = red;
    map[i + 1] = green;
    map[i + 2] = blue;
    levels[x] = Math.max(red, green, blue);
  }
}

function largestDifferences(before: Uint8Array, after: Uint8Array, map: Uint8Array, levels: Uint8Array): void {
  for (let x = 0, i = 0; x < levels.length; x += 1, i += 3) {
    const red = Math.abs(before[i]! - after[i]!);
    const green = Math.abs(before[i + 1]! - after[i + 1]!);
    const blue = Math.abs(before[i + 2]! - after[i + 2]!);
    const level = Math.max(red, green, blue);
    map[x] = level;
    levels[x] = level;
  }
}

/** Luma by the weights of ITU-R BT.601 in 1/256, rounded. */
function lumaDifferences(before: Uint8Array, after: Uint8Array, map: Uint8Array, levels: Uint8Array): void {
  for (let x = 0, i = 0; x < levels.length; x += 1, i += 3) {
    const red = before[i]! - after[i]!;
    const green = before[i + 1]! - after[i + 1]!;
    const blue = before[i + 2]! - after[i + 2]!;
    const level = (Math.abs(77 * red + 150 * green + 29 * blue) + 128) >> 8;
    map[x] = level;
    levels[x] = level;
  }
}

/** Adds a row to its blocks; gives how many of its pixels did not change. */
function count(
  levels: Uint8Array,
  blockSize: number,
  firstBlock: number,
  blockSum: Uint32Array,
  blockMax: Uint8Array,
): number {
  let unchanged = 0;
  for (let x = 0, block = firstBlock; x < levels.length; block += 1) {
    const end = Math.min(levels.length, x + blockSize);
    let sum = 0;
    let largest = blockMax[block]!;
    for (; x < end; x += 1) {
      const level = levels[x]!;
      sum += level;
      largest = Math.max(largest, level);
      unchanged += level === 0 ? 1 : 0;
    }
    blockSum[block]! += sum;
    blockMax[block] = largest;
  }
  return unchanged;
}
