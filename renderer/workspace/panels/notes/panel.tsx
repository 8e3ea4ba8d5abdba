import { judge, undo, useUndo } from '../../../judge/undo.ts';
import { ProvenanceChecklist } from '../../../judge/provenance-checklist.tsx';
import { notesOf, useNotes } from '../../../judge/use-judgement.ts';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useSession } from '../../../state/session.ts';
import { useText } from '../../../text/text-context.tsx';
import { useOverview } from '../../exhibit-queries.ts';
import type { PanelProps } from '../../panel-registry.ts';
import { WordsForm } from '../parts/words-form.tsx';
import { BookmarkItem } from './bookmark-item.tsx';
import { byTime } from './bookmark.ts';
import { NoteItem } from './note-item.tsx';
import { addBookmark, useBookmarking } from './use-bookmarking.ts';
import '../panel.css';
import './notes.css';

/** What the examiner keeps beside the exhibit: bookmarks, notes, and the answers on where it comes from. */
export default function NotesPanel({ folder, exhibit }: PanelProps) {
  const text = useText();
  const { notes, ...answer } = useNotes(folder);
  const kind = useOverview(folder, exhibit).data?.kind;
  const readOnly = useSession((state) => state.readOnly);
  const canUndo = useUndo(({ done }) => done.length > 0);
  const error = useBookmarking((state) => state.error);
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  const bookmarks = byTime(notesOf(notes, 'bookmark').filter(({ body }) => body.exhibit === exhibit));
  const own = notesOf(notes, 'note').filter(({ body }) => body.exhibit === undefined || body.exhibit === exhibit);
  return (
    <div className="panel">
      {!readOnly && (
        <div className="panel-bar">
          <Button disabled={kind === undefined} onClick={() => void addBookmark(folder, exhibit, kind ?? 'other')}>
            {text('window/panels:notes.bookmark')} <kbd>B</kbd>
          </Button>
          <Button quiet disabled={!canUndo} onClick={() => void undo()}>
            {text('window:commands.undo')}
          </Button>
        </div>
      )}
      <div className="panel-scroll notes">
        {error !== null && (
          <p role="alert" className="field-error">
            {errorText(text, error)}
          </p>
        )}
        {readOnly && <p className="muted">{text('window/panels:notes.readOnly')}</p>}
        <section aria-label={text('window/panels:notes.bookmarks')}>
          <h3>{text('window/panels:notes.bookmarks')}</h3>
          {bookmarks.length === 0 && <p className="muted">{text('window/panels:notes.noBookmarks')}</p>}
          <ul>
            {bookmarks.map((note) => (
              <li key={note.id}>
                <BookmarkItem {...{ folder, exhibit, note, readOnly }} />
              </li>
            ))}
          </ul>
        </section>
        <section aria-label={text('window/panels:notes.notes')}>
          <h3>{text('window/panels:notes.notes')}</h3>
          {own.length === 0 && <p className="muted">{text('window/panels:notes.noNotes')}</p>}
          <ul>
            {own.map((note) => (
              <li key={note.id}>
                <NoteItem {...{ folder, note, readOnly }} />
              </li>
            ))}
          </ul>
          {!readOnly && (
            <WordsForm
              required
              label={text('window/panels:notes.newNote')}
              initial=""
              onKeep={(words) => judge(folder, { kind: 'note', exhibit, words })}
            />
          )}
        </section>
        <details className="panel-reading notes-provenance">
          <summary>{text('window/report:provenance.title')}</summary>
          <ProvenanceChecklist {...{ folder, exhibit, readOnly }} />
        </details>
      </div>
    </div>
  );
}
