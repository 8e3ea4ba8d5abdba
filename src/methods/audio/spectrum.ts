import FFT from 'fft.js';

/** A block of interleaved sound to transform: `columns` windows of `fftSize` samples, each `hop` after the one before. */
export interface SpectrumBlock {
  /** ((columns − 1)·hop + fftSize)·channels values. */
  readonly samples: Float32Array;
  readonly channels: number;
  readonly fftSize: number;
  readonly hop: number;
  readonly columns: number;
  /** Level that the darkest grey stands for, in dB relative to a full-scale sine. */
  readonly floorDb: number;
}

export interface SpectrumColumns {
  /** A column after the other, each of fftSize/2 grey levels from 0 Hz up: 0 is floorDb or less, 255 is 0 dB or more. */
  readonly greys: Uint8Array;
  /** Sum over the columns that sound of the power in each bin; 1 is a full-scale sine in one bin. */
  readonly powerSum: Float64Array;
  /** How many columns went into the sum: those above {@link soundingPower}. */
  readonly sounding: number;
}

/** Columns whose power over all bins is below −90 dB are pauses: they say nothing about what the sound's history kept. */
export const soundingPower = 1e-9;

/** Periodic Hann window. */
export function hannWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
}

/**
 * Grey level by the upper 16 bits of a power's 32-bit floating point form: sign, exponent and 7 bits of the fraction,
 * which is a step of 0.03 dB at most where a grey is 0.47 dB. A logarithm for every cell costs as much as the transform.
 */
function greyTable(floorDb: number): Uint8Array {
  const table = new Uint8Array(1 << 16);
  const power = new Float32Array(1);
  const bits = new Uint32Array(power.buffer);
  for (let i = 0; i < 0x7f80; i++) {
    bits[0] = ((i << 16) | 0x8000) >>> 0;
    const grey = Math.round(((10 * Math.log10(power[0]!) - floorDb) * 255) / -floorDb);
    table[i] = Math.max(0, Math.min(255, grey));
  }
  table[0x7f80] = 255;
  return table;
}

/** Transforms columns of one size: its tables and its room for one column, used over and over. */
class ColumnTransform {
  readonly fftSize: number;
  readonly floorDb: number;
  /** Power in each bin of the column that was transformed last. */
  readonly power: Float64Array;
  readonly #fft: FFT;
  readonly #window: Float64Array;
  readonly #real: Float64Array;
  readonly #complex: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #single: Float32Array;
  readonly #singleBits: Uint32Array;
  readonly #greyOf: Uint8Array;

  constructor(fftSize: number, floorDb: number) {
    const bins = fftSize / 2;
    this.fftSize = fftSize;
    this.floorDb = floorDb;
    this.power = new Float64Array(bins);
    this.#fft = new FFT(fftSize);
    this.#window = hannWindow(fftSize);
    this.#real = new Float64Array(fftSize);
    this.#complex = new Float64Array(2 * fftSize);
    this.#spectrum = new Float64Array(2 * fftSize);
    this.#single = new Float32Array(bins);
    this.#singleBits = new Uint32Array(this.#single.buffer);
    this.#greyOf = greyTable(floorDb);
  }

  /** Sums the channels' power of the window that begins at the value `first`. */
  transform(samples: Float32Array, first: number, channels: number): void {
    const [power, window, real] = [this.power, this.#window, this.#real];
    const [complex, spectrum] = [this.#complex, this.#spectrum];
    const { fftSize } = this;
    const bins = fftSize / 2;
    power.fill(0);
    let channel = 0;
    for (; channel + 1 < channels; channel += 2) {
      for (let n = 0, i = first + channel; n < fftSize; n++, i += channels) {
        const w = window[n]!;
        complex[2 * n] = samples[i]! * w;
        complex[2 * n + 1] = samples[i + 1]! * w;
      }
      this.#fft.transform(spectrum, complex);
      // Of two real signals x + iy: |X|² + |Y|² = (|Z(k)|² + |Z(N−k)|²) / 2.
      power[0]! += spectrum[0]! ** 2 + spectrum[1]! ** 2;
      for (let k = 1, m = 2 * (fftSize - 1); k < bins; k++, m -= 2) {
        const re = spectrum[2 * k]!;
        const im = spectrum[2 * k + 1]!;
        const mirroredRe = spectrum[m]!;
        const mirroredIm = spectrum[m + 1]!;
        power[k]! += (re * re + im * im + mirroredRe * mirroredRe + mirroredIm * mirroredIm) / 2;
      }
    }
    if (channel < channels) {
      for (let n = 0, i = first + channel; n < fftSize; n++, i += channels) real[n] = samples[i]! * window[n]!;
      this.#fft.realTransform(spectrum, real);
      for (let k = 0; k < bins; k++) power[k]! += spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2;
    }
    // At 0 Hz positive and negative frequency are one.
    power[0]! /= 4;
  }

  /** Scales the column's power, writes its greys from `at` on, and gives the sum over all bins. */
  finish(scale: number, greys: Uint8Array, at: number): number {
    const { power } = this;
    const [single, bits, greyOf] = [this.#single, this.#singleBits, this.#greyOf];
    let total = 0;
    for (let k = 0; k < power.length; k++) {
      const value = power[k]! * scale;
      power[k] = value;
      total += value;
      single[k] = value;
      greys[at + k] = greyOf[bits[k]! >>> 16]!;
    }
    return total;
  }
}

/** The transform of the last block: the next one is mostly of the same size, and its tables take a while. */
let last: ColumnTransform | undefined;

function transformOf(fftSize: number, floorDb: number): ColumnTransform {
  if (last?.fftSize !== fftSize || last.floorDb !== floorDb) last = new ColumnTransform(fftSize, floorDb);
  return last;
}

/**
 * Power spectra by the Hann-windowed FFT, averaged over the channels as power (so that channels of opposite polarity do
 * not cancel) and scaled so that a sine of amplitude 1 that falls on a bin reads 0 dB.
 */
export function transformSpectrumBlock(block: SpectrumBlock): SpectrumColumns {
  const { samples, channels, fftSize, hop, columns, floorDb } = block;
  const bins = fftSize / 2;
  const transform = transformOf(fftSize, floorDb);
  const { power } = transform;
  const greys = new Uint8Array(columns * bins);
  const powerSum = new Float64Array(bins);
  // A sine of amplitude 1 gives |X| = sum(w)/2 = fftSize/4 in its bin.
  const scale = (4 / fftSize) ** 2 / channels;
  let sounding = 0;
  for (let column = 0; column < columns; column++) {
    transform.transform(samples, column * hop * channels, channels);
    if (transform.finish(scale, greys, column * bins) < soundingPower) continue;
    sounding += 1;
    for (let k = 0; k < bins; k++) powerSum[k]! += power[k]!;
  }
  return { greys, powerSum, sounding };
}
