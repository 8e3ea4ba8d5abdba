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

  summary(): RunSummary {
    const kept = [...this.#kept].sort((a, b) => a.firstSample - b.firstSample || (a.channel ?? -1) - (b.channel ?? -1));
    return { runs: this.#runs, samples: this.#samples, longest: this.#longest, kept, more: this.#more };
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
        const now = value >= level ? 1 : value <= -level ? -1 : 0;
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
    return this.#collector.summary();
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
        const value = samples[i]!;
        // Written so that a sample that is not a number ends the run.
        if (!(value <= level && value >= -level)) quiet = false;
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
    return this.#collector.summary();
  }
}
