import { describe, expect, it } from 'vitest';
import { handsApart } from '../../../../src/lab/forge/picture/clapping-hands.ts';
import { turnAt } from '../../../../src/lab/forge/picture/scene.ts';
import { renderPairFrames, renderPairSpeech } from '../../../../src/lab/forge/render-pair.ts';
import { renderFrames, renderSpeech } from '../../../../src/lab/forge/render.ts';

const small = {
  width: 160,
  height: 120,
  seconds: 3,
  noise: 0,
  echo: 0,
  roomToneDb: -120,
  sampleRateHz: 16_000,
} as const;

const loudness = (samples: Float32Array, fromMs: number, toMs: number): number => {
  const part = samples.subarray(fromMs * 16, toMs * 16);
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
};

describe('a clap', () => {
  it('is heard at its instant, moved by the lead and by nothing else', () => {
    for (const audioLeadMs of [0, -200, 137]) {
      const [quiet, loud] = [
        renderSpeech({ ...small, seed: 5, audioLeadMs }),
        renderSpeech({ ...small, seed: 5, audioLeadMs, claps: [1500] }),
      ];
      const first = loud.findIndex((value, i) => value !== quiet[i]);
      expect(first / 16).toBeCloseTo(1500 - audioLeadMs, 0);
    }
  });

  it('is seen at its instant: hands close until then and lie still from then on', () => {
    expect(handsApart(1000, [1500])).toBe(1);
    expect(handsApart(1480, [1500])).toBeGreaterThan(0.1);
    expect(handsApart(1500, [1500])).toBe(0);
    expect(handsApart(1590, [1500])).toBe(0);
    expect(handsApart(2000, [1500])).toBe(1);
    const frames = [...renderFrames({ ...small, seed: 5, headMotion: 0, mouthMotion: 0, claps: [1500] })];
    expect(frames).toHaveLength(75);
  });

  it('changes nothing of a clip without one', () => {
    const digest = (claps: number[]): number[] =>
      [...renderFrames({ ...small, seconds: 0.2, seed: 5, claps })].map(({ data }) => data.reduce((a, b) => a + b, 0));
    expect(digest([])).toEqual(digest([]));
    expect(digest([100])).not.toEqual(digest([]));
  });
});

describe('turns', () => {
  const turns = [{ startMs: 1000, endMs: 2000 }];

  it('leave lips shut and voice silent outside', () => {
    expect([turnAt([], 5), turnAt(turns, 900), turnAt(turns, 1500), turnAt(turns, 2100)]).toEqual([1, 0, 1, 0]);
    const spoken = renderSpeech({ ...small, seed: 9, turns });
    expect(loudness(spoken, 0, 950)).toBeLessThan(1e-3);
    expect(loudness(spoken, 1100, 1900)).toBeGreaterThan(0.01);
    for (const { startMs, state } of renderFrames({ ...small, seed: 9, turns }))
      if (startMs < 1000 || startMs >= 2000) expect(state.pose.opening).toBe(0);
  });

  it('of two people side by side are drawn and heard together', () => {
    const left = { ...small, seed: 9, turns: [{ startMs: 0, endMs: 1500 }] };
    const right = { ...small, seed: 10, turns: [{ startMs: 1500, endMs: 3000 }] };
    const frames = [...renderPairFrames({ left, right })].map(({ left: a, right: b }) => [
      a.pose.opening,
      b.pose.opening,
    ]);
    expect(frames).toHaveLength(75);
    expect(frames.some(([a]) => a! > 0.3) && frames.some(([, b]) => b! > 0.3)).toBe(true);
    expect(frames.every(([a, b]) => a === 0 || b === 0)).toBe(true);
    const [both, one] = [renderPairSpeech({ left, right }), renderSpeech(left)];
    expect(loudness(both, 200, 1300)).toBeCloseTo(loudness(one, 200, 1300), 3);
    expect(loudness(both, 1700, 2900)).toBeGreaterThan(10 * loudness(one, 1700, 2900));
  });
});
