import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { CustodyEntry } from '../custody-entry.ts';

/** What stands before the first entry. */
export const noEntry = '0'.repeat(64);

export function sha256Hex(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 of the canonical entry without `hash` and `signature`, hex. */
export function entryDigest(entry: Omit<CustodyEntry, 'hash' | 'signature'>): string {
  const { seq, at, actor, action, subject, detail, key, prev } = entry;
  return sha256Hex(canonicalJson({ seq, at, actor, action, subject, detail, key, prev }));
}

/** The line of `custody.jsonl` for an entry, its newline included. */
export function entryLine(entry: CustodyEntry): string {
  return `${canonicalJson(entry)}\n`;
}
