import type { Signer } from '../seal/signer/signer.ts';
import type { Case } from './case.ts';
import { caseFiles, caseLayout, type CaseLayout } from './case-layout.ts';
import { loadCustodySigner, type CaseIdentity } from './custody/custody-key-store.ts';
import { detailOf } from './custody/custody-action.ts';
import { openCustodyLog, readCustody, writeHead, type CustodyDraft } from './custody/custody-log.ts';
import { certifiedDraft } from './custody/key-certified.ts';
import { readLastSeen, rememberEnd } from './custody/last-seen.ts';
import { repairTornEnd } from './custody/repair-torn-end.ts';
import { requireSoundEnd, type RolledBack } from './custody/require-sound-end.ts';
import { readProblem, writeProblem } from './file-problem.ts';
import { clearLeftovers, findLeftovers } from './leftovers.ts';
import { acquireCaseLock, type CaseLock } from './lock/case-lock.ts';
import { nothingRecovered, openHandle } from './open-handle.ts';
import { readCaseRecord } from './read-case-record.ts';

export interface CaseToRead {
  readonly folder: string;
  readonly mode: 'read';
  readonly clock: () => Date;
}

export interface CaseToWrite {
  readonly folder: string;
  readonly mode: 'write';
  readonly identity: CaseIdentity;
  /** Unlocks the identity: called only when this machine has no custody key for the case yet. */
  readonly unlock?: () => Promise<Signer>;
  /** Folder of the app's own state. */
  readonly state: string;
  readonly clock: () => Date;
  readonly randomUuid: () => string;
  readonly machineLabel?: string;
  /** Goes on from an older copy of the case, a restored backup for one. The custody log says so. */
  readonly acceptRolledBack?: boolean;
}

/**
 * Opens a case. For reading it takes no lock and changes nothing, so a case on a read-only disk opens too. For writing it
 * takes the lock and puts right what a kill left behind, each of which the custody log and {@link Case.recovered} tell.
 *
 * @throws AssayError `not-a-case`, `case-newer`, `case-damaged`, `file-not-readable`; for writing also `case-locked`,
 *   `custody-broken`, `custody-rolled-back`, `custody-key-missing`, `file-not-writable`, `disk-full`, and what unlocking throws
 */
export async function openCase(wanted: CaseToRead | CaseToWrite): Promise<Case> {
  const layout = caseLayout(wanted.folder);
  const record = await readCaseRecord(layout);
  if (wanted.mode === 'read') {
    const { entries } = await stored(layout);
    return await openHandle(layout, record, entries, wanted.clock, nothingRecovered, undefined);
  }
  const { clock, randomUuid, state, folder } = wanted;
  const lock = await acquireCaseLock({ path: layout.lock, folder, clock, randomUuid });
  try {
    const signer = await loadCustodySigner({ ...wanted, caseId: record.id });
    const lastSeen = await readLastSeen(state, record.id);
    let custody = await stored(layout);
    const rolledBack = requireSoundEnd(layout, custody, lastSeen, wanted.acceptRolledBack === true);
    const torn = custody.rest.length > 0;
    if (torn) {
      await repairTornEnd(layout, custody, signer, clock);
      custody = await stored(layout);
    } else await announceEnd(layout, custody, signer);
    const memory = rememberEnd(state, record.id);
    const log = openCustodyLog({ layout, stored: custody, signer, clock, onAppended: memory.remember });
    const end = log.head();
    if (end !== undefined) await memory.remember(end);

    const leftovers = await findLeftovers(layout, log.entries());
    const drafts = openingDrafts(log.entries(), signer.key, certifiedDraft(signer), lock, rolledBack);
    if (leftovers.removed.length + leftovers.completed.length > 0) {
      const detail = { removed: [...leftovers.removed], completed: [...leftovers.completed] };
      drafts.push({ action: 'leftovers.cleared', subject: 'case', detail });
    }
    // Said before it is done: a kill in between only makes the next opening say it again.
    await log.append(drafts);
    await clearLeftovers(layout, log.entries(), leftovers);

    const recovered = {
      ...leftovers,
      repaired: torn ? [caseFiles.custody] : [],
      ...(lock.takenOverFrom === undefined ? {} : { takenOverFrom: lock.takenOverFrom }),
    };
    const writing = { custody: log, lock, actor: signer.actor, failures: memory.failures };
    return await openHandle(layout, record, log.entries(), clock, recovered, writing);
  } catch (error) {
    await lock.release();
    throw writeProblem(folder, error);
  }
}

async function stored(layout: CaseLayout): ReturnType<typeof readCustody> {
  try {
    return await readCustody(layout);
  } catch (error) {
    throw readProblem(layout.custody, error);
  }
}

/** Writes the head file anew where a kill came between an append and the head that names it. */
async function announceEnd(
  layout: CaseLayout,
  { entries, head }: Awaited<ReturnType<typeof readCustody>>,
  signer: Awaited<ReturnType<typeof loadCustodySigner>>,
): Promise<void> {
  const last = entries.at(-1);
  if (last !== undefined && (head === undefined || head === 'unreadable' || head.hash !== last.hash))
    await writeHead(layout, last, signer);
}

function openingDrafts(
  entries: CaseEntries,
  key: string,
  certified: CustodyDraft,
  lock: CaseLock,
  rolledBack: RolledBack | undefined,
): CustodyDraft[] {
  const drafts: CustodyDraft[] = [];
  const isKnown = entries.some((entry) => entry.key === key && detailOf(entry, 'key.certified') !== undefined);
  if (!isKnown) drafts.push(certified);
  if (rolledBack !== undefined)
    drafts.push({
      action: 'custody.rolled-back',
      subject: 'case',
      detail: { seen: rolledBack.seq, seenHash: rolledBack.hash },
    });
  const { takenOverFrom } = lock;
  if (takenOverFrom !== undefined) {
    const { pid, host, since } = takenOverFrom;
    drafts.push({ action: 'lock.taken-over', subject: 'case', detail: { pid, host, since } });
  }
  return drafts;
}

type CaseEntries = ReturnType<Case['custody']['entries']>;
