import { z } from 'zod';
import { canonicalJson, canonicalJsonFile } from '../../base/canonical-json.ts';
import type { CustodyEntry } from '../custody-entry.ts';
import { sha256Hex } from './custody-digest.ts';

/** An entry's number and hash: how long the custody log was at some moment, and what it said. */
export interface CustodyPoint {
  readonly seq: number;
  readonly hash: string;
}

/**
 * `custody-head.json`: the last entry's number and hash, signed, written anew with each append. A log alone cannot tell
 * that its end was cut off; this can, together with the heads in sealed reports and the one each machine remembers.
 */
export const CustodyHead = z.strictObject({
  schema: z.literal('assay.custody-head/1'),
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** By the custody key, as for entries, over the SHA-256 of this object's canonical JSON without `signature`. */
  signature: z.string(),
});
export type CustodyHead = z.infer<typeof CustodyHead>;

export function headDigest(head: Omit<CustodyHead, 'signature'>): Uint8Array {
  const { schema, seq, hash, at, key } = head;
  return Buffer.from(sha256Hex(canonicalJson({ schema, seq, hash, at, key })), 'hex');
}

/** The head that says "this entry is the last", ready to be signed. */
export function headOf(entry: CustodyEntry): Omit<CustodyHead, 'signature'> {
  const { seq, hash, at, key } = entry;
  return { schema: 'assay.custody-head/1', seq, hash, at, key };
}

/** Reads a head file; undefined for anything but exactly what Assay writes. */
export function parseHead(text: string): CustodyHead | undefined {
  try {
    const head = CustodyHead.parse(JSON.parse(text));
    return canonicalJsonFile(head) === text ? head : undefined;
  } catch {
    return undefined;
  }
}
