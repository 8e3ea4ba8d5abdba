import type { OpeningSpeed } from './opening-speed.ts';
import { voiceStepMs } from './voice-bands.ts';

/** A place in the picture whose motion is held against the voice: a cell of one level, where it is in the middle frame. */
export interface Candidate {
  readonly level: number;
  readonly row: number;
  readonly column: number;
  /** How much it stands out as something that opens and closes, 0 … 2. */
  readonly salience: number;
}

/** Lags that are tried: sound ahead of picture is negative here (the sound that belongs to a picture comes earlier). */
export const lagStepMs = 20;
export function lagGrid(searchMs: number): Float64Array {
  const half = Math.round(searchMs / lagStepMs);
  return Float64Array.from({ length: 2 * half + 1 }, (_, i) => (i - half) * lagStepMs);
}

/** Speed, in pixels of a level in 40 ms, below which a cell is noise. */
const noiseSpeed = 0.2;
/** Distance in cells over which a mouth must stand out. */
const surround = 4;
/** Times its strength at which a cell's speed is cut off, so that one blink or cut does not decide. */
const most = 3;
/** Most candidates of one level. */
const mostCandidates = 250;

/**
 * Places that open and close more than what is around them: those within reach of a local maximum of the strength. The sound
 * has no part in choosing them, so that the null distribution stays one.
 */
export function chooseCandidates(levels: readonly OpeningSpeed[], inside?: (c: Candidate) => boolean): Candidate[] {
  return levels.flatMap((speed, level) => {
    const { columns, rows, strength } = speed;
    const around = surroundings(strength, columns, rows);
    const found: Candidate[] = [];
    for (let row = 2; row < rows - 2; row++)
      for (let column = 1; column < columns - 1; column++) {
        const own = strength[row * columns + column]!;
        if (own < noiseSpeed / 3) continue;
        const sure = (own * own) / (own * own + noiseSpeed * noiseSpeed);
        const salience = inside === undefined ? (sure * 2 * own) / (own + around[row * columns + column]!) : 1;
        const candidate = { level, row, column, salience };
        if (inside === undefined ? isNearPeak(strength, columns, rows, row, column) : inside(candidate))
          found.push(candidate);
      }
    return found.sort((a, b) => b.salience - a.salience).slice(0, mostCandidates);
  });
}

function isNearPeak(strength: Float32Array, columns: number, rows: number, row: number, column: number): boolean {
  let highest = 0;
  for (let y = Math.max(0, row - 3); y <= Math.min(rows - 1, row + 3); y++)
    for (let x = Math.max(0, column - 4); x <= Math.min(columns - 1, column + 4); x++)
      highest = Math.max(highest, strength[y * columns + x]!);
  return strength[row * columns + column]! >= 0.7 * highest;
}

/** Root of the mean square over a window of about ± `surround` cells (two running means, close to a Gaussian). */
function surroundings(strength: Float32Array, columns: number, rows: number): Float32Array {
  let power: Float32Array = strength.map((value) => value * value);
  for (let pass = 0; pass < 2; pass++) {
    power = runningMean(power, { lines: rows, lineStep: columns, count: columns, step: 1 });
    power = runningMean(power, { lines: columns, lineStep: 1, count: rows, step: columns });
  }
  return power.map(Math.sqrt);
}

function runningMean(
  from: Float32Array,
  { lines, lineStep, count, step }: { lines: number; lineStep: number; count: number; step: number },
): Float32Array {
  const out = new Float32Array(from.length);
  const sums = new Float64Array(count + 1);
  for (let line = 0; line < lines; line++) {
    const base = line * lineStep;
    for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + from[base + i * step]!;
    for (let i = 0; i < count; i++) {
      const a = Math.max(0, i - surround);
      const b = Math.min(count, i + surround + 1);
      out[base + i * step] = (sums[b]! - sums[a]!) / (b - a);
    }
  }
  return out;
}

/** The candidates' speeds, each a row of `length` values with mean 0; divided by strength, a cell that hardly moves stays small. */
export function candidateRows(levels: readonly OpeningSpeed[], candidates: readonly Candidate[]): Float32Array {
  const length = levels[0]?.length ?? 0;
  const rows = new Float32Array(candidates.length * length);
  candidates.forEach(({ level, row, column }, index) => {
    const { speed, strength, columns, rows: height } = levels[level]!;
    const cell = row * columns + column;
    const scale = 1 / (strength[cell]! + 0.02);
    let mean = 0;
    for (let i = 0; i < length; i++) mean += speed[i * columns * height + cell]!;
    mean /= Math.max(1, length);
    for (let i = 0; i < length; i++)
      rows[index * length + i] = Math.max(-most, Math.min(most, (speed[i * columns * height + cell]! - mean) * scale));
  });
  return rows;
}

