import type { z } from 'zod';
import type { Note as StoredNote } from '../../case/note.ts';
import { NoteBody, type addNote, type listNotes, type Note } from '../../contract/window-operations.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';

/** Answers `note.list`: every note, oldest first; what superseded what is for the window to fold. */
export async function listNotesOperation(
  session: WindowSession,
  input: z.infer<typeof listNotes.input>,
): Promise<z.infer<typeof listNotes.output>> {
  const notes = heldCase(session, input.folder)
    .notes()
    .map(shown)
    .filter((note) => note !== undefined);
  return { notes };
}

/** Answers `note.add`: appends a note, which may supersede or withdraw an earlier one. All of it is in the custody log. */
export async function addNoteOperation(
  session: WindowSession,
  input: z.infer<typeof addNote.input>,
): Promise<z.infer<typeof addNote.output>> {
  const { kind, ...body } = input.body;
  const stored = await heldCase(session, input.folder).addNote({
    kind,
    body,
    ...(input.supersedes === undefined ? {} : { supersedes: input.supersedes }),
  });
  return { note: { ...head(stored), body: input.body } };
}

/** A stored note as the window knows it; undefined for a kind that this version does not know. */
function shown(note: StoredNote): Note | undefined {
  const body = NoteBody.safeParse({ kind: note.kind, ...note.body });
  return body.success ? { ...head(note), body: body.data } : undefined;
}

function head({ id, at, actor, supersedes }: StoredNote): Omit<Note, 'body'> {
  return { id, at, actor, ...(supersedes === undefined ? {} : { supersedes }) };
}
