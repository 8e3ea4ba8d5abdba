import type { StreamPackets } from '../../media/exhibit-media.ts';
import type { PresentationOrder } from './presentation-order.ts';

/** Bits per second in windows of equal length from the stream's first packet. */
export interface BitRate {
  /** Length of a window: what was asked, or longer where the exhibit's times would need too many. */
  readonly windowMs: number;
  /** Start of each window. */
  readonly startMs: readonly number[];
  readonly bitsPerSecond: readonly number[];
}

/** A hostile time stamp must not make a million empty windows; 20,000 seconds are five and a half hours. */
const mostWindows = 20_000;

/** Sums packet sizes by presentation time. `ticksPerMs` turns ticks into ms; `endTicks` ends the last window, which is shorter. */
export function measureBitRate(
  packets: StreamPackets,
  { order, ticks }: PresentationOrder,
  askedWindowMs: number,
  ticksPerMs: number,
  endTicks: number,
): BitRate {
  const startTicks = ticks[order[0] ?? 0] ?? 0;
  const lengthMs = Math.max(0, endTicks - startTicks) / ticksPerMs;
  if (order.length === 0 || lengthMs === 0) return { windowMs: askedWindowMs, startMs: [], bitsPerSecond: [] };
  const windowMs = askedWindowMs * Math.max(1, Math.ceil(lengthMs / askedWindowMs / mostWindows));
  const count = Math.ceil(lengthMs / windowMs);
  const bytes = new Float64Array(count);
  for (let i = 0; i < packets.count; i += 1) {
    const at = Math.floor(((ticks[i] ?? NaN) - startTicks) / ticksPerMs / windowMs);
    if (Number.isNaN(at)) continue;
    const window = Math.min(at, count - 1);
    bytes[window] = (bytes[window] ?? 0) + (packets.sizeBytes[i] || 0);
  }
  const startMs = startTicks / ticksPerMs;
  return {
    windowMs,
    startMs: Array.from(bytes, (_, i) => Math.round((startMs + i * windowMs) * 1e3) / 1e3),
    bitsPerSecond: Array.from(bytes, (sum, i) => {
      const seconds = Math.min(windowMs, lengthMs - i * windowMs) / 1000;
      return Math.round((sum * 8) / seconds);
    }),
  };
}
