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
  const change = (changed: Partial<typeof body>): Promise<unknown> => judge(folder, { ...body, ...changed }, note);
  const write = (id: string | null): void => useBookmarking.setState({ writing: id });
  return (
    <article className="note">
      <PlaceButtons {...{ folder, exhibit }} places={[placeOfBookmark(body)]} />
      {writing ? (
        <WordsForm
          label={text('window/panels:notes.words')}
          initial={body.words}
          onKeep={(words) =>
            (words === body.words ? Promise.resolve() : change({ words })).then(() => {
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
          disabled={readOnly}
          value={body.status}
          onChange={(event) => void change({ status: event.target.value as BookmarkStatus }).catch(setError)}
        >
          {bookmarkStatuses.map((status) => (
            <option key={status} value={status}>
              {text(`report:bookmark-status.${status}`)}
            </option>
          ))}
        </select>
        {!readOnly && !writing && (
          <>
            <Button quiet onClick={() => write(note.id)}>
              {text('window/panels:edit')}
            </Button>
            <Button quiet onClick={() => void judge(folder, null, note).catch(setError)}>
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
