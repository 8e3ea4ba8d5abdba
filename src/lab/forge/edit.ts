import { z } from 'zod';
import { EncodingChoice } from './encoding-choice.ts';

const FrameIndex = z.number().int().nonnegative();
const Count = z.number().int().min(1).max(100_000);
const Ms = z.number().nonnegative();
const Seed = z.number().int().min(0).max(0xffffffff);
const Share = z.enum(['along', 'keep']);

/** A rectangle in whole pixels of the picture. */
export const Region = z.strictObject({
  x: z.number().int().nonnegative(),
  y: z.number().int().nonnegative(),
  width: z.number().int().min(2),
  height: z.number().int().min(2),
});
export type Region = z.infer<typeof Region>;

/**
 * One change to picture or sound. Edits are made in the order of their list; frames and times of each are those of the
 * clip as the edits before it left it. `sound: 'along'` edits the sound of the same span too, `'keep'` leaves
 * the sound alone, so that picture and sound are apart from there on.
 */
export const Edit = z.discriminatedUnion('kind', [
  /** Moves the sound by whole samples; positive is ahead of the picture. The gap is silent, or what fell off fills it. */
  z.strictObject({
    kind: z.literal('shift-sound'),
    ms: z.number().min(-10_000).max(10_000),
    fill: z.enum(['silence', 'wrap']).default('silence'),
  }),
  /** Lets the sound run ever further ahead (positive) or behind, by resampling. */
  z.strictObject({ kind: z.literal('drift-sound'), msPerMinute: z.number().min(-6000).max(6000) }),
  /** Moves the sound's time stamps in the container and not one sample; positive is ahead of the picture. */
  z.strictObject({ kind: z.literal('offset-container'), ms: z.number().min(-5000).max(5000) }),
  z.strictObject({ kind: z.literal('remove-frames'), frame: FrameIndex, count: Count, sound: Share.default('keep') }),
  /** Shows the run of frames again, `times` more times; a run of one is a freeze. */
  z.strictObject({
    kind: z.literal('repeat-frames'),
    frame: FrameIndex,
    count: Count.default(1),
    times: z.number().int().min(1).max(10_000).default(1),
    sound: Share.default('keep'),
  }),
  /** Puts `count` frames in front of `frame`: black ones, a run from elsewhere in the clip, or another presenter's. */
  z.strictObject({
    kind: z.literal('insert-frames'),
    frame: FrameIndex,
    count: Count,
    from: z.discriminatedUnion('source', [
      z.strictObject({ source: z.literal('black') }),
      z.strictObject({ source: z.literal('clip'), frame: FrameIndex }),
      z.strictObject({ source: z.literal('presenter'), seed: Seed }),
    ]),
    sound: Share.default('keep'),
  }),
  /**
   * Lays a region of the frame `from` over frames `frame` … `frame + count - 1`, at `to` (default: the same place).
   * `follow` takes the source frame forward with each frame instead of holding it.
   */
  z.strictObject({
    kind: z.literal('paste-region'),
    frame: FrameIndex,
    count: Count.default(1),
    from: FrameIndex,
    region: Region,
    to: z.strictObject({ x: z.number().int().nonnegative(), y: z.number().int().nonnegative() }).optional(),
    follow: z.boolean().default(false),
    /** Width of the soft edge inside the region, pixels. */
    feather: z.number().int().min(0).max(64).default(0),
  }),
  /** Takes the face, head and body out of the picture; only where the forge draws, before any re-encoding. */
  z.strictObject({ kind: z.literal('hide-face'), frame: FrameIndex.default(0), count: Count.optional() }),
  /** Takes a stretch of sound out; what follows moves forward. */
  z.strictObject({ kind: z.literal('cut-sound'), atMs: Ms, lengthMs: z.number().positive(), fadeMs: Ms.default(0) }),
  /** Puts other sound in place of a stretch, or (`mode: 'insert'`) between; a fade of 0 is a hard seam. */
  z.strictObject({
    kind: z.literal('splice-sound'),
    atMs: Ms,
    lengthMs: z.number().positive(),
    mode: z.enum(['replace', 'insert']).default('replace'),
    with: z.discriminatedUnion('sound', [
      z.strictObject({ sound: z.literal('voice'), seed: Seed }),
      z.strictObject({ sound: z.literal('room'), seed: Seed, levelDb: z.number().min(-90).max(-10).default(-55) }),
      z.strictObject({ sound: z.literal('music'), seed: Seed }),
      z.strictObject({ sound: z.literal('silence') }),
      z.strictObject({ sound: z.literal('clip'), fromMs: Ms }),
    ]),
    fadeMs: Ms.default(0),
  }),
  /** Cuts the sound's bandwidth without moving it (linear phase, delay taken out). */
  z.strictObject({ kind: z.literal('low-pass'), cutoffHz: z.number().min(100).max(24_000) }),
  z.strictObject({ kind: z.literal('mute'), startMs: Ms.default(0), endMs: Ms.optional() }),
  z.strictObject({ kind: z.literal('add-noise'), levelDb: z.number().min(-90).max(0), seed: Seed.default(1) }),
  /** All of the sound is music, or another voice: of a seed, or of a media file (sound of its first stream). */
  z.strictObject({ kind: z.literal('music'), seed: Seed.default(1) }),
  z.strictObject({
    kind: z.literal('cross-dub'),
    voice: z.union([z.strictObject({ seed: Seed }), z.strictObject({ file: z.string().min(1) })]),
  }),
  /** Encodes the clip as it is now, decodes that, and goes on from there with this encoding. */
  z.strictObject({ kind: z.literal('re-encode'), ...EncodingChoice.shape }),
]);
export type Edit = z.infer<typeof Edit>;
export type EditInput = z.input<typeof Edit>;

/** Narrows an edit to one kind. */
export type EditOf<K extends Edit['kind']> = Extract<Edit, { kind: K }>;
