import { canonicalJson } from '../../base/canonical-json.ts';
import { CustodyEntry } from '../custody-entry.ts';
import { entryDigest, noEntry } from './custody-digest.ts';

/**
 * What is wrong with a line, named by the entry it concerns.
 * `malformed`: it is no entry, or not in the one form in which Assay writes it. `altered`: its hash is not that of its
 * content. `missing`: entries `entry`…`to` are not there. `out-of-order`: an entry stands where a later one was due.
 * `unlinked`: it does not continue the entry before it.
 */
export interface ChainProblem {
  readonly kind: 'malformed' | 'altered' | 'missing' | 'out-of-order' | 'unlinked';
  /** Number of the entry, or of the line (from 0) where the line is no entry. */
  readonly entry: number;
  readonly to?: number;
}

export interface CustodyChain {
  /** Every line that is an entry, in the order of the file, whether or not it is in place. */
  readonly entries: readonly CustodyEntry[];
  readonly problems: readonly ChainProblem[];
}

/**
 * Reads the lines of a custody log and checks that each entry has the hash of its content and continues the one
 * before. Signatures are another matter. Never throws on what the lines hold.
 */
export function readChain(lines: readonly Buffer[]): CustodyChain {
  const entries: CustodyEntry[] = [];
  const problems: ChainProblem[] = [];
  let before: { readonly seq: number; readonly hash: string } | undefined = { seq: -1, hash: noEntry };
  for (const [line, bytes] of lines.entries()) {
    const entry = parseEntry(bytes);
    if (entry === undefined) {
      problems.push({ kind: 'malformed', entry: line });
      before = undefined;
      continue;
    }
    entries.push(entry);
    const { seq, hash, prev } = entry;
    if (entryDigest(entry) !== hash) problems.push({ kind: 'altered', entry: seq });
    // After a line that is no entry it cannot be said what the next one should continue.
    if (before !== undefined) {
      const due = before.seq + 1;
      if (seq > due) problems.push({ kind: 'missing', entry: due, to: seq - 1 });
      else if (seq < due) problems.push({ kind: 'out-of-order', entry: seq });
      else if (prev !== before.hash) problems.push({ kind: 'unlinked', entry: seq });
    }
    before = { seq, hash };
  }
  return { entries, problems };
}

/** One entry from its line; undefined for anything but exactly what Assay writes, to the byte. */
export function parseEntry(line: Buffer): CustodyEntry | undefined {
  try {
    const text = line.toString('utf8');
    const entry = CustodyEntry.parse(JSON.parse(text));
    return Buffer.compare(Buffer.from(canonicalJson(entry)), line) === 0 ? entry : undefined;
  } catch {
    return undefined;
  }
}
