import type { TrackEditList } from '../../../containers/read-edit-lists.ts';
import { ticksToMs } from '../../../base/rational.ts';
import type { DeclaredDelay } from '../../../media/declared-codec-delay.ts';
import { decoderOwnSkip } from '../../../media/declared-codec-delay.ts';
import type { Probe, ProbedStream, StreamPackets } from '../../../media/exhibit-media.ts';
import { soundClock, timeOfSample } from '../../../media/sound-clock.ts';
import { editTimeline, type EditTimeline } from './edit-timeline.ts';
import { encoderDelay, type EncoderDelay } from './encoder-delay.ts';
import { type FrameRate, measureFrameRate } from './frame-rate.ts';
import { pictureGaps, soundJumps, type TimeJump } from './gaps.ts';
import type { StreamStart } from './lead.ts';
import { shownPictures } from './presentation-order.ts';
import { soundPackets } from './sound-packets.ts';

/** Timing of one stream as its container gives it. */
export interface StreamFacts {
  readonly stream: ProbedStream;
  readonly kind: 'picture' | 'sound';
  /** When the first picture is shown or the first sample heard; undefined where nothing has a time. */
  readonly start: StreamStart | undefined;
  readonly endMs: number | undefined;
  /** Usual length of a picture or a packet. */
  readonly unitMs: number | null;
  readonly tickMs: number;
  readonly timesFrom: 'presentation' | 'decoding' | 'none';
  /** Times of what is shown or heard, in presentation order, and the stream's own clock beside it from 0. */
  readonly timeMs: Float64Array;
  readonly clockMs: Float64Array;
  /** True where the clock does not come from the container's times. */
  readonly ownClock: boolean;
  readonly jumps: readonly TimeJump[];
  readonly hidden: number;
  readonly edits: EditTimeline | undefined;
  readonly frameRate?: FrameRate;
  readonly delay?: EncoderDelay;
}

export interface FactSources {
  readonly probe: Probe;
  readonly packets: StreamPackets | undefined;
  readonly editList: TrackEditList | undefined;
  readonly headerDelays: ReadonlyMap<number, DeclaredDelay>;
  /** Nanoseconds a picture lasts by the track's header (Matroska), where it says. */
  readonly defaultDurationNs: number | undefined;
  readonly gapToleranceMs: number;
}

const noTimes = new Float64Array(0);

/** AVI has no times: ffprobe counts chunks or bytes, so its times cannot run against what the stream holds. */
function hasTimes(probe: Probe): boolean {
  return probe.formatName !== 'avi';
}

/** A picture is shown for a while, and what it shows may belong to any moment of that: half of it counts as uncertainty. */
export function pictureFacts(stream: ProbedStream, sources: FactSources): StreamFacts {
  const tickMs = ticksToMs(1, stream.timeBase);
  const edits = editTimeline(sources.editList);
  const shown = sources.packets && shownPictures(stream, sources.packets);
  const common = { stream, kind: 'picture', tickMs, edits } as const;
  if (shown === undefined || shown.startMs.length === 0)
    return { ...common, ...without, hidden: shown?.hidden ?? 0, frameRate: measureFrameRate(noTimes, tickMs) };
  const frameRate = measureFrameRate(shown.startMs, tickMs);
  const fieldMs = frameRate.frameMs ?? knownLength(shown.lengthMs[0]);
  const unitMs = wholeFrame(stream, fieldMs);
  const last = shown.startMs.length - 1;
  const length = knownLength(shown.lengthMs[last]) ?? fieldMs ?? 0;
  // Reordering: a picture is presented up to that many frames after it is decoded.
  const reordered = shown.timesFrom === 'decoding' ? Number(stream.printed['has_b_frames'] ?? 0) : 0;
  const headerMs = sources.defaultDurationNs === undefined ? undefined : sources.defaultDurationNs / 1e6;
  const step = headerMs ?? fieldMs ?? 0;
  return {
    ...common,
    start: {
      startMs: shown.startMs[0]!,
      withinMs: Math.max((unitMs ?? 0) / 2, tickMs / 2) + listRounding(edits),
      laterByMs: reordered * (fieldMs ?? 0),
    },
    endMs: shown.startMs[last]! + length,
    unitMs,
    timesFrom: shown.timesFrom,
    timeMs: shown.startMs,
    clockMs: Float64Array.from(shown.startMs, (_, i) => i * step),
    ownClock: headerMs !== undefined && !frameRate.variable,
    jumps: fieldMs === null ? [] : pictureGaps(shown.startMs, fieldMs, frameRate.gapFromMs),
    hidden: shown.hidden,
    frameRate,
  };
}

