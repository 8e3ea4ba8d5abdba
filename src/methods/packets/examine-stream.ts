import type { ProbedStream, StreamPackets } from '../../media/exhibit-media.ts';
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
  const { endTicks, sizeBytes, flags } = totals(packets, presentation, intervals?.median ?? 0);
  const groups = stream.type === 'video' && !stream.attachedPicture ? pictureGroups(packets, presentation) : undefined;
  const lengths = groups === undefined ? undefined : groupLengths(groups.groups);
  return {
    ...{ stream, packets, presentation, intervals, startTicks, endTicks },
    keyPackets: countWith(flags, isKey),
    hiddenPackets: countWith(flags, isHidden),
    corruptPackets: countWith(flags, isCorrupt),
    sizeBytes,
    irregularities: findIrregularities(packets, presentation, {
      ...{ type, timeBase, medianTicks: intervals?.median },
      ...{ gapFactor: settings.gapFactor, toleranceMs: settings.toleranceMs },
    }),
    bitRate: measureBitRate(packets, presentation, settings.windowMs, ticksPerMs, endTicks),
    ...(groups === undefined ? {} : { groups }),
    ...(lengths === undefined ? {} : { groupLengths: lengths }),
  };
}

interface Totals {
  /** End of the packet that ends last; one without a duration lasts a middle interval. NaN where none has a time. */
  readonly endTicks: number;
  /** A missing size counts nothing. */
  readonly sizeBytes: number;
  /** Number of packets for each value of their flags. */
  readonly flags: Uint32Array;
}

/** One walk through all packets: there can be a million. */
function totals(packets: StreamPackets, { ticks }: PresentationOrder, medianTicks: number): Totals {
  const flags = new Uint32Array(256);
  let endTicks = NaN;
  let sizeBytes = 0;
  for (let i = 0; i < packets.count; i += 1) {
    const flag = packets.flags[i] ?? 0;
    flags[flag] = (flags[flag] ?? 0) + 1;
    sizeBytes += packets.sizeBytes[i] || 0;
    const told = packets.duration[i] ?? NaN;
    const last = (ticks[i] ?? NaN) + (told > 0 ? told : medianTicks);
    if (last > endTicks || (Number.isNaN(endTicks) && !Number.isNaN(last))) endTicks = last;
  }
  return { endTicks, sizeBytes, flags };
}

function countWith(flags: Uint32Array, flag: number): number {
  return flags.reduce((count, packets, value) => count + ((value & flag) === 0 ? 0 : packets), 0);
}
