import { ticksToMs } from '../base/rational.ts';
import type { ProbedStream, StreamPackets } from './exhibit-media.ts';
import { type SampleSource, samplesPerPacket } from './samples-per-packet.ts';

/** From this sample on (per channel, counted as the decoder puts them out) samples follow this presentation time. */
export interface ClockAnchor {
  readonly sample: number;
  readonly ms: number;
}

/** How the samples that a decoder puts out lie on the exhibit's presentation time axis. */
export interface SoundClock {
  readonly stream: number;
  readonly sampleRateHz: number;
  readonly source: SampleSource;
  /** Presentation time of the first sample that is put out; null where the container gives no times at all. */
  readonly startMs: number | null;
  /** Samples that the container tells the decoder to drop at the start (encoder delay, or an edit). */
  readonly skippedSamples: number;
  /** Samples per channel that the packets announce after that; null where no packet says. */
  readonly expectedSamples: number | null;
  /** Ascending; the first is sample 0. A second one means that sound time jumps or drifts there. */
  readonly anchors: readonly ClockAnchor[];
}

const packetIsDiscarded = 2;
/** Departure from the running count below which times only round. */
const jitterMs = 2;
/** A stream whose times never agree with its samples could give an anchor a packet. */
const maxAnchors = 20_000;
/** A start that ffprobe puts later than this after the first packet is not encoder delay. */
const longestPrimingMs = 1000;

/** Time of a packet in ticks: presentation time, else decoding time, else NaN. */
export function packetTicks(packets: StreamPackets, index: number): number {
  const pts = packets.pts[index] ?? NaN;
  return Number.isNaN(pts) ? (packets.dts[index] ?? NaN) : pts;
}

/** Typical distance of packets in ticks: the mean of those distances that lie within a tick or a tenth of the median. */
export function typicalSpacing(packets: StreamPackets): number {
  const distances = new Float64Array(Math.max(0, packets.count - 1));
  let found = 0;
  for (let i = 1; i < packets.count; i++) {
    const distance = packetTicks(packets, i) - packetTicks(packets, i - 1);
    if (distance > 0) distances[found++] = distance;
  }
  if (found === 0) return packets.duration.find((ticks) => ticks > 0) ?? NaN;
  const sorted = distances.subarray(0, found).sort();
  const median = sorted[found >> 1]!;
  const reach = Math.max(1, median / 10);
  let sum = 0;
  let count = 0;
  for (const distance of sorted) {
    if (Math.abs(distance - median) > reach) continue;
    sum += distance;
    count += 1;
  }
  return sum / count;
}

/**
 * Lays the samples that ffmpeg's decoder puts out on the presentation time axis.
 *
 * Measured with ffmpeg 5.1: the decoder's first sample is the first one after the skip-samples side data of the first
 * packet (AAC and Opus in MP4, MP3 with a LAME header, Opus in Ogg), packets flagged as discarded count against that
 * skip and put nothing out, and gaps in time are not filled. So the n-th sample is found by counting what each packet
 * holds, and its time from the packet it came from. `codecDelaySamples`: delay that the decoder drops although no packet
 * says so (Opus in Matroska).
 */
export function soundClock(
  stream: ProbedStream,
  packets: StreamPackets | undefined,
  codecDelaySamples = 0,
): SoundClock {
  const rate = stream.sampleRateHz ?? 0;
  const silent: SoundClock = {
    stream: stream.index,
    sampleRateHz: rate,
    source: 'unknown',
    startMs: null,
    skippedSamples: 0,
    expectedSamples: null,
    anchors: [],
  };
  if (packets === undefined || packets.count === 0 || rate <= 0) return silent;

  const samplesPerTick = (stream.timeBase.num * rate) / stream.timeBase.den;
  const spacing = typicalSpacing(packets);
  const { source, amount } = samplesPerPacket(stream.codec, stream.channels, spacing * samplesPerTick);
  const samplesOf = (index: number): number => {
    if (source === 'codec-frame') return amount;
    if (source === 'packet-bytes') return Math.floor((packets.sizeBytes[index] ?? 0) / amount);
    const ticks = packets.duration[index] ?? NaN;
    return Math.round((Number.isNaN(ticks) ? (Number.isNaN(spacing) ? 0 : spacing) : ticks) * samplesPerTick);
  };
  const toleranceMs = Math.max(jitterMs, ticksToMs(1.5, stream.timeBase));

  let toSkip = startSkip(stream, packets, samplesPerTick, codecDelaySamples);
  const skippedSamples = toSkip;
  const anchors: ClockAnchor[] = [];
  let out = 0;
  for (let i = 0; i < packets.count; i++) {
    const skip = packets.skipSamples.get(i);
    if (skip && i > 0 && skip.start > 0) toSkip = skip.start;
    const held = samplesOf(i);
    const cut = Math.min(toSkip, held);
    toSkip -= cut;
    if (((packets.flags[i] ?? 0) & packetIsDiscarded) !== 0) continue;
    const given = held - cut - Math.min(skip?.end ?? 0, held - cut);
    if (given <= 0) continue;
    const ticks = packetTicks(packets, i);
    const anchor = anchors[anchors.length - 1];
    if (!Number.isNaN(ticks)) {
      const ms = ticksToMs(ticks, stream.timeBase) + (cut / rate) * 1000;
      const jumps = anchor && Math.abs(ms - anchor.ms - ((out - anchor.sample) / rate) * 1000) > toleranceMs;
      if (!anchor) anchors.push({ sample: 0, ms: ms - (out / rate) * 1000 });
      else if (jumps && anchors.length < maxAnchors) anchors.push({ sample: out, ms });
    }
    out += given;
  }
  return { ...silent, source, startMs: anchors[0]?.ms ?? null, skippedSamples, expectedSamples: out, anchors };
}

/** Samples dropped at the very start: side data, the decoder's own delay, or what ffprobe's start time implies (Vorbis). */
function startSkip(
  stream: ProbedStream,
  packets: StreamPackets,
  samplesPerTick: number,
  codecDelaySamples: number,
): number {
  const told = packets.skipSamples.get(0)?.start ?? 0;
  if (told > 0) return told;
  const first = packetTicks(packets, 0);
  const impliedTicks = stream.startPts === null || Number.isNaN(first) ? 0 : stream.startPts - first;
  const implied = Math.round(impliedTicks * samplesPerTick);
  const longest = (longestPrimingMs / 1000) * (stream.sampleRateHz ?? 0);
  return Math.max(codecDelaySamples, implied > 0 && implied <= longest ? implied : 0);
}

/** Presentation time of a sample in ms; samples before the first anchor or past the last follow on. Without times: from 0. */
export function timeOfSample(clock: SoundClock, sample: number): number {
  const { anchors, sampleRateHz } = clock;
  let low = 0;
  let high = anchors.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (anchors[middle]!.sample <= sample) low = middle;
    else high = middle - 1;
  }
  const anchor = anchors[low] ?? { sample: 0, ms: 0 };
  return anchor.ms + ((sample - anchor.sample) / sampleRateHz) * 1000;
}
