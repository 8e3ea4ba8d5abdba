import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Case, Recovered } from './case.ts';
import type { CaseLayout } from './case-layout.ts';
import type { CaseRecord } from './case-record.ts';
import { pointOf, type CustodyLog } from './custody/custody-log.ts';
import type { CustodyEntry } from './custody-entry.ts';
import { loadExhibits } from './exhibit-list.ts';
import type { CaseLock } from './lock/case-lock.ts';
import { addNote, notesIn } from './note-log.ts';

/** What makes a case writable. */
export interface Writing {
  readonly custody: CustodyLog;
  readonly lock: CaseLock;
  readonly actor: string;
  /** Failures of remembering the log's end on this machine: told when the case is closed. */
  readonly failures: readonly Error[];
}

export const nothingRecovered: Recovered = { removed: [], completed: [], repaired: [] };

/** The handle over a case that was read and, for writing, put right. */
export async function openHandle(
  layout: CaseLayout,
  record: CaseRecord,
  entries: readonly CustodyEntry[],
  clock: () => Date,
  recovered: Recovered,
  writing: Writing | undefined,
): Promise<Case> {
  const custody = writing?.custody ?? readOnlyLog(entries);
  const exhibits = await loadExhibits(layout, custody.entries());
  let queue: Promise<unknown> = Promise.resolve();
  return {
    folder: layout.folder,
    layout,
    mode: writing === undefined ? 'read' : 'write',
    record,
    custody,
    recovered,
    clock,
    actor: writing?.actor,
    exhibits: exhibits.records,
    exhibit: exhibits.find,
    damaged: exhibits.damaged,
    originalPath: (id) => join(layout.exhibit(id), exhibits.find(id).fileName),
    notes: () => notesIn(custody.entries()),
    addNote(draft) {
      // One after another: each note's number depends on those before it.
      const done = queue.then(() => addNote(layout, custody, draft, { at: clock(), actor: writing?.actor ?? '' }));
      queue = done.catch(() => undefined);
      return done;
    },
    admit: exhibits.admit,
    async close() {
      if (writing === undefined) return;
      await queue;
      await custody.append([]);
      await writing.lock.release();
      const [failure] = writing.failures;
      if (failure !== undefined) throw failure;
    },
  };
}

function readOnlyLog(entries: readonly CustodyEntry[]): CustodyLog {
  return {
    entries: () => entries,
    head: () => pointOf(entries.at(-1)),
    append: () => Promise.reject(new AssayError('defect', { what: 'a case opened for reading was written to' })),
  };
}
