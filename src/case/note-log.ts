import { open, readFile } from 'node:fs/promises';
import { canonicalJson } from '../base/canonical-json.ts';
import { AssayError } from '../base/errors.ts';
import type { CaseLayout } from './case-layout.ts';
import { detailOf } from './custody/custody-action.ts';
import { sha256Hex } from './custody/custody-digest.ts';
import type { CustodyLog } from './custody/custody-log.ts';
import type { CustodyEntry } from './custody-entry.ts';
import { syncFolder } from './durable-file.ts';
import { systemCode, writeProblem } from './file-problem.ts';
import { Note, type NoteDraft } from './note.ts';

/**
 * The notes that the custody log vouches for, oldest first, superseded ones too. FORENSIC: they are read from the
 * signed entries, so a line that somebody wrote into notes.jsonl is never taken for a note.
 */
export function notesIn(entries: readonly CustodyEntry[]): readonly Note[] {
  return recordedLines(entries).flatMap((line) => {
    const parsed = Note.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  });
}

/** The lines, without newline, that notes.jsonl should hold. */
export function recordedLines(entries: readonly CustodyEntry[]): readonly string[] {
  return entries.flatMap((entry) => detailOf(entry, 'note.added')?.line ?? []);
}

/**
 * Signs a note into the custody log, then appends it to notes.jsonl. A kill in between loses nothing: the next opening
 * writes the line (see {@link missingNotes}).
 *
 * @throws AssayError `disk-full`, `file-not-writable`, `unknown-name` when it supersedes a note that there is not
 */
export async function addNote(
  layout: CaseLayout,
  custody: CustodyLog,
  draft: NoteDraft,
  written: { readonly at: Date; readonly actor: string },
): Promise<Note> {
  const earlier = notesIn(custody.entries());
  const { supersedes } = draft;
  if (supersedes !== undefined && !earlier.some(({ id }) => id === supersedes))
    throw new AssayError('unknown-name', {
      kind: 'note',
      name: supersedes,
      known: earlier.map(({ id }) => id).join(', '),
    });
  const number = recordedLines(custody.entries()).length + 1;
  const note = Note.parse({
    id: `N${String(number).padStart(3, '0')}`,
    at: written.at.toISOString(),
    actor: written.actor,
    ...draft,
  });
  const line = canonicalJson(note);
  const { id, kind } = note;
  await custody.append([{ action: 'note.added', subject: id, detail: { id, kind, sha256: sha256Hex(line), line } }]);
  await writeNotes(layout, await missingNotes(layout, custody.entries()));
  return note;
}

/**
 * What notes.jsonl lacks at its end of what the custody log says. Undefined when the file holds something else than
 * the beginning of that: then nobody writes to it, and verification says so.
 */
export async function missingNotes(
  layout: CaseLayout,
  entries: readonly CustodyEntry[],
): Promise<Uint8Array | undefined> {
  const due = Buffer.from(
    recordedLines(entries)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const there = await readFile(layout.notes).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  if (there.length > due.length || Buffer.compare(due.subarray(0, there.length), there) !== 0) return undefined;
  return due.subarray(there.length);
}

/** Appends bytes to notes.jsonl; they are on the disk when this settles. */
export async function writeNotes(layout: CaseLayout, bytes: Uint8Array | undefined): Promise<void> {
  if (bytes === undefined || bytes.length === 0) return;
  try {
    const handle = await open(layout.notes, 'a', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(layout.folder);
  } catch (error) {
    throw writeProblem(layout.notes, error);
  }
}
