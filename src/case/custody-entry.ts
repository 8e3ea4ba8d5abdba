import { z } from 'zod';

/**
 * One line of `custody.jsonl` (RFC 8785 text). `hash` is the SHA-256 of the canonical entry without `hash` and
 * `signature`; `prev` is the hash of the entry before, or 64 zeros; `signature` is ECDSA P-256 / SHA-256 (base64, IEEE P1363)
 * by the custody key over the 32 bytes of `hash`.
 */
export const CustodyEntry = z.strictObject({
  seq: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  /** Name on the identity that certified the custody key. */
  actor: z.string(),
  /** `case.created`, `key.certified`, `exhibit.added`, `exhibit.refused`, `examination.recorded`, `report.sealed`, `note.added`, … */
  action: z.string(),
  /** What it was done to: `case`, `E001`, `E001/examinations/<key>`, `R001`. */
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string(),
});
export type CustodyEntry = z.infer<typeof CustodyEntry>;
