import { z } from 'zod';
import { defineOperation } from './operation.ts';

/** One progress report of a job; `seq` grows by one, so that a watcher asks for what it has not seen. */
export const JobEvent = z.strictObject({
  seq: z.number().int(),
  stage: z.string(),
  subject: z.string().optional(),
  done: z.number(),
  total: z.number().optional(),
  unit: z.enum(['bytes', 'frames', 'ms', 'items']),
  /** What is known of the subject now: an exhibit's number and hashes, or why it was refused. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** ms since the job started, by the engine's monotonic clock: the base of speed and estimate. */
  atMs: z.number(),
});
export type JobEvent = z.infer<typeof JobEvent>;

export const JobState = z.enum(['running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/** Every operation marked as a job answers this at once; its own output comes with the last `job.watch`. */
export const StartedJob = z.strictObject({ job: z.string() });

/** Long poll: answers when something newer than `since` is there, the job ended, or after about 20 s. */
export const watchJob = defineOperation('job.watch', {
  input: z.strictObject({ job: z.string(), since: z.number().int() }),
  output: z.strictObject({
    state: JobState,
    /** Latest event of each stage and subject that changed after `since`. */
    events: z.array(JobEvent),
    seq: z.number().int(),
    /** The operation's own output, once done. */
    output: z.unknown().optional(),
    error: z.strictObject({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
  }),
});

export const cancelJob = defineOperation('job.cancel', {
  input: z.strictObject({ job: z.string() }),
  output: z.strictObject({ state: JobState }),
});
