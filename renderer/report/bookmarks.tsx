import { useState } from 'react';
import { bookmarkStatuses, type BookmarkStatus } from '../../src/base/judgement.ts';
import { placeWords } from '../judge/place-words.ts';
import { judge } from '../judge/undo.ts';
import { notesOf, useNotes, useThreads } from '../judge/use-judgement.ts';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';
import { EditableWords } from './editable-words.tsx';

/** Places that the examiner marked, with their status and words. */
export function Bookmarks({ folder, readOnly }: { folder: string; readOnly: boolean }) {
  const text = useText();
  const { notes, isError, error, isPending, refetch } = useNotes(folder);
  const threadOf = useThreads();
  const [failed, setFailed] = useState<unknown>(null);
  if (isError) return <Failed error={error} again={() => void refetch()} />;
  if (isPending) return <Busy stage="open" />;
  const bookmarks = notesOf(notes, 'bookmark');
  if (bookmarks.length === 0) return <Empty>{text('window/report:bookmarks.none')}</Empty>;
  return (
    <div className="judged">
      {failed !== null && <Failed error={failed} />}
      {bookmarks.map((note) => (
        <article key={threadOf(note)} className="judged-item">
          <p className="judged-head">
            <span className="mono">
              {note.body.exhibit} {placeWords(text, note.body)}
            </span>
            <select
              className="input"
              disabled={readOnly}
              aria-label={text('window/report:bookmarks.status')}
              value={note.body.status}
              onChange={({ target }) => {
                const status = target.value as BookmarkStatus;
                judge(folder, (body) => ({ ...body, status }), note).catch(setFailed);
              }}
            >
              {bookmarkStatuses.map((status) => (
                <option key={status} value={status}>
                  {text(`report:bookmark-status.${status}`)}
                </option>
              ))}
            </select>
          </p>
          <EditableWords
            words={note.body.words}
            readOnly={readOnly}
            label={text('window/report:bookmarks.words')}
            keep={(words) => judge(folder, (body) => ({ ...body, words }), note)}
            withdraw={() => judge(folder, null, note)}
          />
        </article>
      ))}
    </div>
  );
}
