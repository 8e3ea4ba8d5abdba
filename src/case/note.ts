import { z } from 'zod';

/**
 * One line of `notes.jsonl`: what a person adds to a case. A note is never changed; a later one supersedes it.
 * `kind` names what `body` is: `note`, `bookmark` (time span and region), `assessment`, `provenance`, …
 */
export const Note = z.strictObject({
  /** `N001`, `N002`, … in the order of writing. */
  id: z.string().regex(/^N\d{3,}$/),
  at: z.iso.datetime(),
  actor: z.string(),
  kind: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  body: z.record(z.string(), z.unknown()),
  /** The note that this one replaces. */
  supersedes: z.string().optional(),
});
export type Note = z.infer<typeof Note>;
export type NoteDraft = Pick<Note, 'kind' | 'body' | 'supersedes'>;
