import { useState } from 'react';
import { OpinionForm } from '../judge/opinion-form.tsx';
import { useOpinionDrafts } from '../judge/opinion-drafts.ts';
import { judge } from '../judge/undo.ts';
import { notesOf, useNotes, useThreads, type NoteOf } from '../judge/use-judgement.ts';
import { Button } from '../parts/button.tsx';
import { OutcomeMark } from '../parts/outcome-mark.tsx';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';
import { supportWords } from '../judge/support-words.ts';
import { Words } from './words.tsx';

/** The examiner's opinions: proposition, alternative, outcome, strength, words. */
export function Opinions({ folder, readOnly }: { folder: string; readOnly: boolean }) {
  const text = useText();
  const { notes, isError, error, isPending, refetch } = useNotes(folder);
  const threadOf = useThreads();
  const draft = useOpinionDrafts(({ drafts }) => drafts.get(folder));
  const [editing, setEditing] = useState<NoteOf<'assessment'> | 'new' | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  if (isError) return <Failed error={error} again={() => void refetch()} />;
  if (isPending) return <Busy stage="open" />;
  const opinions = notesOf(notes, 'assessment');
  // What was being written before the view was left is gone on with.
  const begun =
    draft === undefined ? null : draft.noteId === null ? 'new' : opinions.find(({ id }) => id === draft.noteId);
  const open = editing ?? begun ?? null;
  if (open !== null)
    return <OpinionForm folder={folder} {...(open === 'new' ? {} : { note: open })} onDone={() => setEditing(null)} />;
  const add = !readOnly && <Button onClick={() => setEditing('new')}>{text('window/report:opinion.add')}</Button>;
  if (opinions.length === 0) return <Empty action={add}>{text('window/report:opinion.none')}</Empty>;
  return (
    <div className="judged">
      {failed !== null && <Failed error={failed} />}
      {opinions.map((note) => (
        <article key={threadOf(note)} className="judged-item">
          <dl className="judged-facts">
            <dt>{text('report:opinion.proposition')}</dt>
            <dd>
              <Words of={note.body.proposition} />
            </dd>
            <dt>{text('report:opinion.alternative')}</dt>
            <dd>
              <Words of={note.body.alternative} />
            </dd>
            <dt>{text('window/report:opinion.outcomeShort')}</dt>
            <dd>
              <OutcomeMark outcome={note.body.outcome} /> · {supportWords(text, note.body)}
            </dd>
          </dl>
          <Words of={note.body.words} />
          {!readOnly && (
            <div className="judge-actions">
              <Button quiet onClick={() => setEditing(note)}>
                {text('window/report:change')}
              </Button>
              <Button quiet onClick={() => void judge(folder, null, note).catch(setFailed)}>
                {text('window/report:withdraw')}
              </Button>
            </div>
          )}
        </article>
      ))}
      {add}
    </div>
  );
}
