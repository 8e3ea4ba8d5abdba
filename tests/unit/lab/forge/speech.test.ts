import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSpeech } from '../../../../src/lab/forge/render.ts';
import { pcm16Of } from '../../../../src/lab/forge/sound-track.ts';
import { trackAt } from '../../../../src/lab/forge/speech/articulation.ts';
import { speak, utteranceOf } from '../../../../src/lab/forge/speech/speak.ts';
import { synthesise } from '../../../../src/lab/forge/speech/synthesis.ts';

const rateHz = 16_000;

function pcmDigest(samples: Float32Array): string {
  const track = { rateHz, channels: [samples], map: [] };
  return createHash('sha256').update(pcm16Of(track)).digest('hex');
}

/** Root mean square of samples [fromMs, toMs) of a sound whose first sample is at `startMs`. */
function rms(samples: Float32Array, startMs: number, fromMs: number, toMs: number): number {
  const from = Math.round(((fromMs - startMs) * rateHz) / 1000);
  const to = Math.round(((toMs - startMs) * rateHz) / 1000);
  let sum = 0;
  for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}

describe('an utterance', () => {
  it('is the same for the same seed, to the bit, and another for another seed', () => {
    const spec = { seconds: 2, sampleRateHz: rateHz, seed: 3 } as const;
    expect(pcmDigest(renderSpeech(spec))).toBe(pcmDigest(renderSpeech(spec)));
    expect(pcmDigest(renderSpeech(spec))).not.toBe(pcmDigest(renderSpeech({ ...spec, seed: 4 })));
  });

  it('keeps its samples on every machine and version', () => {
    expect(pcmDigest(renderSpeech({ seconds: 2, sampleRateHz: rateHz, seed: 3 }))).toBe(
      '75889e7d4a67f2f77dd5c52f595f8394af2e4f76838c014df5725e33fc1e6dbf',
    );
  });

  it('says the same from its start, however long it is', () => {
    const short = utteranceOf(5, -500, 2000);
    const long = utteranceOf(5, -500, 6000);
    const count = short.score.phones.length - 1;
    expect(long.score.phones.slice(0, count)).toEqual(short.score.phones.slice(0, count));
    const recording = { sampleRateHz: rateHz, echo: 0.6, roomToneDb: -62 };
    // The last moment before the end is rounded off differently.
    const same = Math.floor(((short.score.endMs + 500 - 400) * rateHz) / 1000);
    expect(speak(long, recording).subarray(0, same)).toEqual(speak(short, recording).subarray(0, same));
  });

  it('does not begin again at its shifted start: a lead shows other samples of one utterance', () => {
    const spec = { seconds: 2, sampleRateHz: rateHz, seed: 9 } as const;
    const straight = renderSpeech(spec);
    const ahead = renderSpeech({ ...spec, audioLeadMs: 160 });
    expect(ahead.subarray(0, straight.length - 2560)).toEqual(straight.subarray(2560));
    const behind = renderSpeech({ ...spec, audioLeadMs: -80 });
    expect(behind.subarray(1280)).toEqual(straight.subarray(0, straight.length - 1280));
  });

  it('never clips and is never silent for longer than a pause', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const { articulation, voice, score } = utteranceOf(seed, 0, 1500);
        const sound = synthesise(articulation, voice, seed, rateHz);
        expect(sound.every((sample) => Math.abs(sample) < 1)).toBe(true);
        expect(rms(sound, 0, 0, score.endMs)).toBeGreaterThan(0.02);
      }),
      { numRuns: 25 },
    );
  });
});

describe('lips and voice', () => {
  const utterances = [1, 2, 3, 4].map((seed) => {
    const utterance = utteranceOf(seed, 0, 12_000);
    return { ...utterance, sound: synthesise(utterance.articulation, utterance.voice, seed, rateHz) };
  });

  it('are shut together, exactly from closure to release, whenever /p b m/ are spoken', () => {
    for (const { score, articulation: a } of utterances) {
      const closed = score.phones.filter((phone) => phone.phoneme.lips === 'closed');
      expect(closed.length).toBeGreaterThan(8);
      for (const { startMs, releaseMs } of closed) {
        for (const ms of [startMs, (startMs + releaseMs) / 2, releaseMs]) expect(trackAt(a, a.opening, ms)).toBe(0);
        expect(trackAt(a, a.press, (startMs + releaseMs) / 2)).toBe(1);
      }
      const shut = a.opening.filter((opening) => opening === 0).length;
      const spoken = closed.reduce((sum, { startMs, releaseMs }) => sum + releaseMs - startMs + 1, 0);
      expect(shut).toBeLessThanOrEqual(spoken);
    }
  });

  it('are quiet in a closure and loud in the vowel beside it', () => {
    for (const { score, sound } of utterances) {
      let compared = 0;
      for (const [index, phone] of score.phones.entries()) {
        const vowel = score.phones[index + 1];
        if (phone.phoneme.lips !== 'closed' || vowel?.phoneme.manner !== 'vowel') continue;
        const closure = rms(sound, 0, phone.startMs + 10, phone.releaseMs - 2);
        const loud = rms(sound, 0, vowel.startMs + 30, vowel.endMs - 10);
        // A nasal hums on, a stop is silent or nearly so.
        expect(closure).toBeLessThan(loud * (phone.phoneme.manner === 'nasal' ? 0.65 : 0.2));
        compared++;
      }
      expect(compared).toBeGreaterThan(4);
    }
  });

  it('follow each other: opening against loudness, at the best lag of zero', () => {
    for (const { articulation: a, sound } of utterances) {
      const scoreAt = (lagMs: number): number => {
        const xs: number[] = [];
        const ys: number[] = [];
        for (let ms = 400; ms < 11_500; ms += 20) {
          xs.push(trackAt(a, a.opening, ms + 10));
          ys.push(rms(sound, 0, ms + lagMs, ms + lagMs + 20));
        }
        return correlation(xs, ys);
      };
      expect(scoreAt(0)).toBeGreaterThan(0.6);
      const lags = [-200, -120, -80, -40, 0, 40, 80, 120, 200];
      const best = lags.reduce((a0, b0) => (scoreAt(b0) > scoreAt(a0) ? b0 : a0));
      expect(best).toBe(0);
    }
  });

  it('are not one and the same: the voice has energy that the lips do not tell', () => {
    for (const { articulation: a, sound } of utterances) {
      const xs: number[] = [];
      const ys: number[] = [];
      for (let ms = 400; ms < 11_500; ms += 20) {
        xs.push(trackAt(a, a.opening, ms + 10));
        ys.push(rms(sound, 0, ms, ms + 20));
      }
      expect(correlation(xs, ys)).toBeLessThan(0.95);
    }
  });
});

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const mx = mean(xs);
  const my = mean(ys);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (const [i, x] of xs.entries()) {
    const dx = x - mx;
    const dy = (ys[i] ?? 0) - my;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}
