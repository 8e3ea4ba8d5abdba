import { ticksToMs } from '../../../base/rational.ts';
import type { ProbedStream, StreamPackets } from '../../../media/exhibit-media.ts';
import { packetTicks } from '../../../media/sound-clock.ts';

/** Shown pictures in the order and at the times of their presentation. */
export interface ShownPictures {
  /** Ascending; pictures without any time are left out. */
  readonly startMs: Float64Array;
  /** Length of the picture at the same place as its packet has it; NaN where it has none. */
  readonly lengthMs: Float64Array;
  /** Pictures that the file carries but hides by an edit. */
  readonly hidden: number;
  /** `decoding` where the container gives no presentation times (H.264 in AVI). */
  readonly timesFrom: 'presentation' | 'decoding' | 'none';
}

const keyFlag = 1;
const discardFlag = 2;

/**
 * Pictures that a player shows. Those before the first key picture, and those that depend on what came before it (leading
 * pictures of an open group at the start) are left out: no decoder can show them.
 */
export function shownPictures(stream: ProbedStream, packets: StreamPackets): ShownPictures {
  const { count } = packets;
  let firstKey = 0;
  while (firstKey < count && ((packets.flags[firstKey] ?? 0) & keyFlag) === 0) firstKey += 1;
  if (firstKey === count) firstKey = 0;
  const keyTicks = packetTicks(packets, firstKey);

  const order: number[] = [];
  let hidden = 0;
  let decoding = false;
  for (let i = firstKey; i < count; i++) {
    const ticks = packetTicks(packets, i);
    if (Number.isNaN(ticks) || ticks < keyTicks) continue;
    if (((packets.flags[i] ?? 0) & discardFlag) !== 0) {
      hidden += 1;
      continue;
    }
    if (Number.isNaN(packets.pts[i] ?? NaN)) decoding = true;
    order.push(i);
  }
  order.sort((a, b) => packetTicks(packets, a) - packetTicks(packets, b) || a - b);
  return {
    startMs: Float64Array.from(order, (i) => ticksToMs(packetTicks(packets, i), stream.timeBase)),
    lengthMs: Float64Array.from(order, (i) => ticksToMs(packets.duration[i] ?? NaN, stream.timeBase)),
    hidden,
    timesFrom: order.length === 0 ? 'none' : decoding ? 'decoding' : 'presentation',
  };
}
