import type { LoudnessReading } from '../../media/taps.ts';

/** EBU R128 figures of a whole stream. Null where nothing loud enough was there to measure. */
export interface LoudnessSummary {
  readonly integrated: number | null;
  readonly range: number | null;
  readonly maxMomentary: number | null;
  readonly maxMomentaryAtMs: number | null;
  readonly maxShortTerm: number | null;
  readonly maxShortTermAtMs: number | null;
  /** Highest of all channels. */
  readonly truePeak: number | null;
  readonly readings: number;
}

/** The absolute gate of ITU-R BS.1770: ffmpeg reports this for sound that never rises above it. */
const gateLufs = -70;

const rangeGateLu = -20;
/** Fewest short-term values that a range is given for: three seconds of full windows. */
const fewestForRange = 31;

/**
 * Loudness range in LU by EBU Tech 3342: 10th to 95th percentile of the short-term loudness above −70 LUFS and above 20 LU
 * below the mean power of those; null for too few values. Worked out here because ffmpeg's figure is wrong for
 * short sound (20 LU for three seconds of an even tone). `shortTerm`: one value each 100 ms, in LUFS.
 */
export function loudnessRange(shortTerm: readonly number[]): number | null {
  const sounding = shortTerm.filter((value) => value > gateLufs);
  if (sounding.length < fewestForRange) return null;
  const meanPower = sounding.reduce((sum, value) => sum + 10 ** (value / 10), 0) / sounding.length;
  const gate = 10 * Math.log10(meanPower) + rangeGateLu;
  const sorted = sounding.filter((value) => value >= gate).sort((a, b) => a - b);
  const percentile = (share: number): number => sorted[Math.round((sorted.length - 1) * share)]!;
  return percentile(0.95) - percentile(0.1);
}

/** Follows the readings in order; what stands at the end is the whole stream's. */
export class LoudnessFollower {
  #last: LoudnessReading | undefined;
  #readings = 0;
  #momentary = { value: gateLufs, atMs: NaN };
  #shortTerm = { value: gateLufs, atMs: NaN };
  #truePeak = -Infinity;
  readonly #times: number[] = [];
  readonly #momentaryCurve: number[] = [];
  readonly #shortTermCurve: number[] = [];

  push(reading: LoudnessReading): void {
    this.#last = reading;
    this.#readings += 1;
    const { atMs, momentary, shortTerm } = reading;
    if (momentary > this.#momentary.value) this.#momentary = { value: momentary, atMs };
    if (shortTerm > this.#shortTerm.value) this.#shortTerm = { value: shortTerm, atMs };
    this.#times.push(atMs);
    this.#momentaryCurve.push(momentary);
    this.#shortTermCurve.push(shortTerm);
    for (const peak of reading.truePeak) if (peak > this.#truePeak) this.#truePeak = peak;
  }

  /** Time in ms, momentary and short-term loudness of every reading. */
  get curve(): readonly (readonly number[])[] {
    return [this.#times, this.#momentaryCurve, this.#shortTermCurve];
  }

  finish(): LoudnessSummary {
    const integrated = this.#last?.integrated ?? NaN;
    const measured = integrated > gateLufs;
    const maximum = (top: { value: number; atMs: number }): [number | null, number | null] =>
      Number.isNaN(top.atMs) ? [null, null] : [top.value, top.atMs];
    const [maxMomentary, maxMomentaryAtMs] = maximum(this.#momentary);
    const [maxShortTerm, maxShortTermAtMs] = maximum(this.#shortTerm);
    return {
      integrated: measured ? integrated : null,
      range: measured ? loudnessRange(this.#shortTermCurve) : null,
      maxMomentary,
      maxMomentaryAtMs,
      maxShortTerm,
      maxShortTermAtMs,
      truePeak: Number.isFinite(this.#truePeak) ? this.#truePeak : null,
      readings: this.#readings,
    };
  }
}
