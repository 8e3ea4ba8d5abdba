import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysedSize } from '../../../../../src/methods/av-sync/content/analysed-size.ts';
import type { StretchReport, WindowReading } from '../../../../../src/methods/av-sync/content/examine-stretch.ts';
import { lagGrid } from '../../../../../src/methods/av-sync/content/lag-scan.ts';
import { lagCourse } from '../../../../../src/methods/av-sync/content/lag-over-time.ts';
import { mismatchedVoice } from '../../../../../src/methods/av-sync/content/mismatched-voice.ts';
import { pairOnsets } from '../../../../../src/methods/av-sync/content/onset-pairs.ts';
import { chanceOfPeak, highestPeak, nullPeaks } from '../../../../../src/methods/av-sync/content/peak.ts';
import { clockAt, powersOver, sampleAt } from '../../../../../src/methods/av-sync/content/sound-time.ts';
import { VoiceBands } from '../../../../../src/methods/av-sync/content/voice-bands.ts';
import { timeOfSample, type SoundClock } from '../../../../../src/media/sound-clock.ts';
import { fixedNumbers } from './moving-mouth.ts';

describe('a peak', () => {
  it('of a parabola is found between the points', () => {
    fc.assert(
      fc.property(fc.double({ min: 3, max: 17, noNaN: true }), (top) => {
        const curve = Array.from({ length: 21 }, (_, i) => 500 - (i - top) ** 2);
        expect(highestPeak(curve)!.position).toBeCloseTo(top, 6);
      }),
    );
    expect(highestPeak([])).toBeUndefined();
    expect(highestPeak([0, 0, 0])).toBeUndefined();
    expect(highestPeak([NaN, NaN])).toBeUndefined();
  });

  it('as high as chance makes them has the chance that chance gives it', () => {
    // Maxima of 40 normal values, 60 for the fit and 2000 held against it.
    const random = fixedNumbers(3);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const highest = (): number => Math.max(...Array.from({ length: 40 }, normal));
    const nulls = nullPeaks(Array.from({ length: 60 }, highest));
    const chances = Array.from({ length: 2000 }, () => chanceOfPeak(highest(), nulls));
    for (const level of [0.01, 0.1, 0.5]) {
      const share = chances.filter((chance) => chance <= level).length / 2000;
      expect(share).toBeLessThan(1.6 * level + 0.005);
      expect(share).toBeGreaterThan(0.4 * level - 0.005);
    }
  });
});

describe('a mismatched voice', () => {
  it('is the same for the same turn, as loud as the true one, and unlike it at every lag that is searched', () => {
    const random = fixedNumbers(8);
    const rise = Float32Array.from({ length: 1000 }, () => random() - 0.5);
    const power = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
    for (let turn = 0; turn < 20; turn++) {
      const other = mismatchedVoice(rise, turn);
      expect(other).toEqual(mismatchedVoice(rise, turn));
      expect(power(other)).toBeCloseTo(power(rise), 3);
      for (let lag = -70; lag <= 70; lag++) {
        let sum = 0;
        for (let i = 100; i < 900; i++) sum += rise[i]! * other[i + lag]!;
        expect(Math.abs(sum) / power(rise)).toBeLessThan(0.25);
      }
    }
  });
});

