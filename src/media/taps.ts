/**
 * What a method can ask of the one decode (docs/architecture.md): small value objects, so that two methods which
 * ask for the same thing share one pipe. Stream numbers are ffprobe's stream indexes.
 */
export interface FrameTap {
  readonly kind: 'frames';
  readonly stream: number;
  /** Width in pixels to scale to (height follows the coded aspect, even), or the coded size. */
  readonly width: number | 'native';
  readonly pixelFormat: 'gray' | 'yuv420p' | 'rgb24';
  /**
   * `key`: intra-coded pictures only. `times`: those with these presentation times, in ticks of the stream's time base; where
   * a method knows from the packets which frames it wants, this costs a fraction of `key`. Frames are as stored: no rotation,
   * no aspect correction.
   */
  readonly select: 'all' | 'key' | { readonly times: readonly number[] };
  /**
   * How a smaller frame is made. `mean` (where nothing is said): of all pixels that a smaller one covers. `thinned`: a picture at least four
   * times as wide is first thinned to twice the asked size, pixel by pixel, and the mean taken of those; a third of the cost, at the
   * price of fine texture that may flicker. For statistics over a whole picture and for thumbnails.
   */
  readonly scaling?: 'mean' | 'thinned';
}

/** Hash of every decoded frame in its native size and pixel format, with its presentation time. */
export interface FrameHashTap {
  readonly kind: 'frame-hashes';
  readonly stream: number;
  readonly algorithm: 'murmur3' | 'md5' | 'sha256';
}

/** Interleaved 32-bit float samples at the stream's own or a given rate; channels as stored, or mixed to one. */
export interface PcmTap {
  readonly kind: 'pcm';
  readonly stream: number;
  readonly sampleRateHz: number | 'native';
  readonly channels: 'native' | 'mono';
}

/** EBU R128 measures by ffmpeg's ebur128 filter, one reading each 100 ms. */
export interface LoudnessTap {
  readonly kind: 'loudness';
  readonly stream: number;
}

export type Tap = FrameTap | FrameHashTap | PcmTap | LoudnessTap;

/** One decoded picture. `data` is only valid until the consumer's promise settles; copy what is to be kept. */
export interface Frame {
  /** Decode index: the n-th frame that the decoder put out, from 0, counted over the whole stream. */
  readonly index: number;
  /** Presentation time in ticks of the stream's time base; null where the decoder gave none. */
  readonly pts: number | null;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface FrameHash {
  readonly index: number;
  readonly pts: number | null;
  readonly durationTicks: number;
  readonly sizeBytes: number;
  readonly hash: string;
}

/**
 * Samples in [-1, 1] (beyond is possible), interleaved by channel; `firstSample` counts from the start, per channel. The
 * array is filled anew for the next chunk: a consumer copies what it keeps.
 */
export interface PcmChunk {
  readonly firstSample: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly samples: Float32Array;
}

/**
 * Momentary, short-term and integrated loudness (LUFS), range (LU) and true peak so far (dBTP per channel; -Infinity where
 * all was silent) at the end of a tenth of a second, on the presentation time axis.
 */
export interface LoudnessReading {
  readonly atMs: number;
  readonly momentary: number;
  readonly shortTerm: number;
  readonly integrated: number;
  readonly range: number;
  readonly truePeak: readonly number[];
}

export type TapItem<T extends Tap> = T extends FrameTap
  ? Frame
  : T extends FrameHashTap
    ? FrameHash
    : T extends PcmTap
      ? PcmChunk
      : LoudnessReading;

/** Consumes one item; the decode waits for the promise (back-pressure), so it must not wait for another tap. */
export type Consumer<T extends Tap> = (item: TapItem<T>) => void | Promise<void>;

/** One tap with its consumer: what {@link subscribe} builds and a decode takes. */
export interface Subscription {
  readonly tap: Tap;
  readonly consume: (item: never) => void | Promise<void>;
}

/** Joins a tap to its consumer with the item type checked. */
export function subscribe<T extends Tap>(tap: T, consume: Consumer<T>): Subscription {
  return { tap, consume };
}

/** Why a stream was not, or not wholly, decoded. */
export type DecodeFailure =
  | StreamFailure
  | 'tool-failed'
  | 'time-limit'
  | 'memory-limit'
  /** The taps of one stream did not carry the same frames: nothing that counts frames may be relied on. */
  | 'frames-mismatch';

/** Why a stream was refused before anything was decoded. */
export type StreamFailure =
  /** More pixels than the limit. */
  | 'too-large'
  /** No such stream, or no size, pixel format or sample rate could be found out for it. */
  | 'undecodable';

/** How a decode ended: a value, because a damaged exhibit is normal input. */
export type DecodeOutcome = (
  | { readonly status: 'complete'; readonly messages: readonly string[] }
  | { readonly status: 'incomplete'; readonly reason: DecodeFailure; readonly messages: readonly string[] }
) & {
  /** How each stream ended that was asked for. One refused stream does not spoil another: see {@link outcomeOfStream}. */
  readonly streams?: Readonly<Record<number, 'complete' | DecodeFailure>>;
  /** Owners whose consumer threw; they got nothing more, and the others went on. Each owner's method fails with its error. */
  readonly consumerErrors?: readonly { readonly owner: string; readonly error: unknown }[];
};

/** How the decode ended for one stream: what a method asks that looks at this stream only. */
export function outcomeOfStream(outcome: DecodeOutcome, stream: number): DecodeOutcome {
  const ending = outcome.streams?.[stream];
  if (ending === undefined) return outcome;
  const { messages } = outcome;
  return ending === 'complete' ? { status: 'complete', messages } : { status: 'incomplete', reason: ending, messages };
}
