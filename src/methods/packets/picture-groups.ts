import type { StreamPackets } from '../../media/exhibit-media.ts';
import { isKey, type PresentationOrder } from './presentation-order.ts';

/** One group of pictures: a key packet and all packets up to the next one, in decoding (file) order. */
export interface PictureGroup {
  readonly firstPacket: number;
  readonly startTicks: number;
  readonly packets: number;
  readonly sizeBytes: number;
  /** Size of its key packet. */
  readonly keySizeBytes: number;
}

export interface PictureGroups {
  readonly groups: readonly PictureGroup[];
  /** Packets before the first key packet: they cannot be decoded by themselves. */
  readonly leadingPackets: number;
}

/** Divides a video stream's packets at its key packets. */
export function pictureGroups(packets: StreamPackets, { ticks }: PresentationOrder): PictureGroups {
  const starts: number[] = [];
  for (let i = 0; i < packets.count; i += 1) if (((packets.flags[i] ?? 0) & isKey) !== 0) starts.push(i);
  const groups = starts.map((first, g): PictureGroup => {
    const end = starts[g + 1] ?? packets.count;
    let sizeBytes = 0;
    for (let i = first; i < end; i += 1) sizeBytes += packets.sizeBytes[i] || 0;
    return {
      ...{ firstPacket: first, startTicks: ticks[first] ?? NaN, packets: end - first, sizeBytes },
      keySizeBytes: packets.sizeBytes[first] || 0,
    };
  });
  return { groups, leadingPackets: starts[0] ?? packets.count };
}

export interface GroupLengths {
  readonly shortest: number;
  readonly longest: number;
  readonly mostCommon: number;
  /** Share of the groups that have the most common length, 0…1. */
  readonly mostCommonShare: number;
  /** The most frequent lengths with their counts, most frequent first, at most eight: `60 ×29, 12 ×1`. */
  readonly pattern: string;
}

/**
 * Lengths of the groups. The last one is left out where there are others: it ends where the recording ends. Undefined without
 * groups.
 */
export function groupLengths(groups: readonly PictureGroup[]): GroupLengths | undefined {
  const lengths = groups.slice(0, Math.max(1, groups.length - 1)).map((group) => group.packets);
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  const byCount = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
  const [first] = byCount;
  if (first === undefined) return undefined;
  return {
    shortest: byCount.reduce((least, [length]) => Math.min(least, length), Infinity),
    longest: byCount.reduce((most, [length]) => Math.max(most, length), 0),
    mostCommon: first[0],
    mostCommonShare: first[1] / lengths.length,
    pattern: byCount
      .slice(0, 8)
      .map(([length, count]) => `${length} ×${count}`)
      .join(', '),
  };
}
