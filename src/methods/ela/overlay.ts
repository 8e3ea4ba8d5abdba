import type { GreyPicture } from '../../media/reduce-picture.ts';

export interface Overlay {
  /** The unscaled map, `width` × `height`, one or three bytes a pixel. */
  readonly map: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** The picture's luma at the overlay's size. */
  readonly below: GreyPicture;
  readonly scale: number;
}

/** The share of the picture's own brightness that shows through where nothing lies over it. */
const dimmed = 0.55;

/**
 * Kernel: the picture in dimmed grey with the amplified levels over it in orange to yellow; interleaved RGB at the size of `below`.
 * A pixel shows the largest level of all that it stands for, so that no small bright spot vanishes.
 */
export function overlay({ map, width, height, channels, below, scale }: Overlay): Uint8Array {
  const levels = largestLevels({ map, width, height, channels, below });
  const out = new Uint8Array(levels.length * 3);
  for (let pixel = 0, i = 0; pixel < levels.length; pixel += 1, i += 3) {
    const grey = below.data[pixel]! * dimmed;
    const heat = Math.min(255, levels[pixel]! * scale) / 255;
    out[i] = Math.round(grey + (255 - grey) * heat);
    out[i + 1] = Math.round(grey + (200 * heat - grey) * heat);
    out[i + 2] = Math.round(grey * (1 - heat));
  }
  return out;
}

function largestLevels({ map, width, height, channels, below }: Omit<Overlay, 'scale'>): Uint8Array {
  const levels = new Uint8Array(below.width * below.height);
  const columnOf = Uint32Array.from({ length: width }, (_, x) => Math.floor((x * below.width) / width));
  for (let y = 0, i = 0; y < height; y += 1) {
    const row = Math.floor((y * below.height) / height) * below.width;
    for (let x = 0; x < width; x += 1) {
      const target = row + columnOf[x]!;
      let level = map[i]!;
      i += 1;
      if (channels === 3) {
        level = Math.max(level, map[i]!, map[i + 1]!);
        i += 2;
      }
      if (level > levels[target]!) levels[target] = level;
    }
  }
  return levels;
}
