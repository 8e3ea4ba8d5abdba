/** A stretch of consecutive samples, counted per channel from the first that the decoder put out. */
export interface SampleRun {
  readonly firstSample: number;
  readonly samples: number;
  /** Channel, where the stretch belongs to one. */
  readonly channel?: number;
  /** Runs that were joined into this one because they lie close together. */
  readonly runs: number;
}

export interface RunSummary {
  /** Every run that is long enough, joined ones counted singly. */
  readonly runs: number;
  /** Samples in them. */
  readonly samples: number;
  readonly longest: number;
  /** Runs that neither begin with the first sample nor end with the last. */
  readonly inside: number;
  /** The first of them, joined where they lie close together. */
  readonly kept: readonly SampleRun[];
  /** True when there were more than could be kept. */
  readonly more: boolean;
}

/** Collects runs: counts all, keeps the first `maxKept`, joins those that follow within `joinWithin` samples. */
export class RunCollector {
  readonly #minimum: number;
  readonly #joinWithin: number;
  readonly #maxKept: number;
  readonly #kept: { firstSample: number; samples: number; channel?: number; runs: number }[] = [];
  #runs = 0;
  #samples = 0;
  #longest = 0;
  #atStart = 0;
  #lastEnd = -1;
  #endingLast = 0;
  #more = false;
  /** Index of the last kept run of each channel; -1 stands for all channels. */
  readonly #last = new Map<number, number>();

  constructor(options: { minimum: number; joinWithin: number; maxKept: number }) {
    this.#minimum = Math.max(1, options.minimum);
    this.#joinWithin = options.joinWithin;
    this.#maxKept = options.maxKept;
  }

  add(firstSample: number, samples: number, channel?: number): void {
    if (samples < this.#minimum) return;
    this.#runs += 1;
    this.#samples += samples;
    if (samples > this.#longest) this.#longest = samples;
    const end = firstSample + samples;
    if (firstSample === 0) this.#atStart += 1;
    // A run over the whole length touches the start already.
    const touches = firstSample === 0 ? 0 : 1;
    if (end > this.#lastEnd) this.#endingLast = touches;
    else if (end === this.#lastEnd) this.#endingLast += touches;
    this.#lastEnd = Math.max(end, this.#lastEnd);
    const lane = channel ?? -1;
    const previous = this.#kept[this.#last.get(lane) ?? -1];
    if (previous && firstSample - (previous.firstSample + previous.samples) <= this.#joinWithin) {
      previous.samples = firstSample + samples - previous.firstSample;
      previous.runs += 1;
    } else if (this.#kept.length < this.#maxKept) {
      this.#last.set(lane, this.#kept.length);
      this.#kept.push({ firstSample, samples, runs: 1, ...(channel === undefined ? {} : { channel }) });
    } else {
      this.#more = true;
      this.#last.delete(lane);
    }
  }

  /** `totalSamples`: length of the sound per channel. */
  summary(totalSamples: number): RunSummary {
    const kept = [...this.#kept].sort((a, b) => a.firstSample - b.firstSample || (a.channel ?? -1) - (b.channel ?? -1));
    const inside = this.#runs - this.#atStart - (this.#lastEnd === totalSamples ? this.#endingLast : 0);
    return { runs: this.#runs, samples: this.#samples, longest: this.#longest, inside, kept, more: this.#more };
  }
}

/**
 * Runs of at least `minimum` consecutive samples of one channel at or beyond ±`level` with the same sign: what an
 * overdriven converter or an edit that raised the level leaves. `push` takes interleaved samples in order.
 */
export class ClippingRuns {
  readonly #channels: number;
  readonly #level: number;
  readonly #collector: RunCollector;
  readonly #length: Int32Array;
  readonly #sign: Int8Array;
  #frame = 0;

  constructor(channels: number, level: number, collector: RunCollector) {
    this.#channels = channels;
    this.#level = level;
    this.#collector = collector;
    this.#length = new Int32Array(channels);
    this.#sign = new Int8Array(channels);
  }

  push(samples: Float32Array): void {
    const channels = this.#channels;
    const level = this.#level;
    const frames = Math.floor(samples.length / channels);
    for (let channel = 0; channel < channels; channel++) {
      let length = this.#length[channel]!;
      let sign = this.#sign[channel]!;
      for (let frame = 0, i = channel; frame < frames; frame++, i += channels) {
        const value = samples[i]!;
        const now = Math.abs(value) < level ? 0 : value >= level ? 1 : value <= -level ? -1 : 0;
        if (now === sign) {
          if (now !== 0) length += 1;
          continue;
        }
        if (sign !== 0) this.#collector.add(this.#frame + frame - length, length, channel);
        sign = now;
        length = now === 0 ? 0 : 1;
      }
      this.#length[channel] = length;
      this.#sign[channel] = sign;
    }
    this.#frame += frames;
  }

  finish(): RunSummary {
    for (let channel = 0; channel < this.#channels; channel++)
      if (this.#sign[channel] !== 0)
        this.#collector.add(this.#frame - this.#length[channel]!, this.#length[channel]!, channel);
    return this.#collector.summary(this.#frame);
  }
}

/** Runs in which no channel exceeds ±`level`; level 0 finds digital silence, samples that are exactly zero. */
export class SilenceRuns {
  readonly #channels: number;
  readonly #level: number;
  readonly #collector: RunCollector;
  #length = 0;
  #frame = 0;

  constructor(channels: number, level: number, collector: RunCollector) {
    this.#channels = channels;
    this.#level = level;
    this.#collector = collector;
  }

  push(samples: Float32Array): void {
    const channels = this.#channels;
    const level = this.#level;
    const frames = Math.floor(samples.length / channels);
    let length = this.#length;
    for (let frame = 0, i = 0; frame < frames; frame++) {
      let quiet = true;
      for (let channel = 0; channel < channels; channel++, i++) {
        // One comparison, because the sign of sound cannot be foretold; a sample that is not a number ends the run.
        if (!(Math.abs(samples[i]!) <= level)) quiet = false;
      }
      if (quiet) length += 1;
      else if (length > 0) {
        this.#collector.add(this.#frame + frame - length, length);
        length = 0;
      }
    }
    this.#length = length;
    this.#frame += frames;
  }

  finish(): RunSummary {
    if (this.#length > 0) this.#collector.add(this.#frame - this.#length, this.#length);
    return this.#collector.summary(this.#frame);
  }
}
