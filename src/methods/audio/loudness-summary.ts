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

/** Follows the readings in order; what stands at the end is the whole stream's. */
export class LoudnessFollower {
  #last: LoudnessReading | undefined;
  #readings = 0;
  #momentary = { value: gateLufs, atMs: NaN };
  #shortTerm = { value: gateLufs, atMs: NaN };
  #truePeak = -Infinity;

  push(reading: LoudnessReading): void {
    this.#last = reading;
    this.#readings += 1;
    const { atMs, momentary, shortTerm } = reading;
    if (momentary > this.#momentary.value) this.#momentary = { value: momentary, atMs };
    if (shortTerm > this.#shortTerm.value) this.#shortTerm = { value: shortTerm, atMs };
    for (const peak of reading.truePeak) if (peak > this.#truePeak) this.#truePeak = peak;
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
      range: measured ? (this.#last?.range ?? null) : null,
      maxMomentary,
      maxMomentaryAtMs,
      maxShortTerm,
      maxShortTermAtMs,
      truePeak: Number.isFinite(this.#truePeak) ? this.#truePeak : null,
      readings: this.#readings,
    };
  }
}
