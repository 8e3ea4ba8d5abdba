import { AssayError } from '../../base/errors.ts';
import type { CaseLayout } from '../case-layout.ts';
import { certifiedKeys, isSigned } from './certified-keys.ts';
import { headDigest, type CustodyPoint } from './custody-head.ts';
import type { StoredCustody } from './custody-log.ts';

/** The end that the log once had and has no more. */
export type RolledBack = CustodyPoint;

/**
 * Refuses to add to a log whose chain is broken or that is shorter than it was known to be: by its own signed head, or
 * by this machine's memory. What is missing cannot be put back here, and adding on top would bury it.
 *
 * @returns the lost end where the person accepted that, otherwise undefined
 * @throws AssayError `custody-broken`, `custody-rolled-back`
 */
export function requireSoundEnd(
  layout: CaseLayout,
  custody: StoredCustody,
  lastSeen: CustodyPoint | undefined,
  accepted: boolean,
): RolledBack | undefined {
  const path = layout.folder;
  const { entries, head } = custody;
  const [problem] = custody.problems;
  if (problem !== undefined) throw new AssayError('custody-broken', { path, entry: problem.entry });
  const found = entries.length - 1;
  if (found < 0) throw new AssayError('custody-broken', { path, entry: 0 });
  const ends = [...(head === undefined || head === 'unreadable' ? [] : [head]), ...(lastSeen ? [lastSeen] : [])];
  for (const { seq, hash } of ends) {
    if (entries[seq]?.hash === hash) continue;
    if (accepted) return { seq, hash };
    // An entry of that number with another hash is another history, not a shorter one.
    if (seq <= found) throw new AssayError('custody-broken', { path, entry: seq });
    throw new AssayError('custody-rolled-back', { path, seen: seq, found });
  }
  const keys = certifiedKeys(entries);
  if (head !== undefined && head !== 'unreadable') {
    if (!isSigned(keys, head, headDigest(head))) throw new AssayError('custody-broken', { path, entry: head.seq });
    // SECURITY: entries that no head names yet are what a kill left, or what somebody without a key wrote.
    for (const entry of entries.slice(head.seq + 1))
      if (!isSigned(keys, entry, Buffer.from(entry.hash, 'hex')))
        throw new AssayError('custody-broken', { path, entry: entry.seq });
  } else {
    // Without the head nobody can say how long the log was, unless this machine remembers this very end.
    if (lastSeen?.seq === found) return undefined;
    if (accepted) return lastSeen ?? { seq: found, hash: entries[found]?.hash ?? '' };
    throw new AssayError('custody-broken', { path, entry: found });
  }
  return undefined;
}
