import { seededRandom } from '../../../base/random.ts';
import { amplitudeOfDb } from '../elementary.ts';

/** Early reflections of a small office: delay in ms, gain. Nothing comes before the direct sound. */
const reflections = [
  [7.3, 0.09],
  [11.9, -0.06],
  [17.1, 0.045],
  [23.6, -0.03],
] as const;

/** Adds early reflections to mono sound; `amount` 0 leaves it untouched, 1 is a small office. */
export function addReflections(samples: Float32Array, sampleRateHz: number, amount: number): Float32Array {
  if (amount === 0) return samples;
  const out = Float32Array.from(samples);
  for (const [delayMs, gain] of reflections) {
    const delay = Math.round((delayMs * sampleRateHz) / 1000);
    for (let i = delay; i < out.length; i++) {
      out[i] = (out[i] as number) + gain * amount * (samples[i - delay] as number);
    }
  }
  return out;
}

/**
 * The hush of a room: noise that falls with frequency, at `levelDb` RMS against full scale. Every stretch of it is
 * different, so that an edit in it leaves a seam.
 */
export function roomTone(seed: number, length: number, levelDb: number): Float32Array {
  const random = seededRandom(seed).fork('room-tone');
  const out = new Float32Array(length);
  // One-pole low-pass over uniform noise: variance (1/3)·(1 − p)/(1 + p) of the scaled input.
  const pole = 0.86;
  const gain = (amplitudeOfDb(levelDb) * Math.sqrt(3)) / Math.sqrt((1 - pole) / (1 + pole));
  let state = random.uint32() | 1;
  let low = 0;
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    low = pole * low + (1 - pole) * (state / 2147483648);
    out[i] = low * gain;
  }
  return out;
}
