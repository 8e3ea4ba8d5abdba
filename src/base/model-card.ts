import { z } from 'zod';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/);
const Scaling = { mean: z.number().default(0), deviation: z.number().positive().default(1) };

/**
 * What a learned model of audio-video sync is and eats: `model.json` of its folder. Two inputs, one number out; whatever is inside
 * is the model's own affair.
 */
export const ModelCard = z.strictObject({
  schema: z.literal('assay.model/1'),
  name: z.string().min(1).max(120),
  version: z.string().min(1).max(40),
  licence: z.string().min(1).max(200),
  /** File with the model card's words: who trained it, on what, and how often it errs. */
  card: FileName,
  /** ONNX file and its SHA-256. */
  file: FileName,
  sha256: Sha256,
  picture: z.strictObject({
    /** Name of the input: float32 [1, channels, frames, height, width]; (level/255 − mean) / deviation. */
    input: z.string().min(1),
    channels: z.enum(['grey', 'rgb']),
    frames: z.number().int().min(1).max(50),
    width: z.number().int().min(8).max(512),
    height: z.number().int().min(8).max(512),
    /** Frames a second that the model expects. */
    rate: z.number().min(5).max(60),
    /** What is cut out: the mouth's region, or the whole picture. */
    region: z.enum(['mouth', 'picture']).default('mouth'),
    ...Scaling,
  }),
  sound: z.strictObject({
    /** Name of the input: float32 [1, samples] of mono sound at 16 kHz from the first frame on; (sample − mean) / deviation. */
    input: z.string().min(1),
    samples: z.number().int().min(160).max(80_000),
    ...Scaling,
  }),
  /** Name of the output, and whether a larger number means that picture and sound correspond, or a smaller one. */
  output: z.strictObject({ name: z.string().min(1), meaning: z.enum(['higher-corresponds', 'lower-corresponds']) }),
});
export type ModelCard = z.infer<typeof ModelCard>;

/** Most bytes of a model and of its card. */
export const largestModelBytes = 512 * 2 ** 20;
export const largestCardBytes = 2 ** 20;
