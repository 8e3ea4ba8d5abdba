import type { Rational } from '../../base/rational.ts';
import type { Probe, ProbedStream } from '../exhibit-media.ts';
import type { FrameHashTap, FrameTap, LoudnessTap, PcmTap, StreamFailure, Tap } from '../taps.ts';
import type { DecodeLimits } from './decode-limits.ts';
import { frameBytes, type PixelSize, tapSize } from './frame-size.ts';

/** A frame tap as ffmpeg is told to make it: `fd` carries the pixels, `indexFd` says which frames they are where not all are sent. */
export interface PlannedFrames {
  readonly tap: FrameTap;
  readonly fd: number;
  readonly indexFd?: number;
  /** Size to thin to before scaling. */
  readonly thinned?: PixelSize;
  readonly width: number;
  readonly height: number;
  readonly frameBytes: number;
}

/** One moving picture: its frames' times on `timesFd`, its hashes, and the taps of its pixels. */
export interface PlannedVideo {
  readonly kind: 'video';
  readonly stream: number;
  readonly timeBase: Rational;
  readonly timesFd: number;
  /** Never empty: FORENSIC: the frame count and the reproducibility of every decode are fixed by its hashes. */
  readonly hashes: readonly { readonly tap: FrameHashTap; readonly fd: number }[];
  readonly frames: readonly PlannedFrames[];
}

export interface PlannedPcm {
  readonly tap: PcmTap;
  readonly fd: number;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Name of the layout to ask for, where ffmpeg knows one. */
  readonly layout?: string;
}

/** One sound: its samples and its loudness. */
export interface PlannedAudio {
  readonly kind: 'audio';
  readonly stream: number;
  readonly pcm: readonly PlannedPcm[];
  readonly loudness?: { readonly tap: LoudnessTap; readonly fd: number };
}

export interface DecodePlan {
  /** What ffprobe called the format: no other demuxer may open the exhibit. */
  readonly formatName: string;
  readonly streams: readonly (PlannedVideo | PlannedAudio)[];
  /** Streams that are not decoded, and why. */
  readonly refused: ReadonlyMap<number, StreamFailure>;
}

/** Equal taps have equal keys: one pipe serves all who ask for the same. */
export function tapKey(tap: Tap): string {
  switch (tap.kind) {
    case 'frames':
      return `frames ${tap.stream} ${tap.width} ${tap.pixelFormat} ${selectKey(tap.select)} ${tap.scaling ?? 'mean'}`;
    case 'frame-hashes':
      return `frame-hashes ${tap.stream} ${tap.algorithm}`;
    case 'pcm':
      return `pcm ${tap.stream} ${tap.sampleRateHz} ${tap.channels}`;
    case 'loudness':
      return `loudness ${tap.stream}`;
  }
}

function selectKey(select: FrameTap['select']): string {
  return typeof select === 'string' ? select : `times ${sortedTimes(select.times).join(' ')}`;
}

/** Each time once, ascending. */
export function sortedTimes(times: readonly number[]): number[] {
  return [...new Set(times)].sort((a, b) => a - b);
}

/**
 * What one run of ffmpeg has to make for all taps: each stream is decoded once, each different tap has one pipe, counted from
 * descriptor 3. The same taps in another order give the same plan.
 */
export function planDecode(probe: Probe, taps: readonly Tap[], limits: DecodeLimits): DecodePlan {
  const wanted = new Map(taps.map((tap) => [tapKey(tap), tap]));
  const sorted = [...wanted.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tap]) => tap);
  const numbers = [...new Set(sorted.map(({ stream }) => stream))].sort((a, b) => a - b);
  const refused = new Map<number, StreamFailure>();
  const streams: (PlannedVideo | PlannedAudio)[] = [];
  let nextFd = 3;
  const newFd = (): number => nextFd++;
  for (const number of numbers) {
    const stream = probe.streams.find(({ index }) => index === number);
    const own = sorted.filter((tap) => tap.stream === number);
    const failure = refusal(stream, own, limits);
    if (failure !== undefined || stream === undefined) refused.set(number, failure ?? 'undecodable');
    else streams.push(stream.type === 'video' ? planVideo(stream, own, newFd) : planAudio(stream, own, newFd));
  }
  return { formatName: probe.formatName, streams, refused };
}

