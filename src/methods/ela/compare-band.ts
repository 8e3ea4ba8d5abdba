import type { RowPair } from './compare-rows.ts';
import { openSimdLevels, vectorPixels, type SimdLevels } from './simd-levels.ts';

/** What is counted of a strip, block by block. */
export interface BlockStatistics {
  readonly blockSum: Uint32Array;
  readonly blockMax: Uint8Array;
  unchanged: number;
}

/** Memory of one row of blocks, before, after and as map, with room for what the vectors count. */
export interface Band {
  readonly simd: SimdLevels | undefined;
  /** Whole vectors of a row; what is left at its end goes pixel by pixel. */
  readonly vectors: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly map: Uint8Array;
  /** Eight sums of two neighbouring columns for each vector; the largest level of each column. */
  readonly sums: Uint16Array;
  readonly largest: Uint8Array;
}

/** Bytes past a row that a vector may touch. */
const slack = 64;

export function openBand(pair: Omit<RowPair, 'strip' | 'resaved'> & { readonly vectors?: boolean }): Band {
  const { width, blockSize, mode } = pair;
  const bytes = align(width * blockSize * 3 + slack);
  const wanted = mode === 'luma' || pair.vectors === false ? 0 : Math.floor(width / vectorPixels);
  const simd = wanted === 0 ? undefined : openSimdLevels(bytes * 3 + wanted * 32);
  const vectors = simd === undefined ? 0 : wanted;
  const memory = simd?.memory.buffer ?? new ArrayBuffer(bytes * 3);
  const part = (index: number): Uint8Array => new Uint8Array(memory, bytes * index, bytes);
  return {
    ...{ simd, vectors, before: part(0), after: part(1), map: part(2) },
    sums: new Uint16Array(memory, bytes * 3, vectors * 8),
    largest: new Uint8Array(memory, bytes * 3 + vectors * 16, vectors * 16),
  };
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/** Compares one row of blocks and puts its map where the strip's rows stood. */
export function compareBand(
  pair: RowPair,
  band: Band,
  firstRow: number,
  firstBlock: number,
  statistics: BlockStatistics,
): void {
  const { strip, resaved, resavedOffset, width, mode, blockSize } = pair;
  const rows = Math.min(blockSize, pair.rows - firstRow);
  const stride = width * 3;
  const mapStride = mode === 'rgb' ? stride : width;
  const from = firstRow * stride;
  band.before.set(strip.subarray(from, from + rows * stride));
  band.after.set(resaved.subarray(resavedOffset + from, resavedOffset + from + rows * stride));
  if (band.simd !== undefined) {
    band.sums.fill(0);
    band.largest.fill(0);
    const { before, after, map, sums, largest } = band;
    statistics.unchanged += band.simd.levels(
      before.byteOffset,
      after.byteOffset,
      map.byteOffset,
      sums.byteOffset,
      largest.byteOffset,
      band.vectors,
      rows,
      stride,
      mapStride,
      mode === 'rgb' ? 1 : 0,
    );
    countVectors(band, blockSize, firstBlock, statistics);
  }
  comparePixels(band, pair, rows, firstBlock, statistics);
  // A row of the map never reaches past the row that it comes from, and those of this band were copied: nothing unread is lost.
  strip.set(band.map.subarray(0, rows * mapStride), firstRow * mapStride);
}

/** Adds what the vectors counted to their blocks: one block of 16 columns a vector, or two of 8. */
function countVectors(band: Band, blockSize: number, firstBlock: number, statistics: BlockStatistics): void {
  const { sums, largest, vectors } = band;
  for (let column = 0; column < vectors * vectorPixels; column += 1) {
    const block = firstBlock + Math.floor(column / blockSize);
    statistics.blockMax[block] = Math.max(statistics.blockMax[block]!, largest[column]!);
    if (column % 2 === 0) statistics.blockSum[block]! += sums[column / 2]!;
  }
}

/** The pixels behind the last whole vector of each row: all of them where vectors are not used. */
function comparePixels(
  band: Band,
  { width, mode, blockSize }: RowPair,
  rows: number,
  firstBlock: number,
  statistics: BlockStatistics,
): void {
  const { before, after, map } = band;
  const { blockSum, blockMax } = statistics;
  for (let y = 0; y < rows; y += 1) {
    for (let x = band.vectors * vectorPixels; x < width; x += 1) {
      const pixel = y * width + x;
      const i = pixel * 3;
      const red = before[i]! - after[i]!;
      const green = before[i + 1]! - after[i + 1]!;
      const blue = before[i + 2]! - after[i + 2]!;
      const level = mode === 'luma' ? lumaLevel(red, green, blue) : largestLevel(red, green, blue);
      if (mode === 'rgb') {
        map[i] = Math.abs(red);
        map[i + 1] = Math.abs(green);
        map[i + 2] = Math.abs(blue);
      } else map[pixel] = level;
      const block = firstBlock + Math.floor(x / blockSize);
      blockSum[block]! += level;
      blockMax[block] = Math.max(blockMax[block]!, level);
      statistics.unchanged += level === 0 ? 1 : 0;
    }
  }
}

function largestLevel(red: number, green: number, blue: number): number {
  return Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
}

/** Luma by the weights of ITU-R BT.601 in 1/256, rounded. */
function lumaLevel(red: number, green: number, blue: number): number {
  return (Math.abs(77 * red + 150 * green + 29 * blue) + 128) >> 8;
}
