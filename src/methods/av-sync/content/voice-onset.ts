import { voiceBandCount, voiceStepMs } from './voice-bands.ts';

/** One stretch of voice as the lag search reads it, a value every 10 ms. */
export interface VoiceOnset {
  /** Presentation time of the first value. */
  readonly startMs: number;
  /** How fast the voice grows, all bands together, in standard deviations. */
  readonly rise: Float32Array;
  /** Level of 300–7600 Hz in dB of power, with the floor laid in. */
  readonly levelDb: Float32Array;
  /** What the sound is like; see {@link VoiceCharacter}. */
  readonly character: VoiceCharacter;
}

export interface VoiceCharacter {
  /** 95th percentile of the level of 80–7600 Hz, dB relative to a full-scale sine. */
  readonly loudDb: number;
  /** How far loud moments (95th percentile) stand above quiet ones (20th) in 300–3000 Hz, dB. */
  readonly swingDb: number;
  /** Share of the level's variation at the rate of syllables (2–8 Hz). */
  readonly syllabicShare: number;
}

/** Parts of each band in the rise: 1–3 kHz follows the opening of the mouth most (second and third formant). */
const parts = [0, 0.25, 0.5, 0.25] as const;
/** Sound further than this below the loud moments is room, not voice: its ups and downs must not count. */
const floorDb = 35;
/** Standard deviations at which a rise is cut off. */
const most = 3;
/** Standard deviation of the smoothing in readings. */
const smoothing = 2;
/** Power of a full-scale sine in a Hann window of 400 samples, all bins together: scales powers to 0 dB. */
const fullScale = (400 * 400 * 3) / 32 / 2;

/** Works the rise of the voice out of band powers (readings of {@link voiceBandCount} values). */
export function voiceOnset(powers: Float32Array, startMs: number): VoiceOnset {
  const n = Math.floor(powers.length / voiceBandCount);
  const rise = new Float32Array(n);
  for (let band = 0; band < voiceBandCount; band++) {
    if (parts[band] === 0) continue;
    const level = bandLevel(powers, n, [band]);
    const slope = slopeOf(smoothed(level));
    const spread = deviation(slope);
    if (spread > 0) for (let i = 0; i < n; i++) rise[i] = rise[i]! + (parts[band]! * slope[i]!) / spread;
  }
  const spread = deviation(rise);
  // One burst must not outweigh a sentence.
  if (spread > 0) for (let i = 0; i < n; i++) rise[i] = Math.max(-most, Math.min(most, rise[i]! / spread));
  return { startMs, rise, levelDb: smoothed(bandLevel(powers, n, [1, 2, 3])), character: characterOf(powers, n) };
}

function bandLevel(powers: Float32Array, n: number, bands: readonly number[]): Float32Array {
  const sum = new Float32Array(n);
  for (let i = 0; i < n; i++) for (const band of bands) sum[i] = sum[i]! + powers[i * voiceBandCount + band]!;
  const floor = percentile(sum, 0.95) * 10 ** (-floorDb / 10) + fullScale * 1e-9;
  for (let i = 0; i < n; i++) sum[i] = 10 * Math.log10((sum[i]! + floor) / fullScale);
  return sum;
}

/** Gaussian smoothing, edges held. */
export function smoothed(values: Float32Array, sigma = smoothing): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));
  const total = kernel.reduce((sum, value, i) => sum + (i === 0 ? value : 2 * value), 0);
  const n = values.length;
  return Float32Array.from(values, (_, at) => {
    let sum = 0;
    for (let d = -reach; d <= reach; d++) sum += kernel[Math.abs(d)]! * values[Math.min(n - 1, Math.max(0, at + d))]!;
    return sum / total;
  });
}

/** dB a second. */
function slopeOf(values: Float32Array): Float32Array {
  const n = values.length;
  return Float32Array.from(
    values,
    (_, i) => ((values[Math.min(n - 1, i + 1)]! - values[Math.max(0, i - 1)]!) / (2 * voiceStepMs)) * 1000,
  );
}

export function deviation(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, values.length);
  return Math.sqrt(Math.max(0, squares / Math.max(1, values.length) - mean * mean));
}

export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function characterOf(powers: Float32Array, n: number): VoiceCharacter {
  const all = bandLevel(powers, n, [0, 1, 2, 3]);
  const voice = bandLevel(powers, n, [1, 2]);
  const swingDb = percentile(voice, 0.95) - percentile(voice, 0.2);
  // Variation at 2–8 Hz: between smoothings of 20 ms and 80 ms, against all slower than 20 ms.
  const fine = smoothed(voice, 2);
  const coarse = smoothed(voice, 8);
  const syllables = deviation(fine.map((value, i) => value - coarse[i]!));
  const whole = deviation(fine);
  return { loudDb: percentile(all, 0.95), swingDb, syllabicShare: whole > 0 ? syllables / whole : 0 };
}
