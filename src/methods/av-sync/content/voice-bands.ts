import FFT from 'fft.js';

/** Samples a second in which the voice is read. */
export const voiceRateHz = 16_000;
/** Distance of two readings of the bands, in samples (10 ms) and ms. */
export const voiceHop = 160;
export const voiceStepMs = 10;
/** Edges of the bands in Hz: voicing, first formant, second and third, friction. */
export const voiceBandEdges = [80, 300, 1000, 3000, 7600] as const;
export const voiceBandCount = voiceBandEdges.length - 1;

const windowSize = 400;
const fftSize = 512;

/**
 * Powers of the voice in four bands every 10 ms, from sound that comes in pieces. A reading stands for the middle of its
 * window of 25 ms: the n-th is centred on sample n · 160.
 */
export class VoiceBands {
  readonly #fft = new FFT(fftSize);
  readonly #window = Float64Array.from(
    { length: windowSize },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / windowSize),
  );
  readonly #real = new Float64Array(fftSize);
  readonly #spectrum = new Float64Array(2 * fftSize);
  readonly #edges = voiceBandEdges.map((hz) => Math.round((hz * fftSize) / voiceRateHz));
  /** The last samples; starts with half a window of silence, so that the first reading is centred on sample 0. */
  #held = new Float32Array(windowSize / 2);
  #powers = new Float32Array(voiceBandCount * 1024);
  #count = 0;
  /** Reading that the first kept one is: earlier ones were dropped. */
  #first = 0;

  /** Readings so far, dropped ones included. */
  get count(): number {
    return this.#first + this.#count;
  }

  push(samples: Float32Array): void {
    const all = new Float32Array(this.#held.length + samples.length);
    all.set(this.#held);
    all.set(samples, this.#held.length);
    let at = 0;
    for (; at + windowSize <= all.length; at += voiceHop) this.#read(all, at);
    this.#held = all.slice(at);
  }

  /** Readings [from, to) of all bands, a reading after the other; what is not there is 0. */
  slice(from: number, to: number): Float32Array {
    const out = new Float32Array(Math.max(0, to - from) * voiceBandCount);
    for (let i = Math.max(from, this.#first); i < Math.min(to, this.count); i++)
      for (let band = 0; band < voiceBandCount; band++)
        out[(i - from) * voiceBandCount + band] = this.#powers[(i - this.#first) * voiceBandCount + band]!;
    return out;
  }

  /** Forgets readings before this one. */
  dropBefore(reading: number): void {
    const drop = Math.min(this.#count, reading - this.#first);
    if (drop < 4096) return;
    this.#powers.copyWithin(0, drop * voiceBandCount, this.#count * voiceBandCount);
    this.#count -= drop;
    this.#first += drop;
  }

  #read(all: Float32Array, at: number): void {
    for (let i = 0; i < windowSize; i++) {
      const sample = all[at + i]!;
      this.#real[i] = Number.isFinite(sample) ? sample * this.#window[i]! : 0;
    }
    this.#fft.realTransform(this.#spectrum, this.#real);
    if ((this.#count + 1) * voiceBandCount > this.#powers.length) {
      const grown = new Float32Array(this.#powers.length * 2);
      grown.set(this.#powers);
      this.#powers = grown;
    }
    for (let band = 0; band < voiceBandCount; band++) {
      let power = 0;
      for (let bin = this.#edges[band]!; bin < this.#edges[band + 1]!; bin++)
        power += this.#spectrum[2 * bin]! ** 2 + this.#spectrum[2 * bin + 1]! ** 2;
      this.#powers[this.#count * voiceBandCount + band] = power;
    }
    this.#count += 1;
  }
}
