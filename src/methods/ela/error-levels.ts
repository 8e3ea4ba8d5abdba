import { resavedRows, type ResaveSettings, type RgbPicture } from '../../media/jpeg-resave.ts';
import type { MethodContext } from '../method.ts';
import { stripBytes, unpackRows, type ChannelMode, type RowPair } from './compare-rows.ts';

export interface ErrorLevelSettings extends ResaveSettings {
  readonly channels: ChannelMode;
  readonly blockSize: number;
  readonly scale: number;
}

/** The whole picture's map with its statistics. */
export interface ErrorLevels {
  /** Absolute difference in levels: one byte a pixel, or three in mode `rgb`. */
  readonly map: Uint8Array<ArrayBuffer>;
  readonly blocksAcross: number;
  /** Per block in reading order. In mode `rgb` a pixel's level is its largest channel. */
  readonly blockMean: Float32Array;
  readonly blockMax: Uint8Array;
  readonly pixels: number;
  /** Of all pixels' levels. */
  readonly sum: number;
  /** Pixels of level 0. */
  readonly unchanged: number;
}

/** Rows of one strip: enough to keep a thread busy, few enough to stay small. A multiple of a coded row and of a block. */
const stripRows = 512;
const stripsAtOnce = 3;

/**
 * Saves the picture again strip by strip, compares each strip in a worker thread and puts the parts together. The result
 * does not depend on how many strips run at a time. Rejects with the context's cancellation.
 */
export async function errorLevels(
  picture: RgbPicture,
  settings: ErrorLevelSettings,
  context: Pick<MethodContext, 'compute' | 'signal' | 'progress'>,
): Promise<ErrorLevels> {
  const { width, height, data } = picture;
  const { channels, blockSize } = settings;
  const stride = width * 3;
  const mapStride = channels === 'rgb' ? stride : width;
  const strips = Math.ceil(height / stripRows);
  const blocksAcross = Math.ceil(width / blockSize);
  const map = new Uint8Array(mapStride * height);
  const blockSum = new Uint32Array(blocksAcross * Math.ceil(height / blockSize));
  const blockMax = new Uint8Array(blockSum.length);
  let unchanged = 0;

  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    let memory: ArrayBuffer | undefined;
    for (let strip = next++; strip < strips; strip = next++) {
      context.signal.throwIfAborted();
      const firstRow = strip * stripRows;
      const rows = Math.min(stripRows, height - firstRow);
      const shape = { width, rows, mode: channels, blockSize };
      const resaved = await resavedRows(picture, settings, firstRow, rows);
      const bytes = stripBytes(shape);
      const room = memory !== undefined && memory.byteLength >= bytes ? memory : new ArrayBuffer(bytes);
      const pixels = new Uint8Array(room, 0, bytes);
      pixels.set(data.subarray(firstRow * stride, (firstRow + rows) * stride));
      const input: RowPair = { ...shape, strip: pixels, resaved: resaved.data, resavedOffset: resaved.offset };
      const answer = await context.compute<Uint8Array<ArrayBuffer>>('compareRows', input, [room, resaved.data.buffer]);
      const part = unpackRows(answer, shape);
      const firstBlock = (firstRow / blockSize) * blocksAcross;
      map.set(part.map, firstRow * mapStride);
      blockSum.set(part.blockSum, firstBlock);
      blockMax.set(part.blockMax, firstBlock);
      unchanged += part.unchanged;
      memory = answer.buffer;
      done += rows;
      context.progress({ stage: 'examine', subject: 'ela', done, total: height, unit: 'items' });
    }
  };
  await Promise.all(Array.from({ length: Math.min(stripsAtOnce, strips) }, work));
  return {
    ...{ map, blocksAcross, blockMax, unchanged, pixels: width * height },
    blockMean: meansOf(blockSum, width, height, blockSize),
    sum: blockSum.reduce((total, sum) => total + sum, 0),
  };
}

/** Sums divided by each block's pixels; blocks at the right and lower edge are smaller. */
function meansOf(blockSum: Uint32Array, width: number, height: number, blockSize: number): Float32Array {
  const across = Math.ceil(width / blockSize);
  return Float32Array.from(blockSum, (sum, index) => {
    const column = index % across;
    const row = (index - column) / across;
    const pixels = Math.min(blockSize, width - column * blockSize) * Math.min(blockSize, height - row * blockSize);
    return sum / pixels;
  });
}
