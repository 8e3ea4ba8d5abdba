import { z } from 'zod';

/**
 * One thing that verification looked at. `code` is a locale key under `report:checks`; `subject` names the file,
 * custody entry or certificate. Verification lists every check, not only those that failed.
 */
export const Check = z.strictObject({
  area: z.enum(['integrity', 'signature', 'certificate', 'timestamp', 'custody', 'schema']),
  code: z.string(),
  outcome: z.enum(['passed', 'failed', 'not-checked']),
  subject: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
export type Check = z.infer<typeof Check>;

/** True when nothing failed. What was not checked is said beside it, never counted as passed. */
export function allPassed(checks: readonly Check[]): boolean {
  return checks.every((check) => check.outcome !== 'failed');
}
