import { highestPeak } from './peak.ts';
import { voiceStepMs } from './voice-bands.ts';

/** Sudden events: an opening in the picture, a burst in the sound. */
export interface OnsetPairs {
  readonly pictureOnsets: number;
  readonly soundOnsets: number;
  /** Lag at which most events of both kinds meet, ms. */
  readonly lagMs: number;
  /** Pairs that meet there. */
  readonly pairs: number;
  /** Sum of the pairs' weights over lag, on the lag grid. */
  readonly density: Float32Array;
}

/** Standard deviations above which a rise is an event, and how far apart two events are at least. */
const sudden = 1.8;
const apartMs = 120;
/** Half-width of a meeting. */
const meetingMs = 40;

/** Moments where a quantity has a local maximum above {@link sudden}. */
export function suddenOnsets(values: Float32Array, timeOf: (index: number) => number): number[] {
  const found: number[] = [];
  for (let i = 1; i < values.length - 1; i++) {
    const value = values[i]!;
    if (value < sudden || value < values[i - 1]! || value <= values[i + 1]!) continue;
    const time = timeOf(i);
    const last = found[found.length - 1];
    if (last === undefined || time - last >= apartMs) found.push(time);
  }
  return found;
}

/**
 * Where events in the picture meet events in the sound most often. It uses the moments alone, no strength and no course
 * between them, so it is evidence of its own beside the correlation.
 */
export function pairOnsets(picture: readonly number[], sound: readonly number[], lags: Float64Array): OnsetPairs {
  const density = new Float32Array(lags.length);
  for (const at of picture)
    for (const heard of sound) {
      const apart = heard - at;
      for (let lag = 0; lag < lags.length; lag++) {
        const d = (apart - lags[lag]!) / meetingMs;
        if (Math.abs(d) < 3) density[lag] = density[lag]! + Math.exp(-d * d);
      }
    }
  const peak = highestPeak(density);
  const step = lags.length > 1 ? lags[1]! - lags[0]! : 0;
  const lagMs = peak === undefined ? 0 : lags[0]! + peak.position * step;
  let pairs = 0;
  for (const at of picture) if (sound.some((heard) => Math.abs(heard - at - lagMs) <= meetingMs)) pairs += 1;
  return { pictureOnsets: picture.length, soundOnsets: sound.length, lagMs, pairs, density };
}

/** Sudden onsets of a voice's rise. */
export function voiceOnsets(rise: Float32Array, startMs: number): number[] {
  return suddenOnsets(rise, (i) => startMs + i * voiceStepMs);
}
