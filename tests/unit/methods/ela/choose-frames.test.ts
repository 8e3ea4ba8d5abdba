import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamPackets } from '../../../../src/media/exhibit-media.ts';
import { frameTimeMs, keepFrames, spreadKeyTimes } from '../../../../src/methods/ela/choose-frames.ts';

function packets(times: readonly number[], flags: readonly number[]): StreamPackets {
  const numbers = Float64Array.from(times);
  const none = new Float64Array(times.length);
  return {
    stream: 0,
    count: times.length,
    pts: numbers,
    dts: numbers,
    duration: none,
    sizeBytes: none,
    position: none,
    flags: Uint8Array.from(flags),
    skipSamples: new Map(),
  };
}

const frame = (index: number, pts: number | null) => ({
  index,
  pts,
  width: 1,
  height: 1,
  data: Uint8Array.of(1, 2, 3),
});

describe('spreadKeyTimes', () => {
  it('takes the middle of each equal run of key packets', () => {
    const times = Array.from({ length: 30 }, (_, i) => i * 10);
    expect(
      spreadKeyTimes(
        packets(
          times,
          times.map(() => 1),
        ),
        3,
      ),
    ).toEqual([50, 150, 250]);
  });

  it('leaves out packets that are not key, have no time, or are discarded by an edit', () => {
    expect(spreadKeyTimes(packets([0, 10, NaN, 30, 40], [3, 0, 1, 1, 0]), 3)).toEqual([30]);
    expect(spreadKeyTimes(undefined, 3)).toEqual([]);
  });

  it('never gives more than asked for, nor one twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 24 }), (times, count) => {
        const chosen = spreadKeyTimes(
          packets(
            times,
            times.map(() => 1),
          ),
          count,
        );
        expect(chosen.length).toBeLessThanOrEqual(count);
        expect(new Set(chosen).size).toBe(chosen.length);
        for (const time of chosen) expect(times).toContain(time);
      }),
    );
  });
});

describe('keepFrames', () => {
  it('keeps copies of the chosen frames, in decode order', () => {
    const keeper = keepFrames([20, 40], 2);
    const shared = frame(1, 20);
    for (const one of [frame(0, 0), shared, frame(2, 30), frame(3, 40)]) keeper.take(one);
    shared.data.fill(0);
    expect(keeper.kept().map(({ index }) => index)).toEqual([1, 3]);
    expect([...keeper.kept()[0]!.data]).toEqual([1, 2, 3]);
  });

  it('falls back on the first frames where the chosen times never come', () => {
    const keeper = keepFrames([999], 2);
    for (let i = 0; i < 50; i += 1) keeper.take(frame(i, null));
    expect(keeper.kept().map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe('frameTimeMs', () => {
  it('turns ticks into milliseconds and leaves an unknown time unknown', () => {
    expect(frameTimeMs({ pts: 45_000 }, { num: 1, den: 90_000 })).toBe(500);
    expect(frameTimeMs({ pts: null }, { num: 1, den: 90_000 })).toBeUndefined();
  });
});
