import { compareBand, openBand, type BlockStatistics } from './compare-band.ts';

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
 * Kernel: absolute difference of two strips with statistics per block, a row of blocks at a time so that it is still in the
 * processor's cache when it is counted. The answer overwrites the strip, so that one piece of memory goes to the thread and
 * comes back: {@link unpackRows} takes it apart. Integer arithmetic, so every machine gives the same bytes.
 *
 * Sixteen pixels go at a time through WebAssembly's vector instructions; `vectors: false` leaves them out, which gives the same
 * bytes at a fifth of the speed (tests compare the two).
 */
export function compareRows(pair: RowPair & { readonly vectors?: boolean }): Uint8Array {
  const { strip, rows, blockSize, width } = pair;
  const across = Math.ceil(width / blockSize);
  const statistics: BlockStatistics = {
    blockSum: new Uint32Array(blocksOf(pair)),
    blockMax: new Uint8Array(blocksOf(pair)),
    unchanged: 0,
  };
  const band = openBand(pair);
  for (let firstRow = 0; firstRow < rows; firstRow += blockSize) {
    compareBand(pair, band, firstRow, (firstRow / blockSize) * across, statistics);
  }
  const { blockSum, blockMax, unchanged } = statistics;
  const view = new DataView(strip.buffer, strip.byteOffset + rows * width * 3);
  view.setUint32(0, unchanged, true);
  for (let block = 0; block < blockSum.length; block += 1) {
    view.setUint32(bytesOfTotal + block * bytesPerBlock, blockSum[block]!, true);
    view.setUint8(bytesOfTotal + block * bytesPerBlock + 4, blockMax[block]!);
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
