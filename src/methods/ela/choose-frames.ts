import { ticksToMs, type Rational } from '../../base/rational.ts';
import type { StreamPackets } from '../../media/exhibit-media.ts';
import type { Frame } from '../../media/taps.ts';

/** A decoded frame that was kept for the map. */
export interface KeptFrame {
  readonly index: number;
  readonly pts: number | null;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Presentation times (ticks) of at most `count` key packets spread evenly over the stream: the middle one of each of
 * `count` equal runs. Fewer where there are fewer; none where packets carry no times.
 */
export function spreadKeyTimes(packets: StreamPackets | undefined, count: number): number[] {
  if (packets === undefined) return [];
  const times: number[] = [];
  for (let i = 0; i < packets.count; i += 1) {
    const flags = packets.flags[i] ?? 0;
    const pts = packets.pts[i] ?? NaN;
    // Bit 1: discarded by an edit, so the decoder does not put it out.
    if ((flags & 1) === 1 && (flags & 2) === 0 && !Number.isNaN(pts)) times.push(pts);
  }
  times.sort((a, b) => a - b);
  const chosen = Array.from({ length: Math.min(count, times.length) }, (_, part) => {
    return times[Math.floor(((part + 0.5) * times.length) / Math.min(count, times.length))]!;
  });
  return [...new Set(chosen)];
}

/**
 * Keeps copies of the intra frames at the chosen times, and the first ones that come as long as there are too few: so
 * that a stream whose packets gave no times still has something to show. Never holds more than twice `count` frames.
 */
export function keepFrames(
  times: readonly number[],
  count: number,
): { take: (frame: Frame) => void; kept: () => KeptFrame[] } {
  const wanted = new Set(times);
  const chosen: KeptFrame[] = [];
  const spare: KeptFrame[] = [];
  return {
    take(frame) {
      const isChosen = frame.pts !== null && wanted.delete(frame.pts);
      if (!isChosen && spare.length >= count) return;
      (isChosen ? chosen : spare).push({ ...frame, data: frame.data.slice() });
    },
    kept() {
      return [...chosen, ...spare.slice(0, Math.max(0, count - chosen.length))].sort((a, b) => a.index - b.index);
    },
  };
}

/** Milliseconds on the exhibit's time axis; undefined for a frame without a time. */
export function frameTimeMs(frame: { readonly pts: number | null }, timeBase: Rational): number | undefined {
  return frame.pts === null ? undefined : ticksToMs(frame.pts, timeBase);
}
