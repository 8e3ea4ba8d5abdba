import { imageLibrary } from './image-library.ts';

/** How a picture is saved as JPEG again. Everything else is fixed: see {@link resavedRows}. */
export interface ResaveSettings {
  /** 1–100 on the scale of the Independent JPEG Group's quantisation tables. */
  readonly quality: number;
  readonly chromaSubsampling: '4:2:0' | '4:4:4';
}

/** Interleaved 8-bit RGB, row by row. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Rows as they came out of the decoder: those that were asked for begin at `offset`, whatever stands around them. They have their
 * memory to themselves, so that it can move to another thread.
 */
export interface ResavedRows {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly offset: number;
}

/** Rows of one minimum coded unit with subsampled chroma, and of two blocks without. */
const unitRows = 16;

/**
 * Rows [firstRow, firstRow + rows) of the picture as they would look after the whole picture was saved as a baseline
 * JPEG and decoded again: the same samples as saving it in one piece, at a fraction of the memory.
 *
 * `firstRow` must be a multiple of 16. One coded row of neighbours on either side is saved along with the rows, because
 * the decoder interpolates subsampled chroma across the edge of a coded row; nothing reaches further.
 *
 * FORENSIC: no mozjpeg tricks (trellis, deringing, its own tables), standard tables scaled by quality, standard Huffman
 * codes: the map must not change because an encoder got cleverer. A test holds golden digests.
 */
export async function resavedRows(
  picture: RgbPicture,
  settings: ResaveSettings,
  firstRow: number,
  rows: number,
): Promise<ResavedRows> {
  if (firstRow % unitRows !== 0) throw new RangeError(`row ${String(firstRow)} does not start a coded row`);
  const { width, height } = picture;
  const stride = width * 3;
  const from = Math.max(0, firstRow - unitRows);
  const to = Math.min(height, firstRow + rows + unitRows);
  const raw = { width, height: to - from, channels: 3 } as const;
  const sharp = await imageLibrary();
  const jpeg = await sharp(picture.data.subarray(from * stride, to * stride), { raw, limitInputPixels: false })
    .jpeg({
      quality: settings.quality,
      chromaSubsampling: settings.chromaSubsampling,
      mozjpeg: false,
      progressive: false,
      optimiseCoding: false,
      optimiseScans: false,
      trellisQuantisation: false,
      overshootDeringing: false,
      quantisationTable: 0,
    })
    .toBuffer();
  const { data } = await sharp(jpeg, { limitInputPixels: false, ignoreIcc: true })
    .raw({ depth: 'uchar' })
    .toUint8Array();
  return { data: data as Uint8Array<ArrayBuffer>, offset: (firstRow - from) * stride };
}
