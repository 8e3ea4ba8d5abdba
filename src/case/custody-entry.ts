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
  /** One of `custody/custody-action.ts`; a later Assay may know more. Words for people: `case:actions.<action>`. */
  action: z.string(),
  /** What it was done to: `case`, `E001`, `E001/examinations/<key>`, `R001`. */
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** SHA-256 of the certificate (DER) of the custody key that signed: which of the case's `key.certified` entries holds it. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string(),
});
export type CustodyEntry = z.infer<typeof CustodyEntry>;
