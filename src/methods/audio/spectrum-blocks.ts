/** Cuts interleaved sound into overlapping blocks for the spectrum kernel; column c stands for samples c·hop … (c+1)·hop. */
export class SpectrumBlocks {
  readonly #channels: number;
  readonly #fftSize: number;
  readonly #hop: number;
  readonly #columns: number;
  #block: Float32Array;
  #filled: number;
  /** Values that the window shares with the block before. */
  readonly #overlap: number;

  constructor(channels: number, fftSize: number, hop: number, columnsPerBlock: number) {
    this.#channels = channels;
    this.#fftSize = fftSize;
    this.#hop = hop;
    this.#columns = columnsPerBlock;
    this.#overlap = (fftSize - hop) * channels;
    this.#block = this.#empty();
    // The first window reaches half its overlap before the first sample, so that every column is centred on its hop.
    this.#filled = Math.floor((fftSize - hop) / 2) * channels;
  }

  /** Takes samples in order and gives those blocks that are full; each is a fresh array that may be transferred. */
  push(samples: Float32Array): Float32Array[] {
    const full: Float32Array[] = [];
    let at = 0;
    while (at < samples.length) {
      const take = Math.min(samples.length - at, this.#block.length - this.#filled);
      this.#block.set(samples.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled < this.#block.length) continue;
      const done = this.#block;
      this.#block = this.#empty();
      this.#block.set(done.subarray(done.length - this.#overlap));
      this.#filled = this.#overlap;
      full.push(done);
    }
    return full;
  }

  /** The columns that are left, the sound continued with zeros: at most two blocks. */
  finish(totalFrames: number, columnsBefore: number): { block: Float32Array; columns: number }[] {
    const rest: { block: Float32Array; columns: number }[] = [];
    let left = Math.ceil(totalFrames / this.#hop) - columnsBefore;
    while (left > 0) {
      const [block] = this.push(new Float32Array(this.#block.length - this.#filled));
      const columns = Math.min(left, this.#columns);
      rest.push({ block: block!.slice(0, ((columns - 1) * this.#hop + this.#fftSize) * this.#channels), columns });
      left -= columns;
    }
    return rest;
  }

  #empty(): Float32Array {
    return new Float32Array(((this.#columns - 1) * this.#hop + this.#fftSize) * this.#channels);
  }
}
