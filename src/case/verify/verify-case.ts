import { lstat } from 'node:fs/promises';
import type { Check } from '../../base/check.ts';
import { isAssayError } from '../../base/errors.ts';
import { silent, type Progress } from '../../base/progress.ts';
import type { Certificate } from '../../seal/certificate/certificate.ts';
import { findTrustedPath } from '../../seal/certificate/certificate-chain.ts';
import { caseFiles, caseLayout, inCase, type CaseLayout } from '../case-layout.ts';
import type { CaseRecord } from '../case-record.ts';
import { certifiedKeys, type CertifiedKey } from '../custody/certified-keys.ts';
import { detailOf } from '../custody/custody-action.ts';
import { readCustody, type StoredCustody } from '../custody/custody-log.ts';
import { readLastSeen } from '../custody/last-seen.ts';
import { readProblem } from '../file-problem.ts';
import { openHashCrew } from '../intake/hash-crew.ts';
import { openSlotRing } from '../intake/slot-ring.ts';
import { readLockOwner } from '../lock/case-lock.ts';
import { livenessOf, thisProcess } from '../lock/lock-owner.ts';
import { sha256OfFile } from '../recorded-files.ts';
import { readCaseRecord } from '../read-case-record.ts';
import {
  checkChain,
  checkChapters,
  checkClock,
  checkHead,
  checkKeys,
  checkPoint,
  checkSignatures,
} from './check-custody.ts';
import { checkFiles } from './check-files.ts';
import { openCheckList, type CheckList } from './check-list.ts';
import { checkNotes } from './check-notes.ts';
import { dueFiles, straysAmong } from './due-files.ts';
import { listFiles } from './list-files.ts';
import { sealedHeadsIn, type SealedHead } from './sealed-heads.ts';

export interface VerifyOptions {
  /** Certificates of identities, or of authorities above them, that the person vouches for. */
  readonly trusted?: readonly Certificate[];
  /** Folder of the app's own state: what this machine last saw of the case. */
  readonly state?: string;
  /** Heads in sealed reports that are not in the case folder, such as one that was sent to a court. */
  readonly sealedHeads?: readonly SealedHead[];
  /** Stage `verify`, in bytes. */
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Checks a whole case without changing anything: the custody log's chain, signatures, keys and ends, and every file of
 * the folder against what the log says. Each failure names the entry or the file. It takes no lock; a case that somebody
 * is writing to is said to be so.
 *
 * @throws AssayError `not-a-case` where there is neither case.json nor a custody log, `file-not-readable`, `cancelled`
 */
export async function verifyCase(folder: string, options: VerifyOptions = {}): Promise<readonly Check[]> {
  const layout = caseLayout(folder);
  const checks = openCheckList();
  const custody = await readCustody(layout).catch((error: unknown) => {
    throw readProblem(layout.custody, error);
  });
  const record = await recordOf(layout, custody);
  await checkLock(layout, checks);
  checkChain(custody, checks);
  const keys = certifiedKeys(custody.entries);
  checkSignatures(custody.entries, keys, checks);
  checkKeys(custody.entries, keys, record, trustedKey(options.trusted), checks);
  checkHead(custody, keys, checks);
  checkChapters(custody.entries, checks);
  checkClock(custody.entries, checks);
  if (options.state !== undefined && record !== undefined)
    await checkLastSeen(custody, options.state, record.id, checks);

  const lying = await listFiles(folder);
  for (const head of [...(options.sealedHeads ?? []), ...(await sealedHeadsIn(layout, lying))])
    if (checkPoint(custody, head, 'custody-sealed', head.source, checks))
      checks.passed('custody', 'custody-sealed', head.source, { entries: head.seq + 1 });

  const due = dueFiles(custody.entries, lying);
  const strays = straysAmong(lying, due);
  for (const path of strays.unlisted) checks.failed('integrity', 'file-unlisted', path);
  for (const path of [...strays.unfinished, ...due.unnamed]) checks.notChecked('integrity', 'unfinished', path);
  if (strays.unlisted.length === 0) checks.passed('integrity', 'no-stray-files', '.', { files: due.files.length });
  await checkNotes(layout, custody.entries, checks);

  const { progress = silent, signal = new AbortController().signal } = options;
  const ring = openSlotRing(2 * 1024 * 1024, 8);
  const crew = openHashCrew(ring.memory);
  let total = 0;
  for (const { liesAt } of due.files) total += await sizeOf(inCase(layout, liesAt));
  let done = 0;
  const advance = (bytes: number): void => {
    done += bytes;
    progress({ stage: 'verify', done: Math.min(done, total), total, unit: 'bytes' });
  };
  try {
    await checkFiles({ layout, machine: { ring, crew }, checks, advance, signal }, due.files);
  } finally {
    await crew.close();
  }
  return checks.all();
}

/** The case's record; undefined where it does not hold, which the check of its file says. */
async function recordOf(layout: CaseLayout, custody: StoredCustody): Promise<CaseRecord | undefined> {
  try {
    return await readCaseRecord(layout);
  } catch (error) {
    if (isAssayError(error, 'not-a-case') && custody.lines.length === 0) throw error;
    const isNewer = isAssayError(error, 'case-newer') && (await isAsRecorded(layout, custody));
    if (isNewer || isAssayError(error, 'file-not-readable')) throw error;
    return undefined;
  }
}

/** Tells a record that a later Assay wrote from one that somebody changed to look like that. */
async function isAsRecorded(layout: CaseLayout, custody: StoredCustody): Promise<boolean> {
  const created = custody.entries
    .map((entry) => detailOf(entry, 'case.created'))
    .find((detail) => detail !== undefined);
  return created === undefined || (await sha256OfFile(layout.record)) === created.files[caseFiles.record];
}

/** Whether a custody key's identity is one of these, or leads to one; undefined where nobody is trusted. */
export function trustedKey(
  trusted: readonly Certificate[] | undefined,
): ((key: CertifiedKey, at: Date) => boolean) | undefined {
  if (trusted === undefined) return undefined;
  return ({ issuers: [identity, ...above] }, at) => findTrustedPath(identity, above, trusted, at) !== undefined;
}

async function checkLastSeen(custody: StoredCustody, state: string, caseId: string, checks: CheckList): Promise<void> {
  const seen = await readLastSeen(state, caseId);
  if (seen === undefined) checks.notChecked('custody', 'custody-last-seen', caseFiles.custody);
  else if (checkPoint(custody, seen, 'custody-last-seen', caseFiles.custody, checks))
    checks.passed('custody', 'custody-last-seen', caseFiles.custody, { entries: seen.seq + 1 });
}

/** A case in use may change between two looks at it; a lock that its owner left behind hides nothing. */
async function checkLock(layout: CaseLayout, checks: CheckList): Promise<void> {
  const owner = await readLockOwner(layout.lock);
  if (owner === undefined) return;
  if (owner === 'unreadable') {
    checks.notChecked('integrity', 'lock-unreadable', caseFiles.lock);
    return;
  }
  const self = thisProcess(new Date(0), '');
  const isLeft = livenessOf(owner, self) === 'dead';
  const { pid, host, since } = owner;
  checks.notChecked('integrity', isLeft ? 'lock-left' : 'case-in-use', caseFiles.lock, { pid, host, since });
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await lstat(path)).size;
  } catch {
    return 0;
  }
}
