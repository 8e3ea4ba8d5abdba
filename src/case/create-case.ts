import { mkdir, readdir, rm } from 'node:fs/promises';
import { canonicalJsonFile } from '../base/canonical-json.ts';
import { AssayError } from '../base/errors.ts';
import type { Signer } from '../seal/signer/signer.ts';
import type { Case } from './case.ts';
import { caseFiles, caseLayout, type CaseLayout } from './case-layout.ts';
import { CaseRecord } from './case-record.ts';
import { loadCustodySigner, type CaseIdentity } from './custody/custody-key-store.ts';
import { sha256Hex, entryLine } from './custody/custody-digest.ts';
import { openCustodyLog, readCustody, signDrafts, writeHead } from './custody/custody-log.ts';
import { certifiedDraft } from './custody/key-certified.ts';
import { rememberEnd } from './custody/last-seen.ts';
import { isUnfinishedName, writeFileAtomically } from './durable-file.ts';
import { writeProblem } from './file-problem.ts';
import { acquireCaseLock } from './lock/case-lock.ts';
import { makeFolders } from './make-folders.ts';
import { nothingRecovered, openHandle } from './open-handle.ts';

export interface NewCase {
  /** Made with its parents where it is not there; must be empty otherwise. */
  readonly folder: string;
  readonly title: string;
  readonly reference?: string;
  readonly examiner: string;
  readonly language: string;
  readonly timeZone: string;
  readonly identity: CaseIdentity;
  /** Unlocks the identity, to certify this machine's custody key for the case. */
  readonly unlock: () => Promise<Signer>;
  /** Folder of the app's own state. */
  readonly state: string;
  readonly clock: () => Date;
  readonly randomUuid: () => string;
  readonly machineLabel?: string;
}

/**
 * Makes a case and opens it for writing. `case.json` is written last, so that a kill leaves a whole case or a folder that the
 * next call takes for empty.
 *
 * @throws AssayError `case-exists`, `case-locked`, `file-not-writable`, `disk-full`, and what unlocking throws
 */
export async function createCase(wanted: NewCase): Promise<Case> {
  const layout = caseLayout(wanted.folder);
  const { clock, randomUuid, state } = wanted;
  const record = CaseRecord.parse({
    schema: 'assay.case/1',
    id: randomUuid(),
    title: wanted.title,
    ...(wanted.reference === undefined ? {} : { reference: wanted.reference }),
    examiner: wanted.examiner,
    language: wanted.language,
    timeZone: wanted.timeZone,
    createdAt: clock().toISOString(),
  });
  await makeFolder(layout);
  const lock = await acquireCaseLock({ path: layout.lock, folder: layout.folder, clock, randomUuid });
  try {
    // Again, now that nobody else can be at it.
    await requireNoCase(layout);
    const signer = await loadCustodySigner({ ...wanted, caseId: record.id });
    const text = canonicalJsonFile(record);
    const files = { [caseFiles.record]: sha256Hex(text) };
    const entries = signDrafts(
      [certifiedDraft(signer), { action: 'case.created', subject: 'case', detail: { files } }],
      undefined,
      signer,
      clock,
    );
    const log = entries.map(entryLine).join('');
    const last = entries.at(-1);
    if (last === undefined) throw new AssayError('defect', { what: 'a case begins without entries' });
    try {
      await mkdir(layout.exhibits, { recursive: true });
      await mkdir(layout.reports, { recursive: true });
      await writeFileAtomically(layout.custody, log);
      await writeHead(layout, last, signer);
      await writeFileAtomically(layout.record, text);
    } catch (error) {
      await clearUnfinished(layout);
      throw writeProblem(layout.folder, error);
    }
    const memory = rememberEnd(state, record.id);
    await memory.remember(last);
    const stored = { entries, wholeBytes: Buffer.byteLength(log) };
    const custody = openCustodyLog({ layout, stored, signer, clock, onAppended: memory.remember });
    const writing = { custody, lock, actor: signer.actor, failures: memory.failures };
    return await openHandle(layout, record, entries, clock, nothingRecovered, writing);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function makeFolder(layout: CaseLayout): Promise<void> {
  try {
    await makeFolders(layout.folder);
    await requireNoCase(layout);
  } catch (error) {
    throw writeProblem(layout.folder, error);
  }
}

/** Throws `case-exists` unless the folder is empty, or holds what a killed {@link createCase} leaves: all but `case.json`. */
async function requireNoCase(layout: CaseLayout): Promise<void> {
  const begun: readonly string[] = [
    caseFiles.lock,
    caseFiles.custody,
    caseFiles.custodyHead,
    caseFiles.exhibits,
    caseFiles.reports,
  ];
  const names = (await readdir(layout.folder)).filter((name) => !isUnfinishedName(name));
  const isForeign = names.some((name) => !begun.includes(name));
  // A case whose case.json was lost is not one that was never finished: nothing of it is written over.
  const isUsed = isForeign || (await isInUse(layout, names));
  if (isUsed) throw new AssayError('case-exists', { path: layout.folder });
}

async function isInUse(layout: CaseLayout, names: readonly string[]): Promise<boolean> {
  for (const [name, folder] of [
    [caseFiles.exhibits, layout.exhibits],
    [caseFiles.reports, layout.reports],
  ] as const)
    if (names.includes(name) && (await readdir(folder)).length > 0) return true;
  return (await readCustody(layout)).lines.length > 2;
}

async function clearUnfinished(layout: CaseLayout): Promise<void> {
  for (const path of [layout.record, layout.custodyHead, layout.custody, layout.exhibits, layout.reports])
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
