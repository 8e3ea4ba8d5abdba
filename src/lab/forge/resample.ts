import { cosineOfTurns, sineOfTurns } from './elementary.ts';

const halfTaps = 16;
const phases = 512;

/** sin(πx)/(πx) under a Blackman window `half` samples to either side. */
function windowedSinc(x: number, half: number): number {
  if (x <= -half || x >= half) return 0;
  const sinc = x === 0 ? 1 : sineOfTurns(x / 2) / (Math.PI * x);
  const w = x / half;
  return sinc * (0.42 + 0.5 * cosineOfTurns(w / 2) + 0.08 * cosineOfTurns(w));
}

/**
 * Reads samples at `start + k·step` for k = 0 … length - 1, between samples by a windowed sinc (32 taps); beyond the
 * ends there is silence. Steps near 1 only: nothing is filtered against aliasing.
 */
export function resampleAt(samples: Float32Array, start: number, step: number, length: number): Float32Array {
  const width = 2 * halfTaps;
  const table = new Float64Array((phases + 1) * width);
  for (let phase = 0; phase <= phases; phase++) {
    for (let tap = 0; tap < width; tap++) {
      table[phase * width + tap] = windowedSinc(tap - halfTaps + 1 - phase / phases, halfTaps);
    }
  }
  const out = new Float32Array(length);
  for (let k = 0; k < length; k++) {
    const position = start + k * step;
    const base = Math.floor(position);
    const phase = (position - base) * phases;
    const row = Math.floor(phase);
    const part = phase - row;
    let sum = 0;
    for (let tap = 0; tap < width; tap++) {
      const at = base + tap - halfTaps + 1;
      if (at < 0 || at >= samples.length) continue;
      const near = table[row * width + tap] as number;
      const next = row < phases ? (table[(row + 1) * width + tap] as number) : near;
      sum += (samples[at] as number) * (near + (next - near) * part);
    }
    out[k] = sum;
  }
  return out;
}

/**
 * Takes away what is above a frequency: linear-phase windowed-sinc low-pass, its delay taken out, so that nothing moves.
 * The transition is 8 % of the cut-off wide, at least 120 Hz.
 */
export function lowPass(samples: Float32Array, rateHz: number, cutoffHz: number): Float32Array {
  if (cutoffHz >= rateHz / 2) return Float32Array.from(samples);
  const transition = Math.max(120, cutoffHz * 0.08);
  const half = Math.ceil((2.75 * rateHz) / transition);
  const taps = new Float64Array(half + 1);
  const turns = cutoffHz / rateHz;
  let total = 0;
  for (let k = 0; k <= half; k++) {
    const sinc = k === 0 ? 2 * turns : sineOfTurns(turns * k) / (Math.PI * k);
    const w = k / (half + 1);
    taps[k] = sinc * (0.42 + 0.5 * cosineOfTurns(w / 2) + 0.08 * cosineOfTurns(w));
    total += (k === 0 ? 1 : 2) * (taps[k] as number);
  }
  const out = new Float32Array(samples.length);
  // Padding once spares the inner loop its range checks.
  const padded = new Float64Array(samples.length + 2 * half);
  padded.set(samples, half);
  for (let i = 0; i < samples.length; i++) {
    const middle = i + half;
    let sum = (padded[middle] as number) * (taps[0] as number);
    for (let k = 1; k <= half; k++) {
      sum += ((padded[middle - k] as number) + (padded[middle + k] as number)) * (taps[k] as number);
    }
    out[i] = sum / total;
  }
  return out;
}
