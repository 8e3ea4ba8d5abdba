import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClippingRuns, RunCollector, SilenceRuns } from '../../../../src/methods/audio/sample-runs.ts';
import { chunks, interleave, sine } from './signals.ts';

const collector = (minimum: number, joinWithin = 0, maxKept = 100) =>
  new RunCollector({ minimum, joinWithin, maxKept });

function clipping(signal: Float32Array, channels: number, level: number, minimum: number, sizes = [1000]) {
  const runs = new ClippingRuns(channels, level, collector(minimum));
  for (const part of chunks(signal, sizes, channels)) runs.push(part);
  return runs.finish();
}

describe('clipping', () => {
  it('counts two flat tops a period of a sine that is driven to twice full scale', () => {
    const rate = 48_000;
    const clipped = sine(100, 2, 1, rate).map((value) => Math.max(-1, Math.min(1, value)));
    const { runs, samples, longest } = clipping(clipped, 1, 1, 3);
    expect(runs).toBe(200);
    // |sin| ≥ 1/2 for two thirds of the period.
    expect(samples / rate).toBeCloseTo(2 / 3, 2);
    expect(longest).toBeGreaterThanOrEqual(160);
    expect(longest).toBeLessThanOrEqual(161);
  });

  it('finds none in a sine that just reaches full scale', () => {
    expect(clipping(sine(1000, 1, 1, 48_000), 1, 0.9999, 4).runs).toBe(0);
  });

  it('does not join a positive and a negative run, and keeps channels apart', () => {
    const signal = interleave(Float32Array.of(1, 1, -1, -1, 0), Float32Array.of(0, 1, 1, 1, 1));
    const { runs, kept } = clipping(signal, 2, 1, 2, [1]);
    expect(runs).toBe(3);
    // What touches is shown as one stretch, but counted as two.
    expect(kept).toEqual([
      { firstSample: 0, samples: 4, channel: 0, runs: 2 },
      { firstSample: 1, samples: 4, channel: 1, runs: 1 },
    ]);
  });

  it('finds the same runs however the sound is cut, and as many as the definition says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(-1, -0.5, 0, 0.5, 1), { maxLength: 200 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (values, sizes, minimum) => {
          const text = values.map((value) => (value === 1 ? '+' : value === -1 ? '-' : '.')).join('');
          const wanted = [...text.matchAll(/\++|-+/g)].filter(([run]) => run.length >= minimum);
          const found = clipping(Float32Array.from(values), 1, 1, minimum, sizes);
          expect(found.runs).toBe(wanted.length);
          expect(found.samples).toBe(wanted.reduce((sum, [run]) => sum + run.length, 0));
          expect(found.kept.reduce((sum, run) => sum + run.runs, 0)).toBe(wanted.length);
        },
      ),
    );
  });
});

describe('silence', () => {
  const silence = (signal: Float32Array, channels: number, level: number, minimum: number) => {
    const runs = new SilenceRuns(channels, level, collector(minimum));
    for (const part of chunks(signal, [7], channels)) runs.push(part);
    return runs.finish();
  };

  it('is digital only where every channel is exactly zero', () => {
    const left = Float32Array.of(0.1, 0, 0, 0, 0, 0, 0.1);
    const right = Float32Array.of(0, 0, 0, 1e-6, 0, 0, 0);
    expect(silence(interleave(left, right), 2, 0, 2).kept).toEqual([
      { firstSample: 1, samples: 2, runs: 1 },
      { firstSample: 4, samples: 2, runs: 1 },
    ]);
  });

  it('counts minus zero as zero and lets what is no number end a run', () => {
    const { runs, samples } = silence(Float32Array.of(0, -0, 0, NaN, 0, 0), 1, 0, 2);
    expect({ runs, samples }).toEqual({ runs: 2, samples: 5 });
  });

  it('finds a pause of a known length at a known place', () => {
    const rate = 8000;
    const signal = sine(440, 0.5, 3, rate, 0.1);
    signal.fill(0.0005, rate, rate * 2);
    const [run] = silence(signal, 1, 0.001, rate / 2).kept;
    expect(run).toEqual({ firstSample: rate, samples: rate, runs: 1 });
  });
});

describe('collecting runs', () => {
  it('tells runs inside from those at either end, also where one is both', () => {
    const inside = (spans: readonly (readonly [number, number, number?])[], total: number) => {
      const runs = collector(1);
      for (const [first, samples, channel] of spans) runs.add(first, samples, channel);
      return runs.summary(total).inside;
    };
    expect(inside([[0, 10]], 10)).toBe(0);
    expect(
      inside(
        [
          [0, 2],
          [4, 2],
          [8, 2],
        ],
        10,
      ),
    ).toBe(1);
    expect(
      inside(
        [
          [0, 2],
          [4, 2],
          [7, 2],
        ],
        10,
      ),
    ).toBe(2);
    expect(
      inside(
        [
          [3, 7, 0],
          [5, 5, 1],
          [1, 1, 0],
        ],
        10,
      ),
    ).toBe(1);
    expect(inside([], 10)).toBe(0);
  });

  it('joins what lies close together, keeps a bounded number and still counts all', () => {
    const runs = collector(2, 5, 2);
    runs.add(0, 3);
    runs.add(6, 2);
    runs.add(100, 1);
    runs.add(100, 4);
    runs.add(200, 4);
    expect(runs.summary(204)).toEqual({
      runs: 4,
      samples: 13,
      longest: 4,
      inside: 2,
      more: true,
      kept: [
        { firstSample: 0, samples: 8, runs: 2 },
        { firstSample: 100, samples: 4, runs: 1 },
      ],
    });
  });
});
