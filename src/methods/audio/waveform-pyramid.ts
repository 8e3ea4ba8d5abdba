/** Columns of one waveform row: presentation time of the bin's first sample in ms, lowest, highest, root mean square. */
export const waveformColumns = 4;

/** Takes finished rows of one channel and level: `rows` holds {@link waveformColumns} values a row and is reused after. */
export type RowSink = (channel: number, level: number, rows: Float32Array) => void;

/** A level that is longer than this is followed by a coarser one, so that an overview always fits a window. */
const overviewBins = 2000;
const binsPerCoarserBin = 4;
const rowsAtATime = 512;

interface LevelState {
  readonly rows: Float32Array;
  filled: number;
  /** Rows finished in all. */
  total: number;
  /** The bin that is being filled from the finer level. */
  bins: number;
  firstSample: number;
  low: number;
  high: number;
  squares: number;
  samples: number;
}

/**
 * Envelope of interleaved sound at several zooms: level k has bins of `samplesPerBin`·4^k samples, made from level k−1.
 * The last bin of a level may be shorter. Memory does not grow with length: rows leave through the sink.
 */
export class WaveformPyramid {
  readonly #channels: number;
  readonly #samplesPerBin: number;
  readonly #timeOf: (sample: number) => number;
  readonly #sink: RowSink;
  /** levels[level][channel] */
  readonly #levels: LevelState[][] = [];
  #sample = 0;
  #inBin = 0;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  readonly #squares: Float64Array;

  constructor(channels: number, samplesPerBin: number, timeOf: (sample: number) => number, sink: RowSink) {
    this.#channels = channels;
    this.#samplesPerBin = samplesPerBin;
    this.#timeOf = timeOf;
    this.#sink = sink;
    this.#low = new Float64Array(channels).fill(Infinity);
    this.#high = new Float64Array(channels).fill(-Infinity);
    this.#squares = new Float64Array(channels);
  }

  /** Interleaved samples that follow those of the call before. */
  push(samples: Float32Array): void {
    const channels = this.#channels;
    const frames = samples.length / channels;
    let done = 0;
    while (done < frames) {
      const take = Math.min(this.#samplesPerBin - this.#inBin, frames - done);
      const end = (done + take) * channels;
      for (let channel = 0; channel < channels; channel++) this.#scan(samples, done * channels + channel, end, channel);
      done += take;
      this.#inBin += take;
      this.#sample += take;
      if (this.#inBin === this.#samplesPerBin) this.#closeBin();
    }
  }

  /** Closes the bins that are begun, hands the rest to the sink and says how many rows each level has. */
  finish(): { rowsOfLevel: readonly number[] } {
    if (this.#inBin > 0) this.#closeBin();
    const rowsOfLevel: number[] = [];
    for (let level = 0; level < this.#levels.length; level++) {
      const states = this.#levels[level]!;
      for (let channel = 0; channel < this.#channels; channel++) {
        const state = states[channel]!;
        if (state.bins > 0) this.#closeCoarse(level, channel, state);
        this.#flush(level, channel);
      }
      rowsOfLevel.push(states[0]!.total);
      if (states[0]!.total <= overviewBins) break;
    }
    return { rowsOfLevel };
  }

  /** Apart from push, because the engine compiles a short function with one hot loop much better. */
  #scan(samples: Float32Array, from: number, end: number, channel: number): void {
    const stride = this.#channels;
    let low = this.#low[channel]!;
    let high = this.#high[channel]!;
    let squares = 0;
    for (let i = from; i < end; i += stride) {
      const value = samples[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
      squares += value * value;
    }
    this.#low[channel] = low;
    this.#high[channel] = high;
    this.#squares[channel]! += squares;
  }

  #closeBin(): void {
    const first = this.#sample - this.#inBin;
    for (let channel = 0; channel < this.#channels; channel++) {
      this.#add(0, channel, first, this.#low[channel]!, this.#high[channel]!, this.#squares[channel]!, this.#inBin);
      this.#low[channel] = Infinity;
      this.#high[channel] = -Infinity;
      this.#squares[channel] = 0;
    }
    this.#inBin = 0;
  }

  #add(
    level: number,
    channel: number,
    first: number,
    low: number,
    high: number,
    squares: number,
    samples: number,
  ): void {
    const state = (this.#levels[level] ??= Array.from({ length: this.#channels }, emptyLevel))[channel]!;
    const at = state.filled * waveformColumns;
    state.rows[at] = this.#timeOf(first);
    state.rows[at + 1] = low;
    state.rows[at + 2] = high;
    state.rows[at + 3] = Math.sqrt(squares / samples);
    state.filled += 1;
    state.total += 1;
    // A coarse level may still turn out not to be needed while its rows fit in one flush.
    if (state.filled === rowsAtATime) this.#flush(level, channel);

    const above = (this.#levels[level + 1] ??= Array.from({ length: this.#channels }, emptyLevel))[channel]!;
    if (above.bins === 0) above.firstSample = first;
    if (low < above.low) above.low = low;
    if (high > above.high) above.high = high;
    above.squares += squares;
    above.samples += samples;
    above.bins += 1;
    if (above.bins === binsPerCoarserBin) this.#closeCoarse(level + 1, channel, above);
  }

  #closeCoarse(level: number, channel: number, state: LevelState): void {
    const { firstSample, low, high, squares, samples } = state;
    state.bins = 0;
    state.low = Infinity;
    state.high = -Infinity;
    state.squares = 0;
    state.samples = 0;
    this.#add(level, channel, firstSample, low, high, squares, samples);
  }

  #flush(level: number, channel: number): void {
    const state = this.#levels[level]![channel]!;
    if (state.filled === 0) return;
    this.#sink(channel, level, state.rows.subarray(0, state.filled * waveformColumns));
    state.filled = 0;
  }
}

function emptyLevel(): LevelState {
  return {
    rows: new Float32Array(rowsAtATime * waveformColumns),
    filled: 0,
    total: 0,
    bins: 0,
    firstSample: 0,
    low: Infinity,
    high: -Infinity,
    squares: 0,
    samples: 0,
  };
}
