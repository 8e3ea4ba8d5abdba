import { open, readFile } from 'node:fs/promises';
import type { CaseLayout } from '../case-layout.ts';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import type { CustodyEntry } from '../custody-entry.ts';
import { writeFileAtomically } from '../durable-file.ts';
import { systemCode, writeProblem } from '../file-problem.ts';
import type { CustodyAction, CustodyDetail } from './custody-action.ts';
import { readChain } from './custody-chain.ts';
import { entryDigest, entryLine, noEntry } from './custody-digest.ts';
import { headDigest, headOf, parseHead, type CustodyHead, type CustodyPoint } from './custody-head.ts';
import type { CustodySigner } from './custody-signer.ts';
import { splitLog, type LogLines } from './log-lines.ts';

/** What somebody wants the log to say. Number, time, actor, hash and signature are the log's own business. */
export type CustodyDraft = {
  [A in CustodyAction]: { readonly action: A; readonly subject: string; readonly detail: CustodyDetail<A> };
}[CustodyAction];

/** The custody log of an open case. */
export interface CustodyLog {
  /** All entries, oldest first. */
  entries(): readonly CustodyEntry[];
  /** The last entry's number and hash: what a sealed report carries. Undefined in a log without entries. */
  head(): CustodyPoint | undefined;
  /**
   * Signs and appends entries; they are on the disk, and the head file names the last of them, when this settles. On
   * failure the log is as it was. Calls made side by side are carried out one after another.
   *
   * @throws AssayError `disk-full`, `file-not-writable`; `wrong-use` in a case that was opened for reading
   */
  append(drafts: readonly CustodyDraft[]): Promise<readonly CustodyEntry[]>;
}

export interface StoredCustody extends LogLines {
  readonly entries: readonly CustodyEntry[];
  readonly problems: ReturnType<typeof readChain>['problems'];
  /** `unreadable` when the head file is there but is not one that Assay wrote. */
  readonly head: CustodyHead | 'unreadable' | undefined;
}

/** Reads the log and its head file as they lie there. Missing files count as empty. Throws the system's error. */
export async function readCustody(layout: CaseLayout): Promise<StoredCustody> {
  const lines = splitLog((await readOptional(layout.custody)) ?? Buffer.alloc(0));
  const headText = (await readOptional(layout.custodyHead))?.toString('utf8');
  const head = headText === undefined ? undefined : (parseHead(headText) ?? 'unreadable');
  return { ...lines, ...readChain(lines.lines), head };
}

async function readOptional(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export interface CustodyLogOptions {
  readonly layout: CaseLayout;
  readonly stored: Pick<StoredCustody, 'entries' | 'wholeBytes'>;
  readonly signer: CustodySigner;
  readonly clock: () => Date;
  /** Told of every new end of the log, after it is safe. */
  readonly onAppended: (head: CustodyPoint) => Promise<void>;
}

/** Opens a log whose chain holds for appending. The caller holds the case's lock. */
export function openCustodyLog(options: CustodyLogOptions): CustodyLog {
  const { layout, signer, clock } = options;
  const entries = [...options.stored.entries];
  let sizeBytes = options.stored.wholeBytes;
  let queue: Promise<unknown> = Promise.resolve();

  const appendNow = async (drafts: readonly CustodyDraft[]): Promise<readonly CustodyEntry[]> => {
    const added = signDrafts(drafts, entries.at(-1), signer, clock);
    const last = added.at(-1);
    if (last === undefined) return [];
    const bytes = Buffer.from(added.map(entryLine).join(''));
    try {
      await appendBytes(layout.custody, sizeBytes, bytes);
      await writeHead(layout, last, signer);
    } catch (error) {
      if (await takeBack(layout, sizeBytes, last)) throw writeProblem(layout.custody, error);
    }
    sizeBytes += bytes.length;
    for (const entry of added) entries.push(entry);
    await options.onAppended({ seq: last.seq, hash: last.hash });
    return added;
  };

  return {
    entries: () => entries,
    head: () => pointOf(entries.at(-1)),
    append(drafts) {
      const done = queue.then(() => appendNow(drafts));
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

export function pointOf(entry: CustodyEntry | undefined): CustodyPoint | undefined {
  return entry && { seq: entry.seq, hash: entry.hash };
}

/** Numbers, dates, links, hashes and signs what the drafts say. */
export function signDrafts(
  drafts: readonly CustodyDraft[],
  after: CustodyPoint | undefined,
  signer: CustodySigner,
  clock: () => Date,
): CustodyEntry[] {
  const at = clock().toISOString();
  const entries: CustodyEntry[] = [];
  let before = after ?? { seq: -1, hash: noEntry };
  for (const { action, subject, detail } of drafts) {
    const content = {
      ...{ seq: before.seq + 1, at, actor: signer.actor, action, subject },
      ...{ detail: detail as Record<string, unknown>, key: signer.key, prev: before.hash },
    };
    const hash = entryDigest(content);
    const entry: CustodyEntry = { ...content, hash, signature: signer.sign(Buffer.from(hash, 'hex')) };
    entries.push(entry);
    before = entry;
  }
  return entries;
}

/** Writes the signed head file that names this entry as the last. */
export async function writeHead(layout: CaseLayout, last: CustodyEntry, signer: CustodySigner): Promise<void> {
  const content = { ...headOf(last), key: signer.key };
  const head: CustodyHead = { ...content, signature: signer.sign(headDigest(content)) };
  await writeFileAtomically(layout.custodyHead, canonicalJsonFile(head));
}

async function appendBytes(path: string, offset: number, bytes: Buffer): Promise<void> {
  // Positioned, not in append mode: the log's length is known, and what a failed append left is written over.
  const handle = await open(path, 'r+');
  try {
    for (let done = 0; done < bytes.length;)
      done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Cuts a failed append off again; false when the head already names it, and it stands. */
async function takeBack(layout: CaseLayout, sizeBytes: number, last: CustodyEntry): Promise<boolean> {
  try {
    const head = parseHead(await readFile(layout.custodyHead, 'utf8').catch(() => ''));
    if (head?.hash === last.hash) return false;
    const handle = await open(layout.custody, 'r+');
    try {
      await handle.truncate(sizeBytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The disk refuses this too. What is left is a torn or unannounced end, which the next opening takes care of.
  }
  return true;
}
