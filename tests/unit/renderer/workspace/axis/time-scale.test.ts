import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  msAt,
  spanBetween,
  tickLabel,
  ticksOf,
  withEdge,
  xOf,
  zoomAround,
} from '../../../../../renderer/workspace/axis/time-scale.ts';

const hour = 3_600_000;
const scaleOf = fc
  .tuple(
    fc.double({ min: -1e4, max: 1e7, noNaN: true }),
    fc.double({ min: 20, max: 1e7, noNaN: true }),
    fc.integer({ min: 50, max: 4000 }),
  )
  .map(([startMs, length, width]) => ({ visible: { startMs, endMs: startMs + length }, width }));

describe('the time scale', () => {
  it('finds the moment of a place and the place of a moment', () => {
    fc.assert(
      fc.property(scaleOf, fc.double({ min: 0, max: 4000, noNaN: true }), (scale, x) => {
        expect(xOf(scale, msAt(scale, x))).toBeCloseTo(x, 3);
      }),
    );
  });

  it('keeps what is under the pointer under the pointer while zooming', () => {
    fc.assert(
      fc.property(
        scaleOf,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (scale, share, factor) => {
          const at = msAt(scale, share * scale.width);
          const zoomed = { visible: zoomAround(scale.visible, at, factor), width: scale.width };
          expect(xOf(zoomed, at)).toBeCloseTo(share * scale.width, 3);
        },
      ),
    );
  });

  it('sets ticks at round moments, apart enough to be read and never too many', () => {
    fc.assert(
      fc.property(scaleOf, (scale) => {
        const { stepMs, at } = ticksOf(scale, 100);
        expect((stepMs / (scale.visible.endMs - scale.visible.startMs)) * scale.width).toBeGreaterThanOrEqual(99.99);
        expect(at.length).toBeLessThanOrEqual(scale.width / 100 + 1);
        for (const tick of at) expect(tick % stepMs === 0).toBe(true);
      }),
    );
  });

  it.each([
    [83_000, 1000, 10 * 60_000, '01:23'],
    [83_456, 1, 10 * 60_000, '01:23.456'],
    [83_000, 1000, 2 * hour, '00:01:23'],
    [-500, 100, 60_000, '−00:00.500'],
  ])('writes the tick of %d ms at steps of %d in an exhibit of %d ms as %s', (ms, step, endMs, label) => {
    expect(tickLabel(ms, step, { startMs: 0, endMs })).toBe(label);
  });

  it('makes a span of two moments in either order', () => {
    expect(spanBetween(5, 2)).toEqual({ startMs: 2, endMs: 5 });
  });

  it('moves one edge of the selection, and never turns it round', () => {
    const whole = { startMs: 0, endMs: 1000 };
    expect(withEdge({ startMs: 100, endMs: 500 }, 'start', 200, whole)).toEqual({ startMs: 200, endMs: 500 });
    expect(withEdge({ startMs: 100, endMs: 500 }, 'start', 600, whole)).toEqual({ startMs: 600, endMs: 1000 });
    expect(withEdge({ startMs: 100, endMs: 500 }, 'end', 50, whole)).toEqual({ startMs: 0, endMs: 50 });
    expect(withEdge(null, 'end', 300, whole)).toEqual({ startMs: 0, endMs: 300 });
  });
});
