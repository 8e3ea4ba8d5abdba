/** What one channel holds as a whole. Levels are linear; full scale is 1. */
export interface ChannelLevels {
  readonly mean: number;
  readonly rootMeanSquare: number;
  readonly peak: number;
}

/** How two channels compare, over the whole stream. */
export interface ChannelPair {
  readonly first: number;
  readonly second: number;
  /** Pearson correlation in −1…1; null when one of them does not vary. */
  readonly correlation: number | null;
  readonly identical: boolean;
  /** Every sample of one is exactly the other's with the sign turned. */
  readonly inverted: boolean;
}

export interface ChannelStatistics {
  readonly frames: number;
  readonly channels: readonly ChannelLevels[];
  readonly pairs: readonly ChannelPair[];
  /** Samples that are not numbers or infinite: a defect of the coded sound. They count as zero. */
  readonly notNumbers: number;
  /** Samples beyond ±1, which a file of whole numbers cannot hold. */
  readonly beyondFullScale: number;
}

/** More channels than this are measured one by one, but not against each other: pairs grow with the square. */
export const maxPairedChannels = 8;

/** Sums over interleaved sound for levels, offset and the comparison of channels. */
export class ChannelSums {
  readonly #channels: number;
  readonly #paired: number;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** One entry a pair, ordered (0,1), (0,2), …, (1,2), … */
  readonly #products: Float64Array;
  readonly #differ: Uint8Array;
  readonly #differTurned: Uint8Array;
  #frames = 0;
  #notNumbers = 0;
  #beyond = 0;

  constructor(channels: number) {
    this.#channels = channels;
    this.#paired = Math.min(channels, maxPairedChannels);
    this.#sum = new Float64Array(channels);
    this.#squares = new Float64Array(channels);
    this.#low = new Float64Array(channels);
    this.#high = new Float64Array(channels);
    const pairs = (this.#paired * (this.#paired - 1)) / 2;
    this.#products = new Float64Array(pairs);
    this.#differ = new Uint8Array(pairs);
    this.#differTurned = new Uint8Array(pairs);
  }

  /**
   * Interleaved samples in order. Gives them back for further measuring: the same array, or where some are no numbers
   * a copy that has zeros there.
   */
  push(given: Float32Array): Float32Array {
    const channels = this.#channels;
    let samples = given;
    for (let channel = 0; channel < channels; channel++) {
      if (this.#scan(samples, channel)) continue;
      // Another method may be reading the same chunk, so it is not written to.
      if (samples === given) samples = this.#withoutNonNumbers(given);
      this.#scan(samples, channel);
    }
    const length = samples.length - (samples.length % channels);
    this.#frames += length / channels;
    let pair = 0;
    for (let a = 0; a < this.#paired; a++)
      for (let b = a + 1; b < this.#paired; b++) this.#comparePair(pair++, a, b, samples, length);
    return samples;
  }

  /** Adds one channel of a chunk; adds nothing and gives false where a sample of it is no number. */
  #scan(samples: Float32Array, channel: number): boolean {
    const stride = this.#channels;
    let sum = 0;
    let squares = 0;
    let low = 0;
    let high = 0;
    for (let i = channel; i < samples.length; i += stride) {
      const value = samples[i]!;
      sum += value;
      squares += value * value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (!Number.isFinite(sum)) return false;
    this.#sum[channel]! += sum;
    this.#squares[channel]! += squares;
    if (low < this.#low[channel]!) this.#low[channel] = low;
    if (high > this.#high[channel]!) this.#high[channel] = high;
    if (low < -1 || high > 1) this.#countBeyond(samples, channel);
    return true;
  }

  #countBeyond(samples: Float32Array, channel: number): void {
    for (let i = channel; i < samples.length; i += this.#channels) if (Math.abs(samples[i]!) > 1) this.#beyond += 1;
  }

  #withoutNonNumbers(given: Float32Array): Float32Array {
    return given.map((value) => {
      if (Number.isFinite(value)) return value;
      this.#notNumbers += 1;
      return 0;
    });
  }

  #comparePair(pair: number, a: number, b: number, samples: Float32Array, length: number): void {
    const channels = this.#channels;
    let products = 0;
    let differ = this.#differ[pair]!;
    let differTurned = this.#differTurned[pair]!;
    for (let i = 0; i < length; i += channels) {
      const x = samples[i + a]!;
      const y = samples[i + b]!;
      products += x * y;
      if (x !== y) differ = 1;
      if (x !== -y) differTurned = 1;
    }
    this.#products[pair]! += products;
    this.#differ[pair] = differ;
    this.#differTurned[pair] = differTurned;
  }

  finish(): ChannelStatistics {
    const frames = this.#frames;
    const channels = Array.from({ length: this.#channels }, (_, channel): ChannelLevels => {
      if (frames === 0) return { mean: 0, rootMeanSquare: 0, peak: 0 };
      return {
        mean: this.#sum[channel]! / frames,
        rootMeanSquare: Math.sqrt(this.#squares[channel]! / frames),
        peak: Math.max(-this.#low[channel]!, this.#high[channel]!),
      };
    });
    const pairs: ChannelPair[] = [];
    for (let a = 0; a < this.#paired; a++)
      for (let b = a + 1; b < this.#paired; b++) pairs.push(this.#pair(pairs.length, a, b));
    return { frames, channels, pairs, notNumbers: this.#notNumbers, beyondFullScale: this.#beyond };
  }

  #pair(pair: number, first: number, second: number): ChannelPair {
    const n = this.#frames;
    const variance = (channel: number): number => this.#squares[channel]! - this.#sum[channel]! ** 2 / n;
    const covariance = this.#products[pair]! - (this.#sum[first]! * this.#sum[second]!) / n;
    const spread = Math.sqrt(variance(first) * variance(second));
    const sounds = this.#squares[first]! > 0 && this.#squares[second]! > 0;
    return {
      first,
      second,
      correlation: n > 0 && spread > 1e-12 * n ? Math.max(-1, Math.min(1, covariance / spread)) : null,
      identical: sounds && this.#differ[pair] === 0,
      inverted: sounds && this.#differTurned[pair] === 0,
    };
  }
}
