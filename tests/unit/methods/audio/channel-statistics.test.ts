import { describe, expect, it } from 'vitest';
import { ChannelSums } from '../../../../src/methods/audio/channel-statistics.ts';
import { chunks, interleave, noise, sine } from './signals.ts';

function measure(signal: Float32Array, channels: number) {
  const sums = new ChannelSums(channels);
  for (const part of chunks(signal, [999], channels)) sums.push(part);
  return sums.finish();
}

describe('channel statistics', () => {
  const rate = 48_000;

  it('measures level and offset of a sine on a constant', () => {
    const signal = sine(1000, 0.5, 1, rate).map((value) => value + 0.01);
    const { channels, frames } = measure(signal, 1);
    expect(frames).toBe(rate);
    expect(channels[0]!.mean).toBeCloseTo(0.01, 6);
    expect(channels[0]!.peak).toBeCloseTo(0.51, 4);
    expect(channels[0]!.rootMeanSquare).toBeCloseTo(Math.sqrt(0.125 + 0.0001), 6);
  });

  it('reads the cosine of the phase as the correlation of two sines', () => {
    for (const degrees of [0, 30, 90, 150, 180]) {
      const phase = (degrees * Math.PI) / 180;
      const { pairs } = measure(interleave(sine(1000, 0.5, 1, rate), sine(1000, 0.2, 1, rate, phase)), 2);
      expect(pairs[0]!.correlation).toBeCloseTo(Math.cos(phase), 4);
    }
  });

  it('tells identical, inverted and independent channels apart', () => {
    const a = noise(0.5, 50_000, 1);
    const b = noise(0.5, 50_000, 77);
    const { pairs } = measure(
      interleave(
        a,
        a,
        a.map((value) => -value),
        b,
      ),
      4,
    );
    const of = (first: number, second: number) => pairs.find((pair) => pair.first === first && pair.second === second)!;
    expect(of(0, 1)).toMatchObject({ identical: true, inverted: false });
    expect(of(0, 1).correlation).toBeCloseTo(1, 9);
    expect(of(0, 2)).toMatchObject({ identical: false, inverted: true });
    expect(of(0, 2).correlation).toBeCloseTo(-1, 9);
    expect(of(0, 3)).toMatchObject({ identical: false, inverted: false });
    expect(Math.abs(of(0, 3).correlation!)).toBeLessThan(0.02);
    expect(pairs).toHaveLength(6);
  });

  it('says nothing about the correlation with a silent or constant channel, and does not call two silences identical', () => {
    const sound = noise(0.5, 1000);
    const nothing = new Float32Array(1000);
    const { pairs } = measure(interleave(sound, nothing, nothing), 3);
    expect(pairs.map((pair) => pair.correlation)).toEqual([null, null, null]);
    expect(pairs.some((pair) => pair.identical || pair.inverted)).toBe(false);
    expect(measure(interleave(sound, nothing.fill(0.25)), 2).pairs[0]!.correlation).toBeNull();
  });

  it('counts what is beyond full scale and replaces what is no number', () => {
    const signal = Float32Array.of(0, 1.5, -2, NaN, Infinity, 1, -1);
    const { notNumbers, beyondFullScale, channels } = measure(signal, 1);
    expect({ notNumbers, beyondFullScale }).toEqual({ notNumbers: 2, beyondFullScale: 2 });
    expect(channels[0]!.peak).toBe(2);
  });

  it('measures many channels singly but compares eight at most', () => {
    const many = interleave(...Array.from({ length: 16 }, (_, i) => noise(0.5, 100, i + 1)));
    const { channels, pairs } = measure(many, 16);
    expect(channels).toHaveLength(16);
    expect(pairs).toHaveLength(28);
  });
});
