import type { z } from 'zod';
import type { Artefact } from '../base/artefact.ts';
import type { FindingInput, Unit } from '../base/finding.ts';
import type { Progress } from '../base/progress.ts';
import type { ExhibitMedia } from '../media/exhibit-media.ts';
import type { DecodeOutcome, Subscription } from '../media/taps.ts';

/** A published source of a method. `key` is cited in the README and in the report. */
export interface Reference {
  readonly key: string;
  readonly citation: string;
  readonly doi?: string;
}

/** Whether a method has anything to examine here. The reason is a locale key under the method's `reasons`. */
export type Applicability =
  | { readonly applies: true }
  | { readonly applies: false; readonly reason: string; readonly details?: Record<string, string | number> };

/** What a method needs: planned before anything runs, shown in the window, and the base of decode-once. */
export interface Needs {
  readonly bytes?: boolean;
  readonly packets?: boolean;
  /** True when run() will call `context.decode`. */
  readonly decode?: boolean;
  /** True when run() reads the still picture. */
  readonly picture?: boolean;
}

/** Pure functions over structured-clonable values that `context.compute` runs in a worker thread. */
export type Kernels = Readonly<Record<string, (input: never) => unknown>>;

/** An artefact that a method hands over for keeping: its description without what storing it adds. */
export type NewArtefact = Artefact extends infer A
  ? A extends Artefact
    ? Omit<A, 'sha256' | 'sizeBytes' | 'file' | 'details'>
    : never
  : never;

export interface MethodContext {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /**
   * Joins the exhibit's one decode with these consumers; settles when the decode has ended. Call it at most once,
   * and only when `needs` said so. It starts when every method that will decode has called it.
   */
  decode(subscriptions: readonly Subscription[]): Promise<DecodeOutcome>;
  /** Stores bytes as an artefact of this examination, named by their SHA-256. Small ones in one piece. */
  keep(artefact: NewArtefact, bytes: Uint8Array, details?: Record<string, string | number>): Promise<Artefact>;
  /** Stores an artefact that is written bit by bit (PCM of an hour); one whose head is only known at the end says so. */
  keepStream(
    extension: string,
    options?: { headLater?: boolean },
  ): Promise<{
    write(bytes: Uint8Array): Promise<void>;
    finish(
      artefact: NewArtefact,
      options?: { head?: Uint8Array; details?: Record<string, string | number> },
    ): Promise<Artefact>;
    /** Drops what was written; nothing is kept. */
    discard(): Promise<void>;
  }>;
  /** Runs one of the method's kernels in a worker thread. Array buffers listed in `transfer` move instead of being copied. */
  compute<T>(kernel: string, input: unknown, transfer?: readonly ArrayBuffer[]): Promise<T>;
  /**
   * Decodes single frames exactly: those with these decode indexes, native size, RGB, as stored. For a handful of
   * frames chosen after the main decode; each run is recorded.
   */
  extractFrames(stream: number, indexes: readonly number[]): Promise<readonly ExtractedFrame[]>;
  /** Reference material that the parameters name by its SHA-256; undefined where it is not here, or not what it was. */
  reference?(sha256: string): Promise<Uint8Array | undefined>;
}

export interface ExtractedFrame {
  readonly index: number;
  readonly pts: number | null;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** murmur3 of the frame as decoded: equals the `frame-hashes` tap's hash of the same index. */
  readonly hash: string;
}

/** What a run comes to. A thrown AssayError or defect becomes a failed examination; the others go on. */
export type MethodResult =
  | { readonly status: 'completed'; readonly findings: readonly FindingInput[] }
  /** The method could not finish (a tool over its limit, a decode that broke off); what it has is kept. */
  | {
      readonly status: 'not-completed';
      readonly reason: string;
      readonly details?: Record<string, string | number>;
      readonly findings: readonly FindingInput[];
    };

/** A quantity over a picture's area as a live lens gives it: unscaled, a byte a channel, as large as the picture. */
export interface LensPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
  /** What a byte of 255 means; `label` is a key under the method's `measures`. */
  readonly legend: { readonly max: number; readonly unit: Unit; readonly label: string };
}

/**
 * A way of looking at any picture while a person looks: pure, quick, and kept nowhere.
 *
 * FORENSIC: this serves looking. What is evidence is what run() keeps.
 */
export interface Lens<P> {
  /** Parameters that change what is worked out; the others are left out of its form. */
  readonly parameters: readonly string[];
  /** Parameter that only multiplies what is shown: a window applies it to the data that it has. */
  readonly gainParameter?: string;
  look(
    picture: { readonly width: number; readonly height: number; readonly data: Uint8Array },
    params: P,
    context: Pick<MethodContext, 'compute' | 'signal' | 'progress'>,
  ): Promise<LensPicture>;
}

/** External programs and codec libraries whose identity belongs to the result's key. */
export type Program = 'ffmpeg' | 'ffprobe' | 'sharp' | 'exifr';

export interface Method<P extends z.ZodType = z.ZodType> {
  readonly id: string;
  /** Whole number; raised whenever the same input could give another result. */
  readonly version: number;
  readonly programs: readonly Program[];
  /** Every parameter has a default, and bounds where it is a number. */
  readonly params: P;
  readonly references: readonly Reference[];
  /** Locale keys under the method's `limits` that hold for every result of it. */
  readonly limits: readonly string[];
  readonly kernels?: Kernels;
  /** Present when the method can be looked through live. */
  readonly lens?: Lens<z.infer<P>>;
  accepts(media: ExhibitMedia): Promise<Applicability>;
  needs(params: z.infer<P>): Needs;
  run(media: ExhibitMedia, params: z.infer<P>, context: MethodContext): Promise<MethodResult>;
}

/** Keeps the parameter type of a method while its descriptor is checked against {@link Method}. */
export function defineMethod<P extends z.ZodType>(method: Method<P>): Method<P> {
  return method;
}
