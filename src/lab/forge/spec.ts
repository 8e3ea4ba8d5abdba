import { z } from 'zod';
import { Edit } from './edit.ts';
import { EncodingChoice } from './encoding-choice.ts';
import { FrameRate } from './frame-rate.ts';
import { distractions } from './picture/scene.ts';

const Even = z.number().int().multipleOf(2);
const Seed = z.number().int().min(0).max(0xffffffff);

/** Speech exists this long before and after the clip, so that a shifted sound has no silent end. */
export const marginMs = 2000;

/** What to forge. Every field has a default; the same specification gives the same raw frames and PCM, bit by bit. */
export const ForgeSpec = z.strictObject({
  seconds: z.number().min(0.2).max(1800).default(10),
  width: Even.min(64).max(3840).default(640),
  height: Even.min(64).max(2160).default(360),
  frameRate: FrameRate.default(25),
  /** Chooses face, room, voice and words. */
  seed: Seed.default(1),
  /** How far the sound is ahead of the picture, ms (ITU-R BT.1359: positive = sound first), to the nearest sample. */
  audioLeadMs: z.number().min(-marginMs).max(marginMs).default(0),
  /** How far the lips are ahead of the voice by nature. It is not part of audioLeadMs. */
  lipLeadMs: z.number().min(-300).max(300).default(0),
  /** Hairline to chin, pixels; half the picture's height where it is not given. */
  facePx: z.number().min(8).max(1600).optional(),
  headMotion: z.number().min(0).max(3).default(1),
  /** How far the mouth is seen to open: 0.4 mumbles, 1.3 overdoes it. */
  mouthMotion: z.number().min(0).max(1.5).default(1),
  /** Standard deviation of the sensor's noise at middle grey, 8-bit levels. */
  noise: z.number().min(0).max(24).default(1.5),
  distractions: z.array(z.enum(distractions)).default([]),
  /** When the presenter speaks, ms of the speaker's clock; empty: throughout. */
  turns: z
    .array(z.strictObject({ startMs: z.number(), endMs: z.number() }))
    .max(500)
    .default([]),
  /** Instants of the picture, ms, at which two hands beside the face clap; each is heard as the lead says. */
  claps: z.array(z.number().nonnegative()).max(500).default([]),
  sampleRateHz: z
    .union([8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000].map((rate) => z.literal(rate)))
    .default(48_000),
  channels: z.union([z.literal(1), z.literal(2)]).default(1),
  /** Early reflections of the room: 0 none, 1 a small office. */
  echo: z.number().min(0).max(3).default(0.6),
  /** Level of the room's hush, dB against full scale. */
  roomToneDb: z.number().min(-120).max(-10).default(-62),
  encoding: EncodingChoice.default({}),
  edits: z.array(Edit).max(200).default([]),
});
export type ForgeSpec = z.infer<typeof ForgeSpec>;
export type ForgeSpecInput = z.input<typeof ForgeSpec>;

/** The height of the face that a specification comes to. */
export function facePxOf(spec: ForgeSpec): number {
  return spec.facePx ?? Math.round(spec.height * 0.5);
}
