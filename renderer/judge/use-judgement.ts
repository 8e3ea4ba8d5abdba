import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { standingNotes } from '../../src/base/standing-notes.ts';
import { listNotes, type Note, type NoteBody } from '../../src/contract/window-operations.ts';
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

/** Those of one kind. */
export function notesOf<K extends NoteBody['kind']>(notes: readonly Note[], kind: K): NoteOf<K>[] {
  return notes.filter((note): note is NoteOf<K> => note.body.kind === kind);
}

/** What changes when a note is written. */
const changedByNotes = [listNotes.name, 'report.preview'];

/**
 * Undo and redo of every judging action by key and palette, and fresh lists after each. Belongs to the window, once.
 */
export function useJudging(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      useUndo.subscribe(({ done, undone }, before) => {
        if (done === before.done && undone === before.undone) return;
        for (const name of changedByNotes) void queries.invalidateQueries({ queryKey: [name] });
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
