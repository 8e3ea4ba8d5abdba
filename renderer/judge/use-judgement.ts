import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { standingNotes } from '../../src/base/standing-notes.ts';
import type { z } from 'zod';
import { listNotes, previewReport, type Note, type NoteBody } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useCommands } from '../state/commands.ts';
import { useSession } from '../state/session.ts';
import { forgetSteps, redo, undo, useUndo } from './undo.ts';

export type NoteOf<K extends NoteBody['kind']> = Note & { readonly body: Extract<NoteBody, { kind: K }> };

/** The notes of the case that still stand, oldest first. */
export function useNotes(folder: string) {
  const answer = useAnswer(listNotes, { folder });
  const notes = useMemo(() => standingNotes(answer.data?.notes ?? [], ({ body }) => body.kind), [answer.data]);
  return { ...answer, notes };
}

/** What a judgement is called by in a list: the id of its first note, which stays while the judgement is changed. */
export function useThreads(): (note: Note) => string {
  const threads = useUndo((state) => state.threads);
  return ({ id }) => threads.get(id) ?? id;
}

/** Those of one kind. */
export function notesOf<K extends NoteBody['kind']>(notes: readonly Note[], kind: K): NoteOf<K>[] {
  return notes.filter((note): note is NoteOf<K> => note.body.kind === kind);
}

/**
 * Undo and redo of every judging action by key and palette, and fresh lists after each. Belongs to the window, once.
 */
export function useJudging(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      useUndo.subscribe(({ written }, before) => {
        if (written === null || written === before.written) return;
        const { folder, note } = written;
        // What was answered is shown at once: a second change must not start from what stood before the first.
        queries.setQueryData<z.infer<typeof listNotes.output>>([listNotes.name, { folder }], (known) =>
          known === undefined ? known : { notes: [...known.notes.filter(({ id }) => id !== note.id), note] },
        );
        void queries.invalidateQueries({ queryKey: [previewReport.name] });
      }),
    [queries],
  );
  useEffect(
    () =>
      useSession.subscribe(({ openedCase }, before) => {
        if (openedCase?.folder !== before.openedCase?.folder) forgetSteps();
      }),
    [],
  );
  useEffect(
    () =>
      useCommands.getState().add([
        {
          id: 'undo',
          keys: ['Ctrl+z'],
          group: 'judge',
          enabled: () => useUndo.getState().done.length > 0 && !isWriting(),
          run: () => void undo(),
        },
        {
          id: 'redo',
          keys: ['Ctrl+Shift+z', 'Ctrl+y'],
          group: 'judge',
          enabled: () => useUndo.getState().undone.length > 0 && !isWriting(),
          run: () => void redo(),
        },
      ]),
    [],
  );
}

/** Within a text, the keys undo the typing. */
function isWriting(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLElement && (at.isContentEditable || at.matches('input, textarea'));
}