/** Sound is exact to a sample where its times are; what the file leaves unsaid about encoder delay makes it later. */
export function soundFacts(stream: ProbedStream, sources: FactSources): StreamFacts {
  const tickMs = ticksToMs(1, stream.timeBase);
  const edits = editTimeline(sources.editList);
  const { packets } = sources;
  const common = { stream, kind: 'sound', tickMs, edits } as const;
  const rate = stream.sampleRateHz ?? 0;
  if (packets === undefined || packets.count === 0 || rate <= 0) return { ...common, ...without, hidden: 0 };
  const heard = soundPackets(stream, packets);
  const clock = soundClock(stream, packets, decoderOwnSkip(stream, sources.headerDelays));
  const delay = encoderDelay({
    ...{ probe: sources.probe, stream, packets, clock, packetSamples: heard.packetSamples },
    header: sources.headerDelays.get(stream.index),
    editList: sources.editList,
  });
  if (clock.startMs === null) return { ...common, ...without, hidden: heard.hidden, delay };
  const clockMs = new Float64Array(heard.startMs.length);
  for (let i = 1; i < clockMs.length; i++) clockMs[i] = clockMs[i - 1]! + heard.lengthMs[i - 1]!;
  return {
    ...common,
    start: {
      startMs: clock.startMs,
      withinMs: Math.max(tickMs, 1000 / rate) / 2 + listRounding(edits),
      laterByMs: (delay.undeclaredSamples / rate) * 1000,
    },
    endMs: timeOfSample(clock, clock.expectedSamples ?? 0),
    unitMs: (heard.packetSamples / rate) * 1000,
    timesFrom: Number.isNaN(packets.pts[0] ?? NaN) ? 'decoding' : 'presentation',
    timeMs: heard.startMs,
    clockMs,
    ownClock: heard.ownClock && hasTimes(sources.probe),
    jumps: soundJumps(heard.startMs, heard.lengthMs, Math.max(sources.gapToleranceMs, 1.5 * tickMs)),
    hidden: heard.hidden,
    delay,
  };
}

const without = {
  start: undefined,
  endMs: undefined,
  unitMs: null,
  timesFrom: 'none',
  timeMs: noTimes,
  clockMs: noTimes,
  ownClock: false,
  jumps: [],
} as const;

function knownLength(ms: number | undefined): number | null {
  return ms !== undefined && ms > 0 ? ms : null;
}

/** A leading empty edit shifts a track by a time that is rounded to the movie's time scale. */
function listRounding(edits: EditTimeline | undefined): number {
  return edits !== undefined && edits.delayMs > 0 ? edits.tickMs / 2 : 0;
}

/** Interlaced pictures may come a field a packet: then the frame is twice as long as the packets lie apart. */
function wholeFrame(stream: ProbedStream, fieldMs: number | null): number | null {
  const average = stream.averageFrameRate;
  if (fieldMs === null || average === undefined || average.num <= 0) return fieldMs;
  const frameMs = (1000 * average.den) / average.num;
  return Math.abs(frameMs / fieldMs - 2) < 0.05 ? frameMs : fieldMs;
}
