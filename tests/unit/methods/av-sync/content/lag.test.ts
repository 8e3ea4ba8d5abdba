import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideLag } from '../../../../../src/methods/av-sync/content/decide-lag.ts';
import type { ContentReadings } from '../../../../../src/methods/av-sync/content/examine-content.ts';
import {
  examineStretch,
  readMotion,
  readStretch,
  type StretchReport,
} from '../../../../../src/methods/av-sync/content/examine-stretch.ts';
import type { StretchMotion } from '../../../../../src/methods/av-sync/content/scan-stretch.ts';
import { measureFlow } from '../../../../../src/methods/av-sync/content/measure-flow.ts';
import { AvSyncParams } from '../../../../../src/methods/av-sync/parameters.ts';
import { filmMouth, openingOf, times, voiceOf, type Scene } from './moving-mouth.ts';

const params = AvSyncParams.parse({ naturalLeadMs: 0 });
const seconds = 8;
const scene: Scene = {
  ...{ width: 128, height: 128, mouthX: 64, mouthY: 84, noise: 4 },
  head: (ms) => [5 * Math.sin(ms / 900), 3 * Math.sin(ms / 1300)],
};

/** Films are drawn and their motion read once: only the voice differs from test to test. */
const seen = new Map<string, StretchMotion>();

function motionOf(name: string, only: Scene, timesMs: readonly number[], shownMs = timesMs): StretchMotion {
  const known = seen.get(name);
  if (known !== undefined) return known;
  const block = measureFlow(filmMouth(only, openingOf(5, seconds), shownMs));
  const motion = readMotion({ blocks: [block], timesMs: Float64Array.from(timesMs), region: undefined });
  seen.set(name, motion);
  return motion;
}

function read(motion: StretchMotion, timesMs: readonly number[], leadMs: number, voiceSeed = 5): StretchReport {
  const { searchMs } = params;
  return readStretch(motion, {
    timesMs: Float64Array.from(timesMs),
    powers: voiceOf(openingOf(voiceSeed, seconds), -searchMs, seconds + 1.4, leadMs),
    ...{ voiceStartMs: -searchMs, searchMs, windowMs: 0, mismatches: 30, region: undefined },
  });
}

const even = times(200);
const stretchOf = (leadMs: number, voiceSeed = 5): StretchReport =>
  read(motionOf('plain', scene, even), even, leadMs, voiceSeed);

const readings = (stretches: readonly StretchReport[]): ContentReadings => ({
  ...{ stretches, frames: 200, width: 128, height: 128, pixelScale: 1, late: 0, soundSeconds: seconds },
});

const leadOf = (stretch: StretchReport): number => {
  const decided = decideLag(readings([stretch]), params);
  if (!decided.told) throw new Error(decided.reason);
  return -decided.pooled.lagMs;
};

