import { voiceBandCount, voiceStepMs } from './voice-bands.ts';
import { percentile } from './voice-onset.ts';

/** Bands that a blow fills all at once, and vowels do not: 1–3 kHz and above. */
const bands = [2, 3] as const;
/** Rise over {@link before} readings, dB: of both bands together, and of each. */
const leastRise = 8;
const leastInEach = 5;
const before = 3;
/** Loud moments of a band, against which its power is taken: friction counts as much as a vowel does. */
const loudShare = 0.95;
/** Of those, a burst has at least this much over all bands together. */
const leastLoud = 1;
const apartMs = 160;
/** A reading's window sees a blow this long before its middle comes to it: half of its power, for a blow that dies away in some 15 ms. */
const windowMs = 5;
/** Power that counts as silence. */
const nothing = 1e-6;

/** Moments at which the sound grows at once in both bands: a clap, a door, a plosive close to the microphone. */
export function suddenBursts(powers: Float32Array, startMs: number): number[] {
  const n = Math.floor(powers.length / voiceBandCount);
  const total = new Float32Array(n);
  for (const band of bands) {
    const own = Float32Array.from({ length: n }, (_, i) => at(powers, i, band));
    const loud = percentile(own, loudShare) + nothing;
    for (let i = 0; i < n; i++) total[i] = total[i]! + own[i]! / loud;
  }
  const found: { atMs: number; power: number }[] = [];
  for (let i = before + 1; i < n - 2; i++) {
    const power = total[i]!;
    if (!(power > leastLoud) || power < total[i - 1]! || power <= total[i + 1]!) continue;
    if (decibels(power, Math.max(total[i - before]!, total[i - before - 1]!)) < leastRise) continue;
    const rising = bands.every((band) => {
      const quiet = Math.max(at(powers, i - before, band), at(powers, i - before - 1, band));
      return decibels(Math.max(at(powers, i, band), at(powers, i - 1, band)), quiet) >= leastInEach;
    });
    if (!rising) continue;
    const atMs = startMs + halfPower(total, i) * voiceStepMs + windowMs;
    const last = found[found.length - 1];
    if (last === undefined || atMs - last.atMs >= apartMs) found.push({ atMs, power });
    else if (power > last.power) found[found.length - 1] = { atMs, power };
  }
  return found.map(({ atMs }) => atMs);
}

function decibels(loud: number, quiet: number): number {
  return 10 * Math.log10((loud + nothing) / (quiet + nothing));
}

function at(powers: Float32Array, reading: number, band: number): number {
  return powers[reading * voiceBandCount + band]!;
}

/** Where the power passed half of its peak on the way up, in readings. */
function halfPower(total: Float32Array, peak: number): number {
  const half = total[peak]! / 2;
  let i = peak;
  while (i > 1 && total[i - 1]! > half) i -= 1;
  const [low, high] = [total[i - 1]!, total[i]!];
  return high > low ? i - 1 + (half - low) / (high - low) : i;
}
