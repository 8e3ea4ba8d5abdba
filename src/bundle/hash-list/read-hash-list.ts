import { open } from 'node:fs/promises';
import { AssayError } from '../../base/errors.ts';
import { hashListText, readHashListEntries, readHashListHead, type HashListEntry } from '../../base/hash-list.ts';
import { readProblem, systemCode } from '../../case/file-problem.ts';
import { verifyDetached } from '../../seal/signature/verify-detached.ts';

/** What a person says about a list that does not say it itself. */
export interface HashListWords {
  readonly name?: string | undefined;
  readonly source?: string | undefined;
  readonly date?: string | undefined;
}

/** A list to keep; with its own signature where it came with one that holds. */
export interface ReadHashList {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array | undefined;
}

/** SECURITY: a list is read whole; a longer one is refused. Some five million entries fit. */
const mostBytes = 512 * 1024 * 1024;

/**
 * Reads a hash list: one of ours, with its signature beside it (`<file>.p7s`), or any text whose lines hold a SHA-256 or
 * an MD5: what `sha256sum` and `md5sum` print, or a table with commas, tabs or semicolons. Of a line with both, the
 * SHA-256 counts.
 *
 * @throws AssayError `hash-list-unreadable`, `hash-list-broken` for a list of ours that was changed, `wrong-use` where a
 *   plain list is to be taken in without name, source and date; `file-not-found`, `file-not-readable`
 */
export async function readHashList(path: string, words: HashListWords): Promise<ReadHashList> {
  const bytes = await readBounded(path);
  if (bytes === undefined) throw new AssayError('file-not-found', { path });
  const signature = await readBounded(`${path}.p7s`);
  if (readHashListHead(bytes) !== undefined) {
    if (readHashListEntries(bytes) === undefined) throw new AssayError('hash-list-broken', { path });
    if (signature !== undefined) {
      const { signers } = verifyDetached(bytes, signature);
      if (signers.length === 0 || !signers.every(({ valid }) => valid))
        throw new AssayError('hash-list-broken', { path });
    }
    return { bytes, signature };
  }
  const entries = plainEntries(bytes.toString('utf8'));
  if (entries.length === 0) throw new AssayError('hash-list-unreadable', { path });
  const { name, source, date } = words;
  if (name === undefined || source === undefined || date === undefined)
    throw new AssayError('hash-list-words-missing', { path });
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new AssayError('setting-invalid', { setting: '--date', problem: date });
  return { bytes: Buffer.from(hashListText({ name, source, date }, entries)), signature: undefined };
}

const token = /(?<![0-9a-fA-F])(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{32})(?![0-9a-fA-F])/g;

function plainEntries(text: string): HashListEntry[] {
  const entries: HashListEntry[] = [];
  for (const line of text.split(/\r?\n/)) {
    const found = line.match(token) ?? [];
    const hash = found.find(({ length }) => length === 64) ?? found[0];
    if (hash === undefined) continue;
    const label = found
      .reduce((rest, digits) => rest.replace(digits, ''), line)
      .replace(/[\\,;\t"*|]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    entries.push({ hash: hash.toLowerCase(), label });
  }
  return entries;
}

async function readBounded(path: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      if (size > mostBytes) throw new AssayError('hash-list-unreadable', { path });
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw readProblem(path, error);
  }
}
