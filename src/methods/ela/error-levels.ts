import { resavedRows, type ResaveSettings, type RgbPicture } from '../../media/jpeg-resave.ts';
import type { MethodContext } from '../method.ts';
import type { ChannelMode } from './compare-rows.ts';
import type { ExaminedRows, ExamineRows } from './examine-rows.ts';

export interface ErrorLevelSettings extends ResaveSettings {
  readonly channels: ChannelMode;
  readonly blockSize: number;
  readonly scale: number;
}

/** The whole picture's maps and statistics; see {@link ExaminedRows} for the arrays. */
export interface ErrorLevels {
  readonly map: Uint8Array;
  readonly overlay: { readonly width: number; readonly height: number; readonly data: Uint8Array };
  readonly blocksAcross: number;
  readonly blockMean: Float32Array;
  readonly blockMax: Uint8Array;
  readonly histogram: Float64Array;
}

/** Rows of one strip, about: enough to keep a thread busy, few enough to stay in a cache. */
const stripRows = 512;
const stripsAtOnce = 3;
/** Longest side of the overlay: for reports and for a first look; a window draws its own from map and picture. */
const overlayPixels = 1600;

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
  const { channels, blockSize, scale } = settings;
  const stride = width * 3;
  const reduce = Math.max(1, Math.ceil(Math.max(width, height) / overlayPixels));
  const unit = 16 * reduce;
  const rowsEach = unit * Math.ceil(stripRows / unit);
  const strips = Math.ceil(height / rowsEach);
  const blocksAcross = Math.ceil(width / blockSize);
  const blocks = blocksAcross * Math.ceil(height / blockSize);
  const mapStride = channels === 'rgb' ? stride : width;
  const overlay = { width: Math.ceil(width / reduce), height: Math.ceil(height / reduce) };
  const result = {
    map: new Uint8Array(mapStride * height),
    overlay: { ...overlay, data: new Uint8Array(overlay.width * overlay.height * 3) },
    blocksAcross,
    blockMean: new Float32Array(blocks),
    blockMax: new Uint8Array(blocks),
    histogram: new Float64Array(256),
  };

  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let strip = next++; strip < strips; strip = next++) {
      context.signal.throwIfAborted();
      const firstRow = strip * rowsEach;
      const rows = Math.min(rowsEach, height - firstRow);
      const resaved = transferable(await resavedRows(picture, settings, firstRow, rows));
      const original = data.slice(firstRow * stride, (firstRow + rows) * stride);
      const input: ExamineRows = { original, resaved, width, rows, mode: channels, blockSize, scale, reduce };
      const part = await context.compute<ExaminedRows>('examineRows', input, [original.buffer, resaved.buffer]);
      result.map.set(part.map, firstRow * mapStride);
      result.overlay.data.set(part.overlay, (firstRow / reduce) * overlay.width * 3);
      result.blockMean.set(part.blockMean, (firstRow / blockSize) * blocksAcross);
      result.blockMax.set(part.blockMax, (firstRow / blockSize) * blocksAcross);
      part.histogram.forEach((count, level) => {
        result.histogram[level]! += count;
      });
      done += rows;
      context.progress({ stage: 'examine', subject: 'ela', done, total: height, unit: 'items' });
    }
  };
  await Promise.all(Array.from({ length: Math.min(stripsAtOnce, strips) }, work));
  return result;
}

/** An array that owns the whole of its buffer, as moving it to another thread needs. */
function transferable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const owns = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return owns ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes);
}
