import { AssayError, isAssayError, type ErrorCode } from '../../base/errors.ts';
import type { Progress } from '../../base/progress.ts';
import { silent } from '../../base/progress.ts';
import type { Case } from '../case.ts';
import type { CustodyDraft } from '../custody/custody-log.ts';
import type { ExhibitRecord, ExhibitRole } from '../exhibit-record.ts';
import { shownPath, type CasePath } from './case-path.ts';
import type { CopyMachine } from './copy-and-verify.ts';
import { openHashCrew } from './hash-crew.ts';
import { refusalFor, refusalOf, type Refusal } from './refusal.ts';
import { openSlotRing } from './slot-ring.ts';
import { pathDetail, takeInFile } from './take-in-file.ts';
import { walkPaths, type FoundFile } from './walk-paths.ts';

export interface ExhibitDescription {
  readonly role: ExhibitRole;
  /** Where the person says it came from, in their own words. */
  readonly source?: string;
}

/** What became of one file. `path` is the path as given, as text. */
export type IntakeOutcome =
  | { readonly outcome: 'added'; readonly path: string; readonly exhibit: ExhibitRecord }
  | { readonly outcome: 'already-present'; readonly path: string; readonly exhibit: ExhibitRecord }
  | { readonly outcome: 'refused'; readonly path: string; readonly refusal: Refusal };

export interface IntakeOptions extends ExhibitDescription {
  /** All files together: stage `intake`, in bytes. Three quarters of a byte's weight is copying and hashing, one is reading back. */
  readonly progress?: Progress;
  /** Each file alone, its path as given as subject: all of them at the start with nothing done, then as they go. */
  readonly fileProgress?: Progress;
  /** Told as soon as it is known what became of a file. */
  readonly onOutcome?: (outcome: IntakeOutcome) => void;
  readonly signal?: AbortSignal;
}

/** Measured: more or larger slots make it no faster, and this is all the memory that intake needs. */
const slotBytes = 2 * 1024 * 1024;
const slotCount = 8;

/** Reasons after which the rest may still go well. Anything else ends the intake. */
const refusing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file-not-found',
  'file-not-readable',
  'changed-while-copying',
  'copy-differs',
  'disk-full',
]);

/**
 * Takes files, and all files below folders, into the case. What cannot be taken is told with the reason, in the answer
 * and in the custody log, and the rest goes on. Outcomes come in the order in which the walk met the files.
 *
 * @throws AssayError `cancelled` (what was added before stays), `file-not-writable`, `disk-full` when not even the custody
 *   log can be written
 */
export async function addExhibits(
  target: Case,
  paths: readonly CasePath[],
  options: IntakeOptions,
): Promise<readonly IntakeOutcome[]> {
  const { progress = silent, signal = new AbortController().signal } = options;
  const found = await walkPaths(paths, target.folder, signal);
  const total = found.reduce((sum, item) => sum + (item.kind === 'file' ? Number(item.stats.size) : 0), 0);
  const ring = openSlotRing(slotBytes, slotCount);
  const machine: CopyMachine = { ring, crew: openHashCrew(ring.memory) };
  const outcomes: IntakeOutcome[] = [];
  const conclude = (outcome: IntakeOutcome): void => {
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  };
  let before = 0;
  const overall = (done: number): void => progress({ stage: 'intake', done, total, unit: 'bytes' });
  try {
    overall(0);
    for (const item of found) {
      if (item.kind !== 'file') continue;
      const size = Number(item.stats.size);
      options.fileProgress?.({
        stage: 'intake',
        subject: shownPath(item.asGiven),
        done: 0,
        total: size,
        unit: 'bytes',
      });
    }
    for (const item of found) {
      if (item.kind === 'refused') {
        await target.custody.append([refusedDraft(item.asGiven, item.refusal)]);
        conclude({ outcome: 'refused', path: shownPath(item.asGiven), refusal: item.refusal });
        continue;
      }
      conclude(
        await takeIn(target, machine, item, options, signal, (done) => {
          overall(before + done);
        }),
      );
      before += Number(item.stats.size);
      overall(before);
    }
  } catch (error) {
    if (isAssayError(error, 'cancelled') && outcomes.length > 0)
      await target.custody.append([
        { action: 'intake.cancelled', subject: 'case', detail: { done: outcomes.length, of: found.length } },
      ]);
    throw error;
  } finally {
    await machine.crew.close();
  }
  return outcomes;
}

async function takeIn(
  target: Case,
  machine: CopyMachine,
  file: FoundFile,
  options: IntakeOptions,
  signal: AbortSignal,
  onDone: (bytes: number) => void,
): Promise<IntakeOutcome> {
  const path = shownPath(file.asGiven);
  const total = Number(file.stats.size);
  let weighed = 0;
  const advance = (weight: number) => (bytes: number) => {
    weighed += bytes * weight;
    const done = Math.min(total, Math.round(weighed));
    onDone(done);
    options.fileProgress?.({ stage: 'intake', subject: path, done, total, unit: 'bytes' });
  };
  try {
    const steps = { copied: advance(0.75), verified: advance(0.25) };
    const { exhibit, isNew } = await takeInFile(target, machine, file, options, steps, signal);
    return { outcome: isNew ? 'added' : 'already-present', path, exhibit };
  } catch (error) {
    const refusal = error instanceof AssayError ? refusalOf(error as AssayError) : refusalFor(path, error);
    if (!refusing.has(refusal.reason)) throw error;
    await target.custody.append([refusedDraft(file.asGiven, refusal)]);
    return { outcome: 'refused', path, refusal };
  }
}

function refusedDraft(asGiven: Buffer, { reason, details }: Refusal): CustodyDraft {
  return { action: 'exhibit.refused', subject: 'case', detail: { ...pathDetail(asGiven), reason, details } };
}
