import type { Rational } from '../../base/rational.ts';
import type { StreamPackets } from '../../media/exhibit-media.ts';
import { isCorrupt, isHidden, milliseconds, type PresentationOrder } from './presentation-order.ts';

export type IrregularityKind =
  /** Nothing is presented for longer than the rate accounts for. */
  | 'gap'
  /** A packet begins before the one before it has ended, or at the same time. */
  | 'overlap'
  /** A packet's decoding time is before that of the packet before it in the file. */
  | 'backwards'
  /** A packet is to be presented before it is decoded. */
  | 'presented-before-decoded'
  /** The container keeps the packet but hides it (edit list). */
  | 'hidden'
  /** ffprobe marked the packet as damaged. */
  | 'corrupt';

export const irregularityKinds: readonly IrregularityKind[] = [
  ...(['gap', 'overlap', 'backwards', 'presented-before-decoded', 'hidden', 'corrupt'] as const),
];

export interface Irregularity {
  readonly kind: IrregularityKind;
  readonly stream: number;
  /** Position of the packet in the stream, in file order. */
  readonly packet: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Byte position of the packet, where it is known. */
  readonly offsetBytes?: number;
}

export interface IrregularitySettings {
  readonly type: 'video' | 'audio' | 'other';
  readonly timeBase: Rational;
  /** Middle interval between shown packets in ticks, where there is one. */
  readonly medianTicks: number | undefined;
  /** A picture is missing where an interval is longer than so many middle ones. */
  readonly gapFactor: number;
  /** Departure of sound that only rounds. */
  readonly toleranceMs: number;
}

/** Everything in one stream's packet times that departs from a regular recording, by time. */
export function findIrregularities(
  packets: StreamPackets,
  presentation: PresentationOrder,
  settings: IrregularitySettings,
): Irregularity[] {
  const { timeBase } = settings;
  const at = (kind: IrregularityKind, packet: number, from: number, to: number): Irregularity => {
    const position = packets.position[packet] ?? NaN;
    const offset = Number.isNaN(position) ? {} : { offsetBytes: position };
    const span = { startMs: milliseconds(from, timeBase), endMs: milliseconds(to, timeBase) };
    return { kind, stream: packets.stream, packet, ...span, ...offset };
  };
  const found = [...inFileOrder(packets, presentation, at), ...inPresentation(packets, presentation, settings, at)];
  return found.sort((a, b) => a.startMs - b.startMs || a.packet - b.packet || (a.kind < b.kind ? -1 : 1));
}

type At = (kind: IrregularityKind, packet: number, from: number, to: number) => Irregularity;

function inFileOrder(packets: StreamPackets, { ticks }: PresentationOrder, at: At): Irregularity[] {
  const found: Irregularity[] = [];
  let lastDts = NaN;
  for (let i = 0; i < packets.count; i += 1) {
    const flags = packets.flags[i] ?? 0;
    const time = ticks[i] ?? NaN;
    const dts = packets.dts[i] ?? NaN;
    const start = Number.isNaN(time) ? (Number.isNaN(lastDts) ? 0 : lastDts) : time;
    const duration = packets.duration[i] ?? NaN;
    const end = start + (duration > 0 ? duration : 0);
    if ((flags & isHidden) !== 0) found.push(at('hidden', i, start, end));
    if ((flags & isCorrupt) !== 0) found.push(at('corrupt', i, start, end));
    if (dts < lastDts) found.push(at('backwards', i, Math.min(start, dts), Math.max(dts, lastDts)));
    if ((packets.pts[i] ?? NaN) < dts) found.push(at('presented-before-decoded', i, start, dts));
    if (!Number.isNaN(dts)) lastDts = dts;
  }
  return found;
}

function inPresentation(
  packets: StreamPackets,
  { order, ticks }: PresentationOrder,
  settings: IrregularitySettings,
  at: At,
): Irregularity[] {
  const { type, medianTicks, timeBase, gapFactor, toleranceMs } = settings;
  if (type === 'other' || medianTicks === undefined) return [];
  const found: Irregularity[] = [];
  // Times are rounded to the time base: a tick and a half is no departure.
  const tolerance = Math.max(1.5, (toleranceMs * timeBase.den) / (timeBase.num * 1000));
  let last = -1;
  for (const packet of order) {
    if (((packets.flags[packet] ?? 0) & isHidden) !== 0) continue;
    if (last >= 0) {
      const from = ticks[last] ?? 0;
      const to = ticks[packet] ?? 0;
      const told = packets.duration[last] ?? NaN;
      const length = type === 'audio' && told > 0 ? told : medianTicks;
      const isGap =
        type === 'audio' ? to > from + length + tolerance : medianTicks > 0 && to - from > gapFactor * medianTicks;
      const isOverlap = type === 'audio' ? to < from + length - tolerance : to === from;
      if (isGap) found.push(at('gap', packet, from + length, to));
      if (isOverlap) found.push(at('overlap', packet, to, Math.max(to, from + length)));
    }
    last = packet;
  }
  return found;
}
