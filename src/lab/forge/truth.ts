import { z } from 'zod';
import { Edit } from './edit.ts';
import { SoundCodec, VideoCodec, containers } from './encoding-choice.ts';
import { ForgeSpec } from './spec.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Whole = z.number().int().nonnegative();
/** x, y, width, height in pixels. */
const Box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const Apart = z.enum([
  'silence',
  'other-voice',
  'music',
  'room',
  'none',
  'no-face',
  'foreign-picture',
  'frozen-picture',
]);

/** How far the sound is ahead of the picture over a stretch (positive = sound ahead), or why there is no such number. */
const LeadStretch = z.strictObject({
  startMs: z.number(),
  endMs: z.number(),
  startLeadMs: z.number().optional(),
  endLeadMs: z.number().optional(),
  apart: Apart.optional(),
});

const EditTruth = z.strictObject({
  asked: Edit,
  removed: z.array(Whole).optional(),
  changed: z.array(Whole).optional(),
  added: z.array(Whole).optional(),
  startMs: z.number().optional(),
  endMs: z.number().optional(),
  samples: z.strictObject({ from: Whole, to: Whole }).optional(),
  movedSamples: z.number().int().optional(),
  movedMs: z.number().optional(),
  rate: z.number().optional(),
});

const Pass = z.strictObject({
  encoding: z.strictObject({
    container: z.enum(containers),
    codec: VideoCodec,
    quality: z.number(),
    gop: z.number().int(),
    bFrames: z.number().int(),
    soundCodec: SoundCodec,
    soundKbps: z.number().int(),
  }),
  framesSha256: Sha256.nullable(),
  pcmSha256: Sha256.nullable(),
  arguments: z.array(z.string()),
});

/** What is the same for a forged clip and for an edited one. */
const common = {
  /** The clip that this file stands beside. */
  clip: z.strictObject({ file: z.string(), sha256: Sha256, sizeBytes: Whole }),
  /** Every encoding, in order; the digests of the first pass of a forged clip depend on the specification alone. */
  passes: z.array(Pass).min(1),
  edits: z.array(EditTruth),
  /** Frames of the untouched clip that are gone; frames of this clip that are repeated or inserted. */
  removedFrames: z.array(Whole),
  repeatedFrames: z.array(Whole),
  insertedFrames: z.array(Whole),
  /**
   * By how much the content's sound is ahead, on the clip's time; and what comes on top when it is played: time stamps that an
   * edit shifted, and a delay of the encoder that the container does not tell.
   */
  audioLead: z.array(LeadStretch),
  containerLeadMs: z.number(),
  encoderLeadMs: z.number(),
  /** Columns, one value a frame of this clip. `shows`: frame of the untouched clip, or null. */
  frames: z.strictObject({
    startMs: z.array(z.number()),
    shows: z.array(Whole.nullable()),
    showsMs: z.array(z.number().nullable()),
  }),
  /** Where stretches of the sound come from: an instant of the untouched sound and a rate, or a stranger's. */
  sound: z
    .strictObject({
      sampleRateHz: Whole,
      channels: Whole,
      samples: Whole,
      spans: z.array(
        z.strictObject({
          startMs: z.number(),
          endMs: z.number(),
          saysMs: z.number().optional(),
          rate: z.number().optional(),
          apart: Apart.optional(),
        }),
      ),
    })
    .nullable(),
  ffmpeg: z.strictObject({ version: z.string(), sha256: Sha256 }),
} as const;

/** `<clip>.truth.json` beside a clip that the forge made out of nothing. */
export const Truth = z.strictObject({
  schema: z.literal('assay.truth/1'),
  spec: ForgeSpec,
  ...common,
  picture: z.strictObject({
    width: Whole,
    height: Whole,
    pixelFormat: z.literal('yuv420p'),
    matrix: z.enum(['bt601', 'bt709']),
    timeBase: z.strictObject({ num: Whole, den: Whole }),
    durationMs: z.number(),
    /** Columns beside `frames`, null where no face of the presenter is seen. */
    face: z.array(Box.nullable()),
    mouth: z.array(Box.nullable()),
    /** Gap between the lips in the middle, pixels; and the articulation's opening, 0 while /p b m/ shut them. */
    gapPx: z.array(z.number().nullable()),
    opening: z.array(z.number().nullable()),
  }),
  /**
   * What is said, on the speaker's own clock, whose 0 is the untouched clip's first frame: `sound.spans` lead from the
   * clip's time to it. A stop is closed from startMs to releaseMs; `lips: closed` are /p b m/.
   */
  speech: z.strictObject({
    pitchHz: z.number(),
    phones: z.array(
      z.strictObject({
        symbol: z.string(),
        startMs: z.number().int(),
        releaseMs: z.number().int(),
        endMs: z.number().int(),
        lips: z.enum(['free', 'closed', 'on-teeth']),
        stressed: z.boolean(),
      }),
    ),
  }),
});
export type Truth = z.infer<typeof Truth>;

/** `<clip>.truth.json` beside a clip that was edited from another: the truth of the change alone. */
export const ChangeTruth = z.strictObject({
  schema: z.literal('assay.change/1'),
  source: z.strictObject({ file: z.string(), sha256: Sha256, sizeBytes: Whole }),
  ...common,
});
export type ChangeTruth = z.infer<typeof ChangeTruth>;

/** Name of the truth file of a clip. */
export function truthPath(clipPath: string): string {
  return `${clipPath}.truth.json`;
}