function refusal(
  stream: ProbedStream | undefined,
  taps: readonly Tap[],
  limits: DecodeLimits,
): StreamFailure | undefined {
  const forPicture = taps.some(({ kind }) => kind === 'frames' || kind === 'frame-hashes');
  const forSound = taps.some(({ kind }) => kind === 'pcm' || kind === 'loudness');
  if (stream === undefined || (forPicture && stream.type !== 'video') || (forSound && stream.type !== 'audio')) {
    return 'undecodable';
  }
  if (stream.type === 'audio') {
    return stream.sampleRateHz === undefined || stream.channels === undefined ? 'undecodable' : undefined;
  }
  // SECURITY: a header that claims 60,000 × 60,000 pixels would have the decoder reserve gigabytes for each frame.
  if ((stream.width ?? 0) * (stream.height ?? 0) > limits.maxPixels) return 'too-large';
  // Without a pixel format ffprobe could decode no frame of it; ffmpeg would end at once and take the other streams along.
  const known = stream.width !== undefined && stream.height !== undefined && stream.pixelFormat !== undefined;
  return known ? undefined : 'undecodable';
}

function planVideo(stream: ProbedStream, taps: readonly Tap[], newFd: () => number): PlannedVideo {
  const timesFd = newFd();
  const asked = taps.filter((tap) => tap.kind === 'frame-hashes');
  const always: FrameHashTap = { kind: 'frame-hashes', stream: stream.index, algorithm: 'murmur3' };
  const hashes = (asked.length > 0 ? asked : [always]).map((tap) => ({ tap, fd: newFd() }));
  const frames = taps
    .filter((tap) => tap.kind === 'frames')
    .map((tap): PlannedFrames => {
      const size = tapSize(tap.width, stream.width ?? 1, stream.height ?? 1);
      const indexFd = tap.select === 'all' ? {} : { indexFd: newFd() };
      return {
        ...{ tap, ...indexFd, fd: newFd(), ...size, frameBytes: frameBytes(tap.pixelFormat, size) },
        ...(isThinned(tap, stream) ? { thinned: { width: 2 * size.width, height: 2 * size.height } } : {}),
      };
    });
  return { kind: 'video', stream: stream.index, timeBase: stream.timeBase, timesFd, hashes, frames };
}

function isThinned(tap: FrameTap, stream: ProbedStream): boolean {
  return tap.scaling === 'thinned' && tap.width !== 'native' && (stream.width ?? 0) >= 4 * tap.width;
}

function planAudio(stream: ProbedStream, taps: readonly Tap[], newFd: () => number): PlannedAudio {
  const pcm = taps
    .filter((tap) => tap.kind === 'pcm')
    .map((tap): PlannedPcm => {
      const layout = tap.channels === 'mono' ? 'mono' : knownLayout(stream.channelLayout);
      return {
        ...{ tap, fd: newFd() },
        sampleRateHz: tap.sampleRateHz === 'native' ? (stream.sampleRateHz ?? 48_000) : tap.sampleRateHz,
        channels: tap.channels === 'mono' ? 1 : (stream.channels ?? 1),
        ...(layout === undefined ? {} : { layout }),
      };
    });
  const tap = taps.find((candidate) => candidate.kind === 'loudness');
  const loudness = tap === undefined ? {} : { loudness: { tap, fd: newFd() } };
  return { kind: 'audio', stream: stream.index, pcm, ...loudness };
}

/** A layout's name as filters take it; a description in words (`2 channels (FL+LFE)`) is none. */
function knownLayout(layout: string | undefined): string | undefined {
  return layout !== undefined && /^[0-9a-z.]+(\([a-z-]+\))?$/.test(layout) ? layout : undefined;
}
