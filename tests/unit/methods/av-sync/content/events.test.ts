import { describe, expect, it } from 'vitest';
import { renderFrames, renderSpeech } from '../../../../../src/lab/forge/render.ts';
import type { ForgeSpecInput } from '../../../../../src/lab/forge/spec.ts';
import { suddenEventsFinding } from '../../../../../src/methods/av-sync/content/event-findings.ts';
import { examineStretch, type StretchReport } from '../../../../../src/methods/av-sync/content/examine-stretch.ts';
import { measureFlow } from '../../../../../src/methods/av-sync/content/measure-flow.ts';
import { meetEvents } from '../../../../../src/methods/av-sync/content/meet-events.ts';
import { VoiceBands } from '../../../../../src/methods/av-sync/content/voice-bands.ts';
import { AvSyncParams } from '../../../../../src/methods/av-sync/parameters.ts';
import { fixedNumbers } from './moving-mouth.ts';

const params = AvSyncParams.parse({});
const size = { width: 320, height: 180, sampleRateHz: 16_000, facePx: 80, seconds: 10, echo: 0 } as const;

/** A drawn clip's pictures with the sound of a specification, as the method would read them. */
function reading(picture: ForgeSpecInput, sound: ForgeSpecInput): StretchReport {
  const { width, height } = size;
  const frames = new Uint8Array(250 * width * height);
  const timesMs = new Float64Array(250);
  for (const { index, startMs, data } of renderFrames(picture)) {
    frames.set(data.subarray(0, width * height), index * width * height);
    timesMs[index] = startMs;
  }
  const bands = new VoiceBands();
  bands.push(renderSpeech(sound));
  const { searchMs } = params;
  return examineStretch({
    blocks: [measureFlow({ width, height, count: 250, frames })],
    ...{ timesMs, powers: bands.slice(-searchMs / 10, bands.count + searchMs / 10), voiceStartMs: -searchMs, searchMs },
    ...{ windowMs: 0, mismatches: 0, region: undefined },
  });
}

const claps = [900, 2330, 3410, 5200, 6090, 8140, 9050];

describe('claps beside a face', () => {
  it.each([-240, 0, 130])('are read as far apart as they are: %i ms', (audioLeadMs) => {
    const spec = { ...size, seed: 41, claps, audioLeadMs };
    const finding = suddenEventsFinding([reading(spec, spec)], undefined, params);
    expect(finding.code).toBe('sudden-events-met');
    expect(Math.abs(Number(finding.measures!['eventLead']!.value) - audioLeadMs)).toBeLessThan(20);
    expect(Number(finding.measures!['meetings']!.value)).toBeGreaterThanOrEqual(5);
  });

  it('are told of nobody who does not clap, and of no sound that does not belong', () => {
    for (const seed of [51, 52]) {
      const quiet = { ...size, seed, distractions: ['hands' as const] };
      const foreign = { ...size, seed: seed + 20, claps: claps.map((ms) => (ms * 1.37 + 433) % 9500) };
      const pairs: (readonly [ForgeSpecInput, ForgeSpecInput])[] = [
        [quiet, quiet],
        [quiet, foreign],
        [
          { ...quiet, claps },
          { ...foreign, claps: [] },
        ],
      ];
      for (const [picture, sound] of pairs)
        expect(suddenEventsFinding([reading(picture, sound)], undefined, params).outcome).toBe('abstained');
    }
  });
});

describe('moments', () => {
  const random = fixedNumbers(6);
  const irregular = Array.from({ length: 8 }, (_, i) => i * 1100 + 500 * random());

  it('that belong together meet at their lag, with a small chance', () => {
    const met = meetEvents(irregular, [...irregular.map((at) => at + 87), 300, 4000], 10_000, 700)!;
    expect(met.lagMs).toBeCloseTo(87, 0);
    expect(met.meetings).toBe(8);
    expect(met.chance).toBeLessThan(1e-6);
  });

  it('that do not belong meet as often as the chance says', () => {
    let told = 0;
    for (let turn = 0; turn < 300; turn++) {
      const [a, b] = [6, 12].map((n) => Array.from({ length: n }, () => 10_000 * random()).sort((x, y) => x - y));
      if ((meetEvents(a!, b!, 10_000, 700)?.chance ?? 1) <= 0.02) told += 1;
    }
    expect(told).toBeLessThanOrEqual(9);
  });

  it('in a rhythm meet at several lags, and no lag is told', () => {
    const beats = Array.from({ length: 16 }, (_, i) => i * 500);
    const { rival, meetings } = meetEvents(beats, beats, 8000, 700)!;
    expect(rival).toBeGreaterThan(0.7 * meetings);
  });

  it('that are not there meet nowhere', () => {
    expect(meetEvents([], [1, 2], 1000, 700)).toBeUndefined();
    expect(meetEvents([1, 2], [], 1000, 700)).toBeUndefined();
  });
});
