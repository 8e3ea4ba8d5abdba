import { ticksToMs } from '../../../base/rational.ts';
import type { ProbedStream, StreamPackets } from '../../../media/exhibit-media.ts';
import { type SampleSource, samplesPerPacket } from '../../../media/samples-per-packet.ts';
import { packetTicks, typicalSpacing } from '../../../media/sound-clock.ts';

/** Sound packets that are heard, with their times and how long their samples last. */
export interface SoundPackets {
  readonly startMs: Float64Array;
  /** Length of the packet by the samples that it holds, or by the container where nothing else says. */
  readonly lengthMs: Float64Array;
  readonly hidden: number;
  readonly source: SampleSource;
  /** Usual samples of a packet. */
  readonly packetSamples: number;
  /** True where the packets' samples are a clock of their own, apart from the container's times. */
  readonly ownClock: boolean;
}

const discardFlag = 2;

/** Packets in file order; those without a time or hidden by an edit are left out. */
export function soundPackets(stream: ProbedStream, packets: StreamPackets): SoundPackets {
  const rate = stream.sampleRateHz ?? 0;
  const samplesPerTick = (stream.timeBase.num * rate) / stream.timeBase.den;
  const spacing = typicalSpacing(packets);
  const { source, amount } = samplesPerPacket(stream.codec, stream.channels, spacing * samplesPerTick);
  const ownClock = (source === 'codec-frame' || source === 'packet-bytes') && rate > 0;
  const kept: number[] = [];
  let hidden = 0;
  for (let i = 0; i < packets.count; i++) {
    if (((packets.flags[i] ?? 0) & discardFlag) !== 0) hidden += 1;
    else if (!Number.isNaN(packetTicks(packets, i))) kept.push(i);
  }
  const lengthMs = (i: number): number => {
    if (source === 'codec-frame') return (amount / rate) * 1000;
    if (source === 'packet-bytes') return (Math.floor((packets.sizeBytes[i] ?? 0) / amount) / rate) * 1000;
    const ticks = packets.duration[i] ?? NaN;
    return ticksToMs(Number.isNaN(ticks) ? spacing : ticks, stream.timeBase);
  };
  return {
    startMs: Float64Array.from(kept, (i) => ticksToMs(packetTicks(packets, i), stream.timeBase)),
    lengthMs: Float64Array.from(kept, lengthMs),
    hidden,
    source,
    packetSamples: source === 'codec-frame' ? amount : Number.isNaN(spacing) ? 0 : spacing * samplesPerTick,
    ownClock,
  };
}