/** The voice's rise at each moment plus each lag, a row a lag, each with mean 0 and power 1. */
export function laggedVoice(
  rise: Float32Array,
  startMs: number,
  momentsMs: Float64Array,
  lags: Float64Array,
): Float32Array {
  const n = momentsMs.length;
  const out = new Float32Array(lags.length * n);
  for (let lag = 0; lag < lags.length; lag++) {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const at = (momentsMs[i]! + lags[lag]! - startMs) / voiceStepMs;
      const floor = Math.floor(at);
      const inside = floor >= 0 && floor < rise.length - 1;
      const value = inside ? rise[floor]! + (rise[floor + 1]! - rise[floor]!) * (at - floor) : 0;
      out[lag * n + i] = value;
      sum += value;
      squares += value * value;
    }
    const mean = sum / Math.max(1, n);
    const power = squares / Math.max(1, n) - mean * mean;
    const scale = power > 1e-6 ? 1 / Math.sqrt(power) : 0;
    for (let i = 0; i < n; i++) out[lag * n + i] = (out[lag * n + i]! - mean) * scale;
  }
  return out;
}

/** Correlation of one candidate with the voice over lag. */
export function lagCurve(row: Float32Array, voice: Float32Array, lagCount: number): Float32Array {
  const n = row.length;
  if (n === 0) return new Float32Array(lagCount);
  const curve = new Float32Array(lagCount);
  let lag = 0;
  // Four sums at once: one alone waits for each addition to end.
  for (; lag + 4 <= lagCount; lag += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    const at = lag * n;
    const [at2, at3, at4] = [at + n, at + 2 * n, at + 3 * n];
    for (let i = 0; i < n; i++) {
      const value = row[i]!;
      a += value * voice[at + i]!;
      b += value * voice[at2 + i]!;
      c += value * voice[at3 + i]!;
      d += value * voice[at4 + i]!;
    }
    curve[lag] = a / n;
    curve[lag + 1] = b / n;
    curve[lag + 2] = c / n;
    curve[lag + 3] = d / n;
  }
  for (; lag < lagCount; lag++) {
    let sum = 0;
    for (let i = 0, at = lag * n; i < n; i++, at++) sum += row[i]! * voice[at]!;
    curve[lag] = sum / n;
  }
  return curve;
}

/** The best that any candidate reaches at each lag (correlation × salience × √frames), and which one it is. */
export interface LagProfile {
  readonly score: Float32Array;
  readonly candidate: Int32Array;
}

export function lagProfile(
  rows: Float32Array,
  candidates: readonly Candidate[],
  voice: Float32Array,
  lagCount: number,
): LagProfile {
  const n = candidates.length === 0 ? 0 : rows.length / candidates.length;
  const score = new Float32Array(lagCount);
  const best = new Int32Array(lagCount).fill(-1);
  const root = Math.sqrt(n);
  const sums = new Float64Array(2 * lagCount);
  const take = (index: number, from: number): void => {
    const scale = n === 0 ? 0 : (candidates[index]!.salience * root) / n;
    for (let lag = 0; lag < lagCount; lag++) {
      const value = sums[from + lag]! * scale;
      if (best[lag] === -1 || value > score[lag]!) {
        score[lag] = value;
        best[lag] = index;
      }
    }
  };
  for (let index = 0; index < candidates.length; index += 2) {
    const second = Math.min(candidates.length - 1, index + 1);
    sumProducts(rows, index * n, second * n, n, voice, lagCount, sums);
    take(index, 0);
    if (second !== index) take(second, lagCount);
  }
  return { score, candidate: best };
}

/**
 * Products of two rows with the voice at all lags. Two rows and four lags at once: what is read from memory is used more than
 * once, and no sum waits for the one before.
 */
function sumProducts(
  rows: Float32Array,
  first: number,
  second: number,
  n: number,
  voice: Float32Array,
  lagCount: number,
  out: Float64Array,
): void {
  let lag = 0;
  for (; lag + 4 <= lagCount; lag += 4) {
    const v1 = lag * n;
    const [v2, v3, v4] = [v1 + n, v1 + 2 * n, v1 + 3 * n];
    let [a1, a2, a3, a4, b1, b2, b3, b4] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const a = rows[first + i]!;
      const b = rows[second + i]!;
      const x1 = voice[v1 + i]!;
      const x2 = voice[v2 + i]!;
      const x3 = voice[v3 + i]!;
      const x4 = voice[v4 + i]!;
      a1 += a * x1;
      a2 += a * x2;
      a3 += a * x3;
      a4 += a * x4;
      b1 += b * x1;
      b2 += b * x2;
      b3 += b * x3;
      b4 += b * x4;
    }
    out[lag] = a1;
    out[lag + 1] = a2;
    out[lag + 2] = a3;
    out[lag + 3] = a4;
    out[lagCount + lag] = b1;
    out[lagCount + lag + 1] = b2;
    out[lagCount + lag + 2] = b3;
    out[lagCount + lag + 3] = b4;
  }
  for (; lag < lagCount; lag++) {
    let [a, b] = [0, 0];
    for (let i = 0, at = lag * n; i < n; i++, at++) {
      a += rows[first + i]! * voice[at]!;
      b += rows[second + i]! * voice[at]!;
    }
    out[lag] = a;
    out[lagCount + lag] = b;
  }
}
