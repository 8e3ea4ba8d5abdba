import type { PacketColumn, ProbedStream, StreamPackets } from '../../media/exhibit-media.ts';
import { measureBitRate, type BitRate } from './bit-rate.ts';
import { measureIntervals, type Intervals } from './intervals.ts';
import { findIrregularities, type Irregularity } from './irregularities.ts';
import { groupLengths, pictureGroups, type GroupLengths, type PictureGroups } from './picture-groups.ts';
import { isCorrupt, isHidden, isKey, presentationOrder, type PresentationOrder } from './presentation-order.ts';

export interface PacketSettings {
  readonly windowMs: number;
  readonly gapFactor: number;
  readonly toleranceMs: number;
}

/** All that the packets of one stream say, without a decoder. Pure: packets in, measures out. */
export interface ExaminedStream {
  readonly stream: ProbedStream;
  readonly packets: StreamPackets;
  readonly presentation: PresentationOrder;
  readonly keyPackets: number;
  readonly hiddenPackets: number;
  readonly corruptPackets: number;
  readonly sizeBytes: number;
  /** First presentation time and end of the last packet in ticks; NaN where no packet has a time. */
  readonly startTicks: number;
  readonly endTicks: number;
  readonly intervals: Intervals | undefined;
  readonly irregularities: readonly Irregularity[];
  readonly bitRate: BitRate;
  /** For moving pictures only. */
  readonly groups?: PictureGroups;
  readonly groupLengths?: GroupLengths;
}

export function examineStream(stream: ProbedStream, packets: StreamPackets, settings: PacketSettings): ExaminedStream {
  const presentation = presentationOrder(packets);
  const { timeBase } = stream;
  const ticksPerMs = timeBase.den / (timeBase.num * 1000);
  const intervals = measureIntervals(packets, presentation, Math.max(1, 0.5 * ticksPerMs));
  const type = stream.type === 'video' || stream.type === 'audio' ? stream.type : 'other';
  const startTicks = presentation.ticks[presentation.order[0] ?? -1] ?? NaN;
  const endTicks = endOf(packets, presentation, intervals?.median ?? 0);
  const groups = stream.type === 'video' && !stream.attachedPicture ? pictureGroups(packets, presentation) : undefined;
  const lengths = groups === undefined ? undefined : groupLengths(groups.groups);
  return {
    ...{ stream, packets, presentation, intervals, startTicks, endTicks },
    keyPackets: countFlag(packets, isKey),
    hiddenPackets: countFlag(packets, isHidden),
    corruptPackets: countFlag(packets, isCorrupt),
    sizeBytes: sumOf(packets.sizeBytes),
    irregularities: findIrregularities(packets, presentation, {
      ...{ type, timeBase, medianTicks: intervals?.median },
      ...{ gapFactor: settings.gapFactor, toleranceMs: settings.toleranceMs },
    }),
    bitRate: measureBitRate(packets, presentation, settings.windowMs, ticksPerMs, endTicks),
    ...(groups === undefined ? {} : { groups }),
    ...(lengths === undefined ? {} : { groupLengths: lengths }),
  };
}

function countFlag(packets: StreamPackets, flag: number): number {
  return packets.flags.reduce((count, flags) => count + ((flags & flag) === 0 ? 0 : 1), 0);
}

/** End of the packet that ends last; one without a duration lasts a middle interval. */
function endOf(packets: StreamPackets, { order, ticks }: PresentationOrder, medianTicks: number): number {
  let end = NaN;
  for (const packet of order) {
    const told = packets.duration[packet] ?? NaN;
    const last = (ticks[packet] ?? 0) + (told > 0 ? told : medianTicks);
    if (!(end >= last)) end = last;
  }
  return end;
}

/** Their sum; a missing one counts nothing. */
function sumOf(sizes: PacketColumn): number {
  let sum = 0;
  for (const size of sizes) sum += size || 0;
  return sum;
}
