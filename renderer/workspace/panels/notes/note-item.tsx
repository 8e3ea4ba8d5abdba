import { useState } from 'react';
import { visibleLines, visibleText } from '../../../../src/base/visible-text.ts';
import { judge } from '../../../judge/undo.ts';
import type { NoteOf } from '../../../judge/use-judgement.ts';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { useText } from '../../../text/text-context.tsx';
import { WordsForm } from '../parts/words-form.tsx';

/** One note in the examiner's words. */
export function NoteItem({ folder, note, readOnly }: { folder: string; note: NoteOf<'note'>; readOnly: boolean }) {
  const text = useText();
  const [writing, setWriting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { body } = note;
  // Locked until the list holds what was written: the item begins anew with each note.
  const replace = async (next: typeof body | null): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await judge(folder, next, note);
    } catch (failure) {
      setBusy(false);
      throw failure;
    }
  };
  if (writing)
    return (
      <WordsForm
        required
        label={text('window/panels:notes.words')}
        initial={body.words}
        onKeep={(words) =>
          replace({ ...body, words }).then(() => {
            setWriting(false);
          })
        }
        onCancel={() => setWriting(false)}
      />
    );
  return (
    <article className="note">
      {visibleLines(body.words).map((line, i) => (
        <p key={i}>{line}</p>
      ))}
      <div className="note-actions">
        <span className="muted">
          {visibleText(note.actor)}
          {body.exhibit === undefined && ` · ${text('window/panels:notes.wholeCase')}`}
        </span>
        {!readOnly && (
          <>
            <Button quiet disabled={busy} onClick={() => setWriting(true)}>
              {text('window/panels:edit')}
            </Button>
            <Button quiet disabled={busy} onClick={() => void replace(null).catch(setError)}>
              {text('window/panels:notes.withdraw')}
            </Button>
          </>
        )}
      </div>
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
    </article>
  );
}
