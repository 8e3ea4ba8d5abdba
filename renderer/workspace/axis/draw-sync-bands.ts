import { yOf, type Range } from './draw-series.ts';
import type { LaneCanvas } from './lane-canvas.ts';

/** ITU-R BT.1359-1: sound ahead (positive) and behind in ms, that is acceptable and that is noticed. */
const bands = [
  { aheadMs: 90, behindMs: 185 },
  { aheadMs: 45, behindMs: 125 },
] as const;

/** A scale that holds the bands whatever was measured. */
export function withBands({ low, high }: Range): Range {
  return { low: Math.min(low, -bands[0].behindMs - 15), high: Math.max(high, bands[0].aheadMs + 15) };
}

/** The published bands behind a lane of leads, and where sound and picture are together. */
export function drawSyncBands({ context, width, height, colours }: LaneCanvas, range: Range): void {
  for (const [at, { aheadMs, behindMs }] of bands.entries()) {
    const [top, bottom] = [yOf(aheadMs, range, height), yOf(-behindMs, range, height)];
    context.fillStyle = colours.of(at === 0 ? '--surface-2' : '--surface-3');
    context.fillRect(0, top, width, bottom - top);
  }
  context.fillStyle = colours.of('--text-faint');
  context.fillRect(0, Math.round(yOf(0, range, height)), width, 1);
}