describe('the lag of a voice that belongs to a moving mouth', () => {
  it('is told to a few milliseconds, with the right sign, at 25 frames a second', () => {
    for (const lead of [-400, -130, 0, 70, 333]) expect(Math.abs(leadOf(stretchOf(lead)) - lead)).toBeLessThan(10);
  });

  it('follows presentation times where the frame rate varies', () => {
    // Every third frame is shown twice as long, as a busy telephone does.
    const timesMs: number[] = [0];
    while (timesMs.at(-1)! < seconds * 1000) timesMs.push(timesMs.at(-1)! + (timesMs.length % 3 === 0 ? 66 : 33));
    expect(Math.abs(leadOf(read(motionOf('varying', scene, timesMs), timesMs, 120)) - 120)).toBeLessThan(12);
  });

  it('is the same where frames are repeated, since a repeated frame moves nothing', () => {
    const shown = even.map((ms, i) => (i % 4 === 3 ? even[i - 1]! : ms));
    const report = read(motionOf('repeating', { ...scene, noise: 0 }, even, shown), even, 80);
    expect(Math.abs(leadOf(report) - 80)).toBeLessThan(20);
    expect(report.pairs).toBeLessThan(160);
  });

  it('comes from the mouth: the region lies over it in the middle of the stretch', () => {
    const { best } = stretchOf(0);
    const { x, y, width, height } = best!.region;
    expect(x).toBeLessThan(64);
    expect(x + width).toBeGreaterThan(64);
    expect(y).toBeLessThan(92);
    expect(y + height).toBeGreaterThan(84);
    expect(width).toBeLessThan(90);
  });

  it('comes from the analyst’s region where there is one, and is not told where that holds no mouth', () => {
    const opening = openingOf(5, seconds);
    const block = measureFlow(filmMouth(scene, opening, even));
    const within = (region: { x: number; y: number; width: number; height: number }) =>
      examineStretch({
        ...{ blocks: [structuredClone(block)], timesMs: Float64Array.from(even), voiceStartMs: -700, region },
        powers: voiceOf(opening, -700, seconds + 1.4, 160),
        ...{ searchMs: 700, windowMs: 0, mismatches: 30 },
      });
    const mouth = { x: 36, y: 62, width: 56, height: 56 };
    expect(Math.abs(leadOf(within(mouth)) - 160)).toBeLessThan(10);
    expect(within(mouth).best!.region).toEqual(mouth);
    expect(decideLag(readings([within({ x: 0, y: 0, width: 50, height: 26 })]), params).told).toBe(false);
  });
});

describe('no lag is told', () => {
  const reasonOf = (stretches: readonly StretchReport[]): string => {
    const decided = decideLag(readings(stretches), params);
    return decided.told ? `told ${-decided.pooled.lagMs}` : decided.reason;
  };

  it('of another’s voice, whoever speaks', () => {
    const told = Array.from({ length: 12 }, (_, i) => reasonOf([stretchOf(0, 20 + i)])).filter((reason) =>
      reason.startsWith('told'),
    );
    expect(told).toEqual([]);
  });

  it('of silence, of a still picture, and of too short a clip', () => {
    const report = stretchOf(0);
    const silent = { ...report, character: { loudDb: -90, swingDb: 0, syllabicShare: 0 } };
    expect(reasonOf([silent])).toBe('no-voice');
    const still = read(motionOf('still', { ...scene, mouthX: 9999, head: () => [0, 0], noise: 0 }, even), even, 0);
    expect(reasonOf([still])).not.toMatch(/told/);
    expect(reasonOf([{ ...report, endMs: report.startMs + 2000 }])).toBe('content-too-short');
    expect(reasonOf([])).toBe('content-too-short');
  });

  it('of any bytes that are taken for pictures and powers, and nothing breaks', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 24 * 48 * 48, maxLength: 24 * 48 * 48 }),
        fc.array(fc.oneof(fc.constant(0), fc.constant(Infinity), fc.constant(NaN), fc.double({ min: 0, max: 1e30 })), {
          minLength: 4 * 300,
          maxLength: 4 * 300,
        }),
        (frames, powers) => {
          const report = examineStretch({
            blocks: [measureFlow({ width: 48, height: 48, count: 24, frames })],
            timesMs: Float64Array.from(times(24)),
            ...{ powers: Float32Array.from(powers), voiceStartMs: -700, searchMs: 700, windowMs: 300, mismatches: 20 },
            region: undefined,
          });
          expect(decideLag(readings([{ ...report, endMs: 20_000 }]), params).told).toBe(false);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('stretches together', () => {
  it('tell the lag that they share, and nothing where they disagree', () => {
    const both = decideLag(readings([stretchOf(100), stretchOf(100)]), params);
    expect(both.told && Math.abs(-both.pooled.lagMs - 100)).toBeLessThan(10);
    expect(decideLag(readings([stretchOf(-200), stretchOf(200)]), params)).toMatchObject({
      told: false,
      reason: 'several-lags',
    });
  });
});
