import { describe, expect, it } from 'vitest';
import { SpectrumBlocks } from '../../../../src/methods/audio/spectrum-blocks.ts';
import { hannWindow, transformSpectrumBlock } from '../../../../src/methods/audio/spectrum.ts';
import { chunks, interleave, noise, sine } from './signals.ts';

const rate = 48_000;
const fftSize = 2048;
const hop = 1024;
const floorDb = -120;

const transform = (samples: Float32Array, channels: number, columns: number) =>
  transformSpectrumBlock({ samples, channels, fftSize, hop, columns, floorDb });

/** The level in dB that a grey stands for. */
const decibels = (grey: number) => floorDb + (grey / 255) * -floorDb;

describe('the spectrum kernel', () => {
  const bin = 64;
  const onBin = (amplitude: number, phase = 0) => sine((bin * rate) / fftSize, amplitude, fftSize / rate, rate, phase);

  it('reads 0 dB for a full-scale sine on a bin, and −40 dB for a hundredth of it', () => {
    for (const [amplitude, level] of [
      [1, 0],
      [0.01, -40],
    ] as const) {
      const { powerSum, greys } = transform(onBin(amplitude), 1, 1);
      expect(10 * Math.log10(powerSum[bin]!)).toBeCloseTo(level, 4);
      expect(decibels(greys[bin]!)).toBeCloseTo(level, 0);
      expect(greys.indexOf(Math.max(...greys))).toBe(bin);
    }
  });

  it('averages channels as power: equal, opposite and one-sided', () => {
    const left = onBin(0.5);
    const level = (right: Float32Array) => 10 * Math.log10(transform(interleave(left, right), 2, 1).powerSum[bin]!);
    expect(level(left)).toBeCloseTo(-6.0206, 3);
    expect(level(left.map((value) => -value))).toBeCloseTo(-6.0206, 3);
    expect(level(onBin(0.5, 1))).toBeCloseTo(-6.0206, 3);
    expect(level(new Float32Array(fftSize))).toBeCloseTo(-6.0206 - 3.0103, 3);
  });

  it('gives three channels the mean of what each gives alone', () => {
    const channels = [noise(0.5, fftSize, 1), noise(0.2, fftSize, 2), noise(0.7, fftSize, 3)];
    const together = transform(interleave(...channels), 3, 1).powerSum;
    const alone = channels.map((channel) => transform(channel, 1, 1).powerSum);
    for (const k of [0, 1, 100, 1023])
      expect(together[k]).toBeCloseTo((alone[0]![k]! + alone[1]![k]! + alone[2]![k]!) / 3, 12);
  });

  it('agrees with the transform written out as its sum', () => {
    const size = 16;
    const signal = noise(0.8, size, 5);
    const { powerSum } = transformSpectrumBlock({
      samples: signal,
      channels: 1,
      fftSize: size,
      hop: 8,
      columns: 1,
      floorDb,
    });
    const window = hannWindow(size);
    for (let k = 1; k < size / 2; k++) {
      let re = 0;
      let im = 0;
      for (let n = 0; n < size; n++) {
        re += signal[n]! * window[n]! * Math.cos((2 * Math.PI * k * n) / size);
        im -= signal[n]! * window[n]! * Math.sin((2 * Math.PI * k * n) / size);
      }
      expect(powerSum[k]).toBeCloseTo((re * re + im * im) * (4 / size) ** 2, 9);
    }
  });

  it('leaves pauses out of the average, and draws silence black', () => {
    const block = new Float32Array(hop + fftSize);
    block.set(sine(1000, 0.5, fftSize / rate, rate));
    const loudThenNothing = new Float32Array(3 * hop + fftSize);
    loudThenNothing.set(block.subarray(0, fftSize));
    const { sounding, greys } = transform(loudThenNothing, 1, 4);
    expect(sounding).toBe(2);
    expect(Math.max(...greys.subarray(3 * 1024))).toBe(0);
  });

  it('centres every column on its hop, however the sound is cut', () => {
    const total = 40 * hop + 300;
    const click = new Float32Array(total);
    click[17 * hop + hop / 2] = 1;
    for (const sizes of [[100_000], [333], [1024, 1, 50]]) {
      const blocks = new SpectrumBlocks(1, fftSize, hop, 8);
      const columns: number[] = [];
      const add = (samples: Float32Array, count: number) => {
        const { greys } = transform(samples, 1, count);
        for (let c = 0; c < count; c++) columns.push(greys[c * 1024 + 500]!);
      };
      for (const part of chunks(click, sizes)) for (const block of blocks.push(part)) add(block, 8);
      for (const rest of blocks.finish(total, columns.length)) add(rest.block, rest.columns);
      expect(columns).toHaveLength(41);
      expect(columns.indexOf(Math.max(...columns))).toBe(17);
      expect(columns.filter((grey) => grey > 0)).toHaveLength(1);
    }
  });
});