describe('the sound’s clock', () => {
  const clock: SoundClock = {
    ...{
      stream: 1,
      sampleRateHz: 48_000,
      source: 'codec-frame',
      startMs: 500,
      skippedSamples: 0,
      expectedSamples: null,
    },
    anchors: [
      { sample: 0, ms: 500 },
      { sample: 48_000, ms: 2000 },
    ],
  };

  it('finds the sample of a time, none before the start and none in a gap', () => {
    expect(sampleAt(clock, 499)).toBeNaN();
    expect(sampleAt(clock, 500)).toBe(0);
    expect(sampleAt(clock, 1750)).toBeNaN();
    expect(sampleAt(clock, 2500)).toBe(72_000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (sample) => {
        expect(sampleAt(clock, timeOfSample(clock, sample))).toBeCloseTo(sample, 3);
      }),
    );
  });

  it('lays band powers on the time axis, silent where there is no sound', () => {
    const bands = new VoiceBands();
    const tone = Float32Array.from({ length: 48_000 }, (_, i) => Math.sin((2 * Math.PI * 1500 * i) / 16_000));
    for (let at = 0; at < tone.length; at += 777) bands.push(tone.subarray(at, at + 777));
    const powers = powersOver(bands, clockAt(clock, 16_000), 0, 3000);
    const loud = (ms: number): boolean => powers[(ms / 10) * 4 + 2]! > 1;
    expect([400, 600, 1400, 1700, 1900, 2100].map(loud)).toEqual([false, true, true, false, false, true]);
  });
});

describe('the analysed size', () => {
  it('keeps the area and the shape, and never enlarges', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 8000 }), fc.integer({ min: 64, max: 8000 }), (width, height) => {
        const size = analysedSize(width, height);
        expect(size.width).toBeLessThanOrEqual(Math.max(width, 32) + 4);
        expect(size.width * size.height).toBeLessThan(200_000);
      }),
    );
    expect(analysedSize(1920, 1080)).toEqual({ width: 480, height: 270 });
  });
});

describe('sudden events', () => {
  it('meet at the lag by which the sound is moved', () => {
    const random = fixedNumbers(4);
    const picture = Array.from({ length: 12 }, (_, i) => i * 700 + 300 * random());
    const sound = picture.map((at) => at + 180).filter((_, i) => i % 4 !== 0);
    const met = pairOnsets(picture, sound, lagGrid(700));
    expect(met.lagMs).toBeCloseTo(180, -1);
    expect(met.pairs).toBe(9);
  });
});

describe('the lag over time', () => {
  const course = (lagAt: (ms: number) => number | undefined, lengthMs = 60_000) =>
    lagCourse([
      {
        best: {
          windows: Array.from({ length: Math.floor(lengthMs / 2000) - 2 }, (_, i): WindowReading => {
            const lag = lagAt(i * 2000 + 3000);
            return {
              ...{ startMs: i * 2000, endMs: i * 2000 + 6000, lagMs: lag ?? 0, voiced: true },
              ...{ score: lag === undefined ? 3 : 8, nullMean: 3, nullDeviation: 0.5, rivalShare: 0.5 },
            };
          }),
        },
      } as unknown as StretchReport,
    ]);

  it('that is constant neither drifts nor jumps', () => {
    const random = fixedNumbers(2);
    expect(course(() => 40 + 16 * (random() - 0.5))).toMatchObject({ apart: [] });
    expect(course(() => 40 + 16 * (random() - 0.5))).not.toHaveProperty('drift');
    expect(course(() => 40 + 16 * (random() - 0.5))).not.toHaveProperty('jump');
  });

  it('that drifts gives ms a minute', () => {
    const { drift, jump } = course((ms) => 20 + ms / 400);
    expect(jump).toBeUndefined();
    expect(drift!.msPerMinute).toBeCloseTo(150, 0);
  });

  it('that jumps gives the place and both sides', () => {
    const { drift, jump } = course((ms) => (ms < 31_000 ? 0 : 200));
    expect(drift).toBeUndefined();
    expect(jump).toMatchObject({ beforeMs: 0, afterMs: 200 });
    expect(Math.abs(jump!.atMs - 31_000)).toBeLessThan(3000);
  });

  it('that is gone for a while gives the span', () => {
    const { apart } = course((ms) => (ms > 20_000 && ms < 34_000 ? undefined : 10));
    expect(apart).toHaveLength(1);
    expect(apart[0]!.startMs).toBeLessThan(21_000);
    expect(apart[0]!.endMs).toBeGreaterThan(33_000);
  });
});
