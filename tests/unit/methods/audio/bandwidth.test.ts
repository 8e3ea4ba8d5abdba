import { describe, expect, it } from 'vitest';
import { measureBandwidth } from '../../../../src/methods/audio/bandwidth.ts';
import { transformSpectrumBlock } from '../../../../src/methods/audio/spectrum.ts';
import { lowPass, noise, sine } from './signals.ts';

const rate = 48_000;
const minimumDropDb = 20;

function spectrumOf(signal: Float32Array, fftSize = 2048): Float64Array {
  const columns = Math.floor((signal.length - fftSize) / (fftSize / 2)) + 1;
  const { powerSum, sounding } = transformSpectrumBlock({
    samples: signal,
    channels: 1,
    fftSize,
    hop: fftSize / 2,
    columns,
    floorDb: -120,
  });
  return powerSum.map((value) => value / Math.max(1, sounding));
}

describe('the effective bandwidth', () => {
  const white = noise(0.3, rate, 11);

  it.each([4000, 8000, 11_025, 16_000, 19_000, 20_500])(
    'finds the cut-off of white noise that was low-passed at %i Hz within two bins',
    (cutoff) => {
      const found = measureBandwidth(spectrumOf(lowPass(white, cutoff, rate)), rate / 2, minimumDropDb);
      const binHz = rate / 2048;
      expect(Math.abs(found.cutoffHz! - cutoff)).toBeLessThan(2 * binHz);
      expect(found.dropDb).toBeGreaterThan(40);
      expect(found.cutoffUncertaintyHz).toBeLessThan(300);
    },
  );

  it('finds none in white noise up to the Nyquist frequency', () => {
    const { cutoffHz, dropDb, nyquistHz, rolloffHz } = measureBandwidth(spectrumOf(white), rate / 2, minimumDropDb);
    expect(cutoffHz).toBeNull();
    expect(dropDb).toBeLessThan(3);
    expect(nyquistHz).toBe(24_000);
    expect(rolloffHz / 24_000).toBeCloseTo(0.99, 2);
  });

  it('finds none in a spectrum that falls gently, as a voice does', () => {
    // 12 dB an octave from 500 Hz on.
    const power = Float64Array.from({ length: 1024 }, (_, k) => 1 / (1 + ((k * 24_000) / 1024 / 500) ** 4));
    expect(measureBandwidth(power, 24_000, minimumDropDb).cutoffHz).toBeNull();
  });

  it('is not led astray by a whistle above the cut-off', () => {
    const signal = lowPass(white, 12_000, rate);
    const whistle = sine(19_000, 0.01, 1, rate);
    const sixteenBits = (value: number) => Math.round(value * 32768) / 32768;
    const sound = signal.map((value, i) => sixteenBits(value + whistle[i]!));
    const found = measureBandwidth(spectrumOf(sound), rate / 2, minimumDropDb);
    expect(Math.abs(found.cutoffHz! - 12_000)).toBeLessThan(120);
  });

  it('sees telephone sound in a wide stream', () => {
    const narrow = lowPass(white, 3400, rate).map((value, i) => value + 1e-4 * white[(i * 7) % rate]!);
    const found = measureBandwidth(spectrumOf(narrow), rate / 2, minimumDropDb);
    expect(Math.abs(found.cutoffHz! - 3400)).toBeLessThan(120);
  });

  it('works at 8 kHz too', () => {
    const found = measureBandwidth(spectrumOf(lowPass(noise(0.3, 16_000, 3), 2500, 8000, 511)), 4000, minimumDropDb);
    expect(Math.abs(found.cutoffHz! - 2500)).toBeLessThan(60);
  });

  it('gives nothing but no cut-off for silence', () => {
    const found = measureBandwidth(new Float64Array(1024), 24_000, minimumDropDb);
    expect(found.cutoffHz).toBeNull();
    expect(found.dropDb).toBe(0);
  });
});
