import { z } from 'zod';

export const AvSyncParams = z.strictObject({
  /** Departure of a sound packet from the end of the one before, above which it is a gap or an overlap. */
  gapToleranceMs: z.number().min(0.5).max(1000).default(10),
  /** Difference between what an edit list says and what the packets have, above which both are named. */
  disagreementMs: z.number().min(1).max(1000).default(5),
});
export type AvSyncParams = z.infer<typeof AvSyncParams>;
