import { describe, expect, it } from 'vitest';
import { renderPairFrames, renderPairSpeech, type Pair } from '../../../../../src/lab/forge/render-pair.ts';
import { decideLag } from '../../../../../src/methods/av-sync/content/decide-lag.ts';
import { examineStretch, type StretchReport } from '../../../../../src/methods/av-sync/content/examine-stretch.ts';
import { measureFlow } from '../../../../../src/methods/av-sync/content/measure-flow.ts';
import { VoiceBands } from '../../../../../src/methods/av-sync/content/voice-bands.ts';
import { AvSyncParams } from '../../../../../src/methods/av-sync/parameters.ts';

const params = AvSyncParams.parse({});
const half = {
  width: 240,
  height: 240,
  facePx: 110,
  seconds: 12,
  sampleRateHz: 16_000,
  echo: 0,
  lipLeadMs: 20,
} as const;
const never = [{ startMs: -5000, endMs: -4000 }];

function readingOf(pair: Pair): StretchReport {
  const [width, height, count] = [480, 240, 300];
  const frames = new Uint8Array(count * width * height);
  const timesMs = new Float64Array(count);
  let index = 0;
  for (const { startMs, grey } of renderPairFrames(pair)) {
    frames.set(grey, index * width * height);
    timesMs[index++] = startMs;
  }
  const bands = new VoiceBands();
  bands.push(renderPairSpeech(pair));
  const { searchMs } = params;
  return examineStretch({
    blocks: [measureFlow({ width, height, count, frames })],
    ...{ timesMs, powers: bands.slice(-searchMs / 10, bands.count + searchMs / 10), voiceStartMs: -searchMs, searchMs },
    ...{ windowMs: 0, mismatches: 60, region: undefined },
  });
}

const decide = (stretch: StretchReport) =>
  decideLag(
    { stretches: [stretch], frames: 300, width: 480, height: 240, pixelScale: 1, late: 0, soundSeconds: 12 },
    params,
  );

describe('of two people in one picture', () => {
  it.each([
    ['left', 0],
    ['right', 240],
  ] as const)('the map lights up the one on the %s who speaks, while the other moves in silence', (who, from) => {
    const silent = { ...half, seed: 62, turns: never };
    const speaking = { ...half, seed: 61, audioLeadMs: 80 };
    const report = readingOf(who === 'left' ? { left: speaking, right: silent } : { left: silent, right: speaking });
    const decided = decide(report);
    expect(decided.told && params.naturalLeadMs - decided.pooled.lagMs).toBeCloseTo(80, -1.4);
    const { x, width } = report.best!.region;
    expect(x).toBeGreaterThan(from);
    expect(x + width).toBeLessThan(from + 240);
  });

  it('one who speaks for minutes is not taken for two, however sure all becomes', () => {
    const report = readingOf({ left: { ...half, seed: 61 }, right: { ...half, seed: 62, turns: never } });
    // In a long clip mismatched voices cancel out further and further, and whatever is left of the face becomes sure.
    const stretches = [{ ...report, nulls: report.nulls.map((curve) => curve.map((score) => 0.2 * score)) }];
    const readings = { stretches, frames: 0, width: 480, height: 240, pixelScale: 1, late: 0, soundSeconds: 480 };
    const decided = decideLag(readings, params);
    expect(decided.pooled!.otherChance).toBeLessThan(0.01);
    expect(decided.told).toBe(true);
  });

  it('no lag is told where each has another', () => {
    const turn = (startMs: number, endMs: number) => ({ turns: [{ startMs, endMs }] });
    const report = readingOf({
      left: { ...half, seed: 61, audioLeadMs: 240, ...turn(-2000, 6000) },
      right: { ...half, seed: 63, audioLeadMs: -240, ...turn(6000, 15_000) },
    });
    const decided = decide(report);
    expect(decided.told ? `told ${-decided.pooled.lagMs}` : decided.reason).toMatch(/several-lags|flat-peak/u);
  });

  it('the lag that both share is told, whoever speaks', () => {
    const turn = (startMs: number, endMs: number) => ({ turns: [{ startMs, endMs }] });
    const report = readingOf({
      left: { ...half, seed: 61, audioLeadMs: 120, ...turn(-2000, 7000) },
      right: { ...half, seed: 63, audioLeadMs: 120, ...turn(7000, 15_000) },
    });
    const decided = decide(report);
    if (decided.told) expect(Math.abs(params.naturalLeadMs - decided.pooled.lagMs - 120)).toBeLessThan(20);
  });
});
