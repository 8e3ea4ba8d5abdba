import type { ByteSource } from '../base/bytes.ts';
import type { Rational } from '../base/rational.ts';
import type { Structure } from '../containers/structure.ts';

/** Values that ffprobe prints for one stream, kept as it printed them, with those that methods use read out. */
export interface ProbedStream {
  readonly index: number;
  readonly type: 'video' | 'audio' | 'subtitle' | 'data' | 'attachment' | 'unknown';
  readonly codec: string;
  readonly timeBase: Rational;
  /** Ticks of timeBase. */
  readonly startPts: number | null;
  readonly durationTicks: number | null;
  readonly width?: number;
  readonly height?: number;
  readonly pixelFormat?: string;
  /** Degrees clockwise by which a player turns the stored picture: 0, 90, 180, 270 (side data or tag). */
  readonly rotationDeg?: number;
  readonly averageFrameRate?: Rational;
  readonly sampleRateHz?: number;
  readonly channels?: number;
  readonly channelLayout?: string;
  /** True for a cover picture: a still, not a moving picture. */
  readonly attachedPicture: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** All that ffprobe said, flat, as printed. */
  readonly printed: Readonly<Record<string, string | number>>;
  readonly sideData: readonly Readonly<Record<string, string | number>>[];
}

export interface Probe {
  readonly formatName: string;
  readonly durationMs: number | null;
  readonly startMs: number | null;
  readonly bitRate: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly printed: Readonly<Record<string, string | number>>;
  readonly streams: readonly ProbedStream[];
  readonly messages: readonly string[];
}

/** What asking about an exhibit can come to. */
export type Readable<T> =
  | { readonly status: 'ok'; readonly value: T }
  | {
      readonly status: 'unreadable';
      /** Locale key under `errors.unreadable`: `not-media`, `tool-failed`, `time-limit`, `memory-limit`, `too-large`, `codec-missing`, `damaged`. */
      readonly reason: string;
      readonly messages: readonly string[];
    };

/** Packets of one stream in file order, one typed array a quantity; NaN where ffprobe said N/A. */
/** Numbers of one kind, a packet each; integers where all of them fit, floats where one is missing (NaN) or large. */
export type PacketColumn = Int32Array | Float64Array;

export interface StreamPackets {
  readonly stream: number;
  readonly count: number;
  /** Ticks of the stream's time base. */
  readonly pts: PacketColumn;
  readonly dts: PacketColumn;
  readonly duration: PacketColumn;
  readonly sizeBytes: PacketColumn;
  /** Byte position in the file, or NaN. */
  readonly position: PacketColumn;
  /** Bit 0 key, bit 1 discard (not shown: before an edit), bit 2 corrupt. */
  readonly flags: Uint8Array;
  /** Samples that the decoder skips at the start / end of this packet (encoder delay and padding), where told. */
  readonly skipSamples: ReadonlyMap<number, { readonly start: number; readonly end: number }>;
}

export interface PacketIndex {
  readonly streams: readonly StreamPackets[];
  /** What ffprobe complained about while it read them, bounded. */
  readonly messages: readonly string[];
}

/** A still picture decoded with the pinned image library: 8-bit RGB as stored (orientation not applied). */
export interface StillPicture {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  readonly data: Uint8Array;
  /** EXIF orientation 1–8 where there is one. */
  readonly orientation?: number;
  /** Pages or frames in the file, where there are more than this first one. */
  readonly pages?: number;
  /** Present when the decoder complained: the samples past the damage are not the picture's. */
  readonly damage?: { readonly truncated: boolean; readonly messages: readonly string[] };
}

/**
 * One exhibit's content, read through the engine's tools. Every answer is worked out once and kept for the life
 * of the object. Nothing here decodes frames or sound: that is the one decode (`taps.ts`), which examination plans.
 */
export interface ExhibitMedia {
  readonly sha256: string;
  /** Folder that external programs run in, and the name of the read-only copy inside it. */
  readonly folder: string;
  readonly fileName: string;
  /** Name that the exhibit came with. */
  readonly originalName: string;
  readonly bytes: ByteSource;
  structure(): Promise<Structure>;
  probe(): Promise<Readable<Probe>>;
  packets(): Promise<Readable<PacketIndex>>;
  picture(): Promise<Readable<StillPicture>>;
  /** First stream that is a moving picture; first stream that is sound. */
  mainVideo(): Promise<ProbedStream | undefined>;
  mainAudio(): Promise<ProbedStream | undefined>;
  close(): Promise<void>;
}
