import type { CaseLayout } from './case-layout.ts';
import type { CaseRecord } from './case-record.ts';
import type { CustodyLog } from './custody/custody-log.ts';
import type { ExhibitRecord } from './exhibit-record.ts';
import type { Leftovers } from './leftovers.ts';
import type { LockOwner } from './lock/lock-owner.ts';
import type { Note, NoteDraft } from './note.ts';

/** What opening a case had to put right, to be told to the person. Each is in the custody log too. */
export interface Recovered extends Leftovers {
  /** Logs whose torn end was taken off and kept in the custody log. */
  readonly repaired: readonly string[];
  /** The writer that died with the lock in its hands. */
  readonly takenOverFrom?: LockOwner;
}

/** An open case. */
export interface Case {
  readonly folder: string;
  readonly layout: CaseLayout;
  readonly mode: 'read' | 'write';
  readonly record: CaseRecord;
  readonly custody: CustodyLog;
  readonly recovered: Recovered;
  readonly clock: () => Date;
  /** Name under which this case's entries are written; undefined in a case opened for reading. */
  readonly actor: string | undefined;
  /** In the order of intake. An exhibit whose record does not hold is left out: see {@link damaged}. */
  exhibits(): readonly ExhibitRecord[];
  /** @throws AssayError `unknown-name`; `case-damaged` when its record does not hold */
  exhibit(id: string): ExhibitRecord;
  /** Exhibits of the custody log whose record is missing or changed. They take nothing else down, and must be told. */
  damaged(): readonly string[];
  /** Path of the read-only copy. Throws as {@link exhibit}. */
  originalPath(id: string): string;
  /** Oldest first, superseded ones too. */
  notes(): readonly Note[];
  /** @throws AssayError `disk-full`, `file-not-writable`, `unknown-name` */
  addNote(draft: NoteDraft): Promise<Note>;
  /** For intake: an exhibit that is recorded and in place. */
  admit(exhibit: ExhibitRecord): void;
  /** Waits for appends under way and gives the lock back. Throws what kept this machine from remembering the log's end. */
  close(): Promise<void>;
}
