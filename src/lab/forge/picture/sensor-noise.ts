import { seededRandom } from '../../../base/random.ts';
import type { Picture } from './layer.ts';

const tableSize = 1 << 16;

/** Sensor noise of a clip: the same frame number always gets the same noise. */
export interface SensorNoise {
  /** Adds noise to a picture in place. */
  add(picture: Picture, frame: number): void;
}

/**
 * Noise like a sensor's after its processing: variance a + b·luma (read and photon noise), a little blurred along
 * the row, weaker in chroma. `sigma` is its standard deviation in 8-bit levels at middle grey; 0 adds nothing.
 */
export function sensorNoise(seed: number, sigma: number): SensorNoise {
  if (sigma <= 0) return { add: () => undefined };
  const random = seededRandom(seed).fork('sensor');
  const white = new Float64Array(tableSize);
  for (let i = 0; i < tableSize; i++) white[i] = random.normal();
  // [1 2 1]-like blur, rescaled to deviation 24 so that the table uses the range of a signed byte.
  const table = new Int8Array(tableSize);
  const deviation = 24;
  const rescale = deviation / Math.sqrt(1 + 2 * 0.35 * 0.35);
  for (let i = 0; i < tableSize; i++) {
    const left = white[(i + tableSize - 1) % tableSize] as number;
    const right = white[(i + 1) % tableSize] as number;
    const value = ((white[i] as number) + 0.35 * (left + right)) * rescale;
    table[i] = Math.max(-127, Math.min(127, Math.floor(value + 0.5)));
  }
  /** Gain in 1/1024 of a table step at each luma level. */
  const gain = new Int32Array(256);
  for (let y = 0; y < 256; y++) {
    const relative = 0.3 + (0.7 * y) / 118;
    gain[y] = Math.floor((sigma * Math.sqrt(relative) * 1024) / deviation + 0.5);
  }
  const chromaGain = Math.floor((sigma * 0.42 * 1024) / deviation + 0.5);
  const salt = random.uint32() | 0;

  const rowOffset = (frame: number, plane: number, row: number): number => {
    let h = Math.imul(frame + 1, 0x27d4eb2d) ^ Math.imul(row + 1, 0x165667b1) ^ Math.imul(plane + 1, 0x3c6ef372) ^ salt;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
    return (h ^ (h >>> 15)) & (tableSize - 1);
  };

  return {
    add: (picture, frame) => {
      const { width, height } = picture;
      // A clamped view turns the range check into part of the store.
      const y = new Uint8ClampedArray(picture.y.buffer, picture.y.byteOffset, picture.y.length);
      for (let row = 0, at = 0; row < height; row++) {
        let k = rowOffset(frame, 0, row);
        for (const end = at + width; at < end; at++, k++) {
          const level = y[at] as number;
          y[at] = level + (((table[k & (tableSize - 1)] as number) * (gain[level] as number) + 512) >> 10);
        }
      }
      for (const [index, plane] of [picture.u, picture.v].entries()) {
        const c = new Uint8ClampedArray(plane.buffer, plane.byteOffset, plane.length);
        for (let row = 0, at = 0; row < height / 2; row++) {
          let k = rowOffset(frame, 1 + index, row);
          for (const end = at + width / 2; at < end; at++, k++) {
            c[at] = (c[at] as number) + (((table[k & (tableSize - 1)] as number) * chromaGain + 512) >> 10);
          }
        }
      }
    },
  };
}
