import type { Raster } from '../../media/png.ts';
import type { SampledFrame } from './sample-frames.ts';

/** Matrix and range of a stream's colours, as far as a small picture needs them. */
export interface ColourCoding {
  readonly matrix: 'bt601' | 'bt709' | 'bt2020';
}

const gap = 4;
const background = 24;
/** A sheet is about so wide for its height, which fits a page across its width. */
const aspect = 4 / 3;
/** Cells are reduced by whole factors until they are no taller. */
const tallestCell = 320;

export interface SheetLayout {
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

/** Where the cells of a sheet lie: as many columns as bring it closest to 4:3. */
export function layOut(cells: number, cellWidth: number, cellHeight: number): SheetLayout {
  let columns = 1;
  const sizeOf = (tried: number): { width: number; height: number } => ({
    width: tried * (cellWidth + gap) + gap,
    height: Math.ceil(cells / tried) * (cellHeight + gap) + gap,
  });
  const departure = (tried: number): number => Math.abs(Math.log(sizeOf(tried).width / sizeOf(tried).height / aspect));
  for (let tried = 2; tried <= cells; tried += 1) if (departure(tried) < departure(columns)) columns = tried;
  return { columns, rows: Math.ceil(cells / columns), cellWidth, cellHeight, ...sizeOf(columns) };
}

/** Draws frames into one RGB raster, upright (turned clockwise by `rotationDeg`), left to right and top to bottom. */
export function drawSheet(
  frames: readonly SampledFrame[],
  rotationDeg: number,
  colours: ColourCoding,
): { readonly layout: SheetLayout; readonly raster: Raster } {
  const cells = frames.map((frame) => reduce(turn(toRgb(frame, colours), rotationDeg)));
  const cellWidth = Math.max(1, ...cells.map(({ width }) => width));
  const cellHeight = Math.max(1, ...cells.map(({ height }) => height));
  const layout = layOut(cells.length, cellWidth, cellHeight);
  const data = new Uint8Array(layout.width * layout.height * 3).fill(background);
  cells.forEach((cell, i) => {
    const left = gap + (i % layout.columns) * (cellWidth + gap);
    const top = gap + Math.floor(i / layout.columns) * (cellHeight + gap);
    for (let y = 0; y < cell.height; y += 1) {
      const row = cell.data.subarray(y * cell.width * 3, (y + 1) * cell.width * 3);
      data.set(row, ((top + y) * layout.width + left) * 3);
    }
  });
  return { layout, raster: { width: layout.width, height: layout.height, channels: 3, data } };
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB, interleaved. */
  readonly data: Uint8Array;
}

/** Red and blue weights of the luma equation: ITU-R BT.601, BT.709, BT.2020. */
const lumaWeights = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722], bt2020: [0.2627, 0.0593] } as const;

/** RGB of a yuv420p frame in limited range; each chroma sample stands for its four pixels. */
export function toRgb({ width, height, data }: SampledFrame, { matrix }: ColourCoding): Picture {
  const [red, blue] = lumaWeights[matrix];
  const green = 1 - red - blue;
  const chromaWidth = Math.ceil(width / 2);
  const cbAt = width * height;
  const crAt = cbAt + chromaWidth * Math.ceil(height / 2);
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const chroma = (y >> 1) * chromaWidth + (x >> 1);
      const luma = ((data[y * width + x]! - 16) * 255) / 219;
      const cb = ((data[cbAt + chroma]! - 128) * 255) / 224;
      const cr = ((data[crAt + chroma]! - 128) * 255) / 224;
      const at = (y * width + x) * 3;
      rgb[at] = luma + 2 * (1 - red) * cr;
      rgb[at + 1] = luma - (2 * blue * (1 - blue) * cb + 2 * red * (1 - red) * cr) / green;
      rgb[at + 2] = luma + 2 * (1 - blue) * cb;
    }
  }
  return { width, height, data: new Uint8Array(rgb.buffer) };
}

/** Turns a picture clockwise by a multiple of 90 degrees. */
export function turn(picture: Picture, degrees: number): Picture {
  const quarters = ((Math.round(degrees / 90) % 4) + 4) % 4;
  if (quarters === 0) return picture;
  const { width, height, data } = picture;
  const [newWidth, newHeight] = quarters === 2 ? [width, height] : [height, width];
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [toX, toY] =
        quarters === 1 ? [height - 1 - y, x] : quarters === 2 ? [width - 1 - x, height - 1 - y] : [y, width - 1 - x];
      const from = (y * width + x) * 3;
      const to = (toY * newWidth + toX) * 3;
      turned[to] = data[from]!;
      turned[to + 1] = data[from + 1]!;
      turned[to + 2] = data[from + 2]!;
    }
  }
  return { width: newWidth, height: newHeight, data: turned };
}

/** Means over squares of pixels, so that a tall picture keeps to the sheet. */
function reduce(picture: Picture): Picture {
  const factor = Math.ceil(picture.height / tallestCell);
  if (factor === 1) return picture;
  const width = Math.max(1, Math.floor(picture.width / factor));
  const height = Math.max(1, Math.floor(picture.height / factor));
  const data = new Uint8Array(width * height * 3);
  const side = Math.min(factor, picture.width);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let dy = 0; dy < factor; dy += 1) {
          for (let dx = 0; dx < side; dx += 1) {
            sum += picture.data[((y * factor + dy) * picture.width + x * factor + dx) * 3 + channel] ?? 0;
          }
        }
        data[(y * width + x) * 3 + channel] = Math.round(sum / (factor * side));
      }
    }
  }
  return { width, height, data };
}
