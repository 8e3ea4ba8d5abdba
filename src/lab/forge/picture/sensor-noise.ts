import { seededRandom } from '../../../base/random.ts';
import type { Picture } from './layer.ts';

const tableSize = 1 << 16;

/** Widest picture that noise can be added to. */
const widestRow = 4096;

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
  // Blurred along the row and rescaled to deviation 24, so that the table uses the range of a signed byte.
  const deviation = 24;
  const rescale = deviation / Math.sqrt(1 + 2 * 0.35 * 0.35);
  // The table goes on beyond its end by the widest row, so that no row needs to wrap; 128 is added to each value.
  const table = new Uint8Array(tableSize + widestRow);
  for (let i = 0; i < table.length; i++) {
    const left = white[(i + tableSize - 1) % tableSize] as number;
    const right = white[(i + 1) % tableSize] as number;
    const value = ((white[i % tableSize] as number) + 0.35 * (left + right)) * rescale;
    table[i] = 128 + Math.max(-127, Math.min(127, Math.floor(value + 0.5)));
  }
  const lumaSum = sums((level) => sigma * Math.sqrt(0.3 + (0.7 * level) / 118), deviation);
  const chromaSum = sums(() => sigma * 0.42, deviation);
  const salt = random.uint32() | 0;

  const rowOffset = (frame: number, plane: number, row: number): number => {
    let h = Math.imul(frame + 1, 0x27d4eb2d) ^ Math.imul(row + 1, 0x165667b1) ^ Math.imul(plane + 1, 0x3c6ef372) ^ salt;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
    return (h ^ (h >>> 15)) & (tableSize - 1);
  };
  const addTo = (plane: Uint8Array, width: number, sum: Uint8Array, frame: number, number: number): void => {
    for (let row = 0, at = 0; at < plane.length; row++) {
      let k = rowOffset(frame, number, row);
      for (const end = at + width; at < end; at++, k++) {
        plane[at] = sum[((plane[at] as number) << 8) | (table[k] as number)] as number;
      }
    }
  };
  return {
    add: (picture, frame) => {
      addTo(picture.y, picture.width, lumaSum, frame, 0);
      addTo(picture.u, picture.width / 2, chromaSum, frame, 1);
      addTo(picture.v, picture.width / 2, chromaSum, frame, 2);
    },
  };
}

/**
 * Level plus noise, limited to a byte, for every level (high byte of the index) and value of the table (low byte): one
 * look-up in 64 KB instead of a multiplication and two comparisons, four times as fast.
 */
function sums(sigmaAt: (level: number) => number, deviation: number): Uint8Array {
  const sum = new Uint8Array(65_536);
  for (let level = 0; level < 256; level++) {
    const gain = Math.floor((sigmaAt(level) * 1024) / deviation + 0.5);
    for (let noise = 0; noise < 256; noise++) {
      const value = level + (((noise - 128) * gain + 512) >> 10);
      sum[(level << 8) | noise] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  return sum;
}
