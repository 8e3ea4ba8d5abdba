import { useState } from 'react';
import { bookmarkStatuses, type BookmarkStatus } from '../../../../src/base/judgement.ts';
import { visibleLines } from '../../../../src/base/visible-text.ts';
import { judge } from '../../../judge/undo.ts';
import type { NoteOf } from '../../../judge/use-judgement.ts';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { useText } from '../../../text/text-context.tsx';
import { PlaceButtons } from '../parts/place-buttons.tsx';
import { WordsForm } from '../parts/words-form.tsx';
import { placeOfBookmark } from './bookmark.ts';
import { useBookmarking } from './use-bookmarking.ts';

const marks: Readonly<Record<BookmarkStatus, string>> = { relevant: '●', 'to-check': '◆', 'not-relevant': '○' };

interface BookmarkItemProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly note: NoteOf<'bookmark'>;
  readonly readOnly: boolean;
}

/** One bookmark: where it is, what the examiner says of it, and its status. */
export function BookmarkItem({ folder, exhibit, note, readOnly }: BookmarkItemProps) {
  const text = useText();
  const { body } = note;
  const writing = useBookmarking((state) => state.writing === note.id);
  const [error, setError] = useState<unknown>(null);
  // FORENSIC: until the list holds what was written, this is the note before it; a second change made from it would drop the
  // first. The item begins anew with each note, so that nothing has to be unlocked.
  const [busy, setBusy] = useState(false);
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
  const write = (id: string | null): void => useBookmarking.setState({ writing: id });
  return (
    <article className="note">
      <PlaceButtons {...{ folder, exhibit }} places={[placeOfBookmark(body)]} />
      {writing ? (
        <WordsForm
          label={text('window/panels:notes.words')}
          initial={body.words}
          onKeep={(words) =>
            (words === body.words ? Promise.resolve() : replace({ ...body, words })).then(() => {
              write(null);
            })
          }
          onCancel={() => write(null)}
        />
      ) : (
        visibleLines(body.words).map((line, i) => <p key={i}>{line}</p>)
      )}
      <div className="note-actions">
        <span aria-hidden="true">{marks[body.status]}</span>
        <select
          className="input"
          aria-label={text('window/panels:notes.status')}
          disabled={readOnly || busy || writing}
          value={body.status}
          onChange={(event) => void replace({ ...body, status: event.target.value as BookmarkStatus }).catch(setError)}
        >
          {bookmarkStatuses.map((status) => (
            <option key={status} value={status}>
              {text(`report:bookmark-status.${status}`)}
            </option>
          ))}
        </select>
        {!readOnly && !writing && (
          <>
            <Button quiet disabled={busy} onClick={() => write(note.id)}>
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
