import { colourTable, type ColourScale } from '../../../src/base/colour-table.ts';

/** What a viewer draws, and the numbers behind it. */
export interface Raster {
  /** Pixels of the raster, which may be fewer than the picture's. */
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** A quantity in bytes: one or three for each pixel. */
export interface ByteMap {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

const opaque = 0xff000000;

/** What a canvas can hold: longest side in pixels, and pixels that a page can afford several times over. */
const most = { side: 16_384, pixels: 48_000_000 };

/** Every how many pixels a picture is drawn, each way: 1 unless a canvas cannot hold it. */
export function drawnEvery(width: number, height: number): number {
  const bySide = Math.ceil(Math.max(width, height) / most.side);
  return Math.max(bySide, Math.ceil(Math.sqrt((width * height) / most.pixels)));
}

/** RGB as a canvas wants it. Of a picture that a canvas cannot hold, every n-th pixel of every n-th row. */
export function pictureRaster(
  width: number,
  height: number,
  rgb: Uint8Array,
  every = drawnEvery(width, height),
): Raster {
  if (every > 1) return reducedRaster(width, height, rgb, every);
  const words = new Uint32Array(width * height);
  for (let i = 0, j = 0; i < words.length; i += 1, j += 3)
    words[i] = (opaque | (rgb[j + 2]! << 16) | (rgb[j + 1]! << 8) | rgb[j]!) >>> 0;
  return { width, height, rgba: new Uint8ClampedArray(words.buffer) };
}

function reducedRaster(width: number, height: number, rgb: Uint8Array, every: number): Raster {
  const size = { width: Math.floor(width / every) || 1, height: Math.floor(height / every) || 1 };
  const words = new Uint32Array(size.width * size.height);
  for (let y = 0, i = 0; y < size.height; y += 1)
    for (let x = 0; x < size.width; x += 1, i += 1) {
      const j = (y * every * width + x * every) * 3;
      words[i] = (opaque | (rgb[j + 2]! << 16) | (rgb[j + 1]! << 8) | rgb[j]!) >>> 0;
    }
  return { ...size, rgba: new Uint8ClampedArray(words.buffer) };
}

/**
 * A map in colour: each byte times the gain, held at 255, through the scale. A map of three channels shows them as red, green
 * and blue, each times the gain.
 */
export function mapRaster({ width, height, channels, data }: ByteMap, gain: number, scale: ColourScale): Raster {
  const words = new Uint32Array(width * height);
  const scaled = gainTable(gain);
  if (channels === 3) {
    for (let i = 0, j = 0; i < words.length; i += 1, j += 3)
      words[i] = (opaque | (scaled[data[j + 2]!]! << 16) | (scaled[data[j + 1]!]! << 8) | scaled[data[j]!]!) >>> 0;
  } else {
    const colours = colourTable(scale);
    const table = Uint32Array.from(scaled, (level) => {
      const [red, green, blue] = [colours[level * 3] ?? 0, colours[level * 3 + 1] ?? 0, colours[level * 3 + 2] ?? 0];
      return (opaque | (blue << 16) | (green << 8) | red) >>> 0;
    });
    for (let i = 0; i < words.length; i += 1) words[i] = table[data[i]!]!;
  }
  return { width, height, rgba: new Uint8ClampedArray(words.buffer) };
}

/** What each level is shown as. The same rounding as the amplified maps that methods keep. */
export function gainTable(gain: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, level) => Math.min(255, Math.round(level * gain)));
}

/** Largest absolute difference of red, green and blue of two pictures of one size, in levels. */
export function differenceMap(
  a: { readonly width: number; readonly height: number; readonly rgb: Uint8Array },
  b: { readonly width: number; readonly height: number; readonly rgb: Uint8Array },
): ByteMap | undefined {
  if (a.width !== b.width || a.height !== b.height) return undefined;
  const data = new Uint8Array(a.width * a.height);
  const [p, q] = [a.rgb, b.rgb];
  for (let i = 0, j = 0; i < data.length; i += 1, j += 3) {
    const red = p[j]! > q[j]! ? p[j]! - q[j]! : q[j]! - p[j]!;
    const green = p[j + 1]! > q[j + 1]! ? p[j + 1]! - q[j + 1]! : q[j + 1]! - p[j + 1]!;
    const blue = p[j + 2]! > q[j + 2]! ? p[j + 2]! - q[j + 2]! : q[j + 2]! - p[j + 2]!;
    data[i] = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
  }
  return { width: a.width, height: a.height, channels: 1, data };
}
