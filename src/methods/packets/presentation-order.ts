import type { Rational } from '../../base/rational.ts';
import type { StreamPackets } from '../../media/exhibit-media.ts';

export const isKey = 1;
export const isHidden = 2;
export const isCorrupt = 4;

/** Packets of one stream in the order in which they are presented. */
export interface PresentationOrder {
  /** Positions in file order of the packets that have a time, by that time; equal times stay in file order. */
  readonly order: Uint32Array;
  /** Time of each packet in file order, in ticks: presentation time, else decoding time, else NaN. */
  readonly ticks: Float64Array;
  /** Packets with neither time. */
  readonly withoutTime: number;
  /** Most places by which a packet stands later in the file than in presentation: 0 where nothing is reordered. */
  readonly reorderDepth: number;
}

/** Sorts a stream's packets by presentation time. */
export function presentationOrder(packets: StreamPackets): PresentationOrder {
  // Loops and not Float64Array.from with a function, which gathers an ordinary array first: there can be a million packets.
  const ticks = new Float64Array(packets.count);
  const timed = new Uint32Array(packets.count);
  let count = 0;
  let last = -Infinity;
  let isAscending = true;
  for (let i = 0; i < packets.count; i += 1) {
    const pts = packets.pts[i] ?? NaN;
    const time = Number.isNaN(pts) ? (packets.dts[i] ?? NaN) : pts;
    ticks[i] = time;
    if (Number.isNaN(time)) continue;
    timed[count++] = i;
    isAscending &&= time >= last;
    last = time;
  }
  const order = timed.subarray(0, count);
  if (!isAscending) order.sort((a, b) => (ticks[a] ?? 0) - (ticks[b] ?? 0) || a - b);
  const withoutTime = packets.count - count;
  // Packets without a time shift the ranks; then nothing can be said.
  return { order, ticks, withoutTime, reorderDepth: isAscending || withoutTime > 0 ? 0 : reorderDepthOf(order) };
}

function reorderDepthOf(order: Uint32Array): number {
  let depth = 0;
  for (let rank = 0; rank < order.length; rank += 1) depth = Math.max(depth, (order[rank] ?? 0) - rank);
  return depth;
}

/** Milliseconds to the microsecond, so that results do not carry the noise of binary fractions. */
export function milliseconds(ticks: number, { num, den }: Rational): number {
  return Math.round((ticks * num * 1e6) / den) / 1e3;
}
