import { z } from 'zod';

const Region = z.strictObject({
  x: z.number().min(0).max(100_000),
  y: z.number().min(0).max(100_000),
  width: z.number().min(8).max(100_000),
  height: z.number().min(8).max(100_000),
});

export const AvSyncParams = z.strictObject({
  /** Departure of a sound packet from the end of the one before, above which it is a gap or an overlap. */
  gapToleranceMs: z.number().min(0.5).max(1000).default(10),
  /** Difference between what an edit list says and what the packets have, above which both are named. */
  disagreementMs: z.number().min(1).max(1000).default(5),
  /** Whether pictures and sound are compared, or the container's timing alone is read. */
  content: z.enum(['measure', 'skip']).default('measure'),
  /** Mouth or face in pixels of the stored picture, where it is in the middle of the clip; null: proposed by the method. */
  region: Region.nullable().default(null),
  /** Largest lag that is looked for, either way. */
  searchMs: z.number().int().min(300).max(1500).multipleOf(20).default(700),
  /** Chance of a peak as high with sound that does not belong, above which no lag is told. */
  mostChance: z.number().min(0.000_001).max(0.05).default(0.002),
  /** Length of the windows of the lag over time. */
  windowSeconds: z.number().min(3).max(20).default(6),
  /** By how much lips are ahead of the voice by nature; taken off the measured lag. */
  naturalLeadMs: z.number().min(-100).max(200).default(20),
  /** Mismatched voices that the peak is held against. */
  mismatches: z.number().int().min(20).max(200).default(60),
  /** SHA-256 of a registered model's `model.json` that runs beside the measurement; empty for none. */
  model: z
    .string()
    .regex(/^([0-9a-f]{64})?$/)
    .default(''),
});
export type AvSyncParams = z.infer<typeof AvSyncParams>;
