import { describe, expect, it } from 'vitest';
import type { LoudnessReading } from '../../../../src/media/taps.ts';
import { LoudnessFollower, loudnessRange } from '../../../../src/methods/audio/loudness-summary.ts';

const reading = (atMs: number, momentary: number, shortTerm: number, integrated: number, peaks = [-3]) =>
  ({ atMs, momentary, shortTerm, integrated, range: 0, truePeak: peaks }) satisfies LoudnessReading;

const repeat = (value: number, seconds: number) => Array.from({ length: seconds * 10 }, () => value);

describe('the loudness range', () => {
  // The signals of EBU Tech 3342 §4, as the short-term loudness that they have.
  it.each([
    ['−20 then −30 LUFS', [...repeat(-20, 20), ...repeat(-30, 20)], 10],
    ['−20 then −15 LUFS', [...repeat(-20, 20), ...repeat(-15, 20)], 5],
    ['−40 then −20 LUFS', [...repeat(-40, 20), ...repeat(-20, 20)], 20],
    ['−50, −35, −20, −35, −50 LUFS', [-50, -35, -20, -35, -50].flatMap((level) => repeat(level, 20)), 15],
  ])('of %s is right to a unit', (_, values, wanted) => {
    expect(Math.abs(loudnessRange(values)! - wanted)).toBeLessThanOrEqual(1);
  });

  it('reaches from the 10th to the 95th percentile', () => {
    expect(loudnessRange(Array.from({ length: 1001 }, (_, i) => -30 + i / 100))).toBeCloseTo(8.5, 6);
  });

  it('leaves out what is below the gate, and is not given for less than three seconds', () => {
    expect(loudnessRange([...repeat(-23, 10), ...repeat(-120.7, 60)])).toBe(0);
    expect(loudnessRange(repeat(-23, 3))).toBeNull();
    expect(loudnessRange([])).toBeNull();
  });
});

describe('following loudness readings', () => {
  it('keeps the loudest moment and passage with their times, and the last integrated value', () => {
    const follower = new LoudnessFollower();
    follower.push(reading(100, -30, -120.7, -70));
    follower.push(reading(200, -18, -25, -24, [-9, -2.5]));
    follower.push(reading(300, -22, -21, -23, [-9, -4]));
    expect(follower.finish()).toEqual({
      integrated: -23,
      range: null,
      maxMomentary: -18,
      maxMomentaryAtMs: 200,
      maxShortTerm: -21,
      maxShortTermAtMs: 300,
      truePeak: -2.5,
      readings: 3,
    });
    expect(follower.curve).toEqual([
      [100, 200, 300],
      [-30, -18, -22],
      [-120.7, -25, -21],
    ]);
  });

  it('has no figures for silence and for no readings', () => {
    const silent = new LoudnessFollower();
    silent.push(reading(100, -120.7, -120.7, -70, [-Infinity]));
    for (const summary of [silent.finish(), new LoudnessFollower().finish()])
      expect(summary).toMatchObject({ integrated: null, range: null, maxMomentary: null, truePeak: null });
  });
});
