import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitClock } from '../../../../src/methods/av-sync/container/clock-fit.ts';
import { offsetSeries } from '../../../../src/methods/av-sync/container/offset-series.ts';

const count = (n: number, step: number) => Float64Array.from({ length: n }, (_, i) => i * step);

describe('fitting one clock to another', () => {
  it('reads 60 ms a minute where times are stretched by a thousandth', () => {
    const clock = count(3000, 21.333);
    const fit = fitClock(
      clock,
      clock.map((ms) => 500 + ms * 1.001),
      0,
    )!;
    expect(fit.driftMsPerMin).toBeCloseTo(60, 6);
    expect(fit.uncertaintyMsPerMin).toBeLessThan(1e-6);
    expect(fit.points).toBe(3000);
    expect(fit.spanMs).toBeCloseTo(2999 * 21.333, 6);
  });

  it('finds any drift within its uncertainty when times are rounded to a tick', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
        fc.constantFrom(0.02, 1, 11.1, 40),
        fc.integer({ min: 50, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (stretch, tick, n, phase) => {
          const clock = count(n, 21.333);
          const times = clock.map((ms) => Math.floor((ms * (1 + stretch)) / tick + phase) * tick);
          const fit = fitClock(clock, times, tick)!;
          expect(Math.abs(fit.driftMsPerMin - stretch * 60_000)).toBeLessThanOrEqual(fit.uncertaintyMsPerMin);
        },
      ),
    );
  });

  it('keeps its digits over ten hours', () => {
    const clock = count(100_000, 360);
    const fit = fitClock(
      clock,
      clock.map((ms) => 1e9 + ms * (1 + 1e-9)),
      0,
    )!;
    expect(fit.driftMsPerMin / 0.06).toBeCloseTo(0.001, 4);
  });

  it('gives nothing for two points or for a clock that stands', () => {
    expect(fitClock([0, 1], [0, 1], 1)).toBeUndefined();
    expect(fitClock([5, 5, 5], [1, 2, 3], 1)).toBeUndefined();
  });
});

describe('the offset series', () => {
  it('is flat for a regular stream, steps at a jump and slopes with a drift', () => {
    const clock = count(100, 20);
    const jumped = clock.map((ms, i) => 300 + ms * 1.01 + (i >= 50 ? 70 : 0));
    const { timeMs, offsetMs } = offsetSeries(jumped, clock);
    expect(timeMs[0]).toBe(300);
    expect(offsetMs[0]).toBe(0);
    expect(offsetMs[49]).toBeCloseTo(9.8, 3);
    expect(offsetMs[50]).toBeCloseTo(80, 3);
  });

  it('thins a long stream without losing its extremes or its order', () => {
    const clock = count(250_000, 20);
    const spiked = clock.map((ms, i) => ms + (i === 123_456 ? 90 : i === 200_001 ? -50 : 0));
    const { timeMs, offsetMs } = offsetSeries(spiked, clock);
    expect(timeMs.length).toBeLessThanOrEqual(4000);
    expect(Math.max(...offsetMs)).toBe(90);
    expect(Math.min(...offsetMs)).toBe(-50);
    expect(timeMs[timeMs.length - 1]).toBe(249_999 * 20);
  });

  it('is empty for nothing', () => {
    expect(offsetSeries(new Float64Array(0), new Float64Array(0))).toEqual({ timeMs: [], offsetMs: [] });
  });
});
