import { useState } from 'react';
import { provenanceAnswers, provenanceQuestions, type ProvenanceAnswer } from '../../src/base/judgement.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { useText } from '../text/text-context.tsx';
import { judge } from './undo.ts';
import { notesOf, useNotes, type NoteOf } from './use-judgement.ts';
import './judge.css';

/**
 * What is known about where an exhibit comes from: eight questions, each answered yes, no or unknown with a reason. Nothing of
 * it is counted. A changed answer supersedes the earlier one; both stay in the custody log.
 */
export function ProvenanceChecklist(props: { folder: string; exhibit: string; readOnly?: boolean }) {
  const { folder, exhibit, readOnly = false } = props;
  const text = useText();
  const { notes } = useNotes(folder);
  const answers = new Map(
    notesOf(notes, 'provenance')
      .filter(({ body }) => body.exhibit === exhibit)
      .map((note) => [note.body.question, note]),
  );
  const answered = provenanceQuestions.filter((question) => answers.has(question)).length;
  return (
    <section className="checklist" aria-label={text('window/report:provenance.title')}>
      <p className="muted">
        {text('window/report:provenance.help')}{' '}
        {text('window/report:provenance.answered', { answered, all: provenanceQuestions.length })}
      </p>
      <ol>
        {provenanceQuestions.map((question) => {
          const note = answers.get(question);
          return <Question key={`${exhibit} ${question}`} {...{ folder, exhibit, question, readOnly }} note={note} />;
        })}
      </ol>
    </section>
  );
}

interface QuestionProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly question: string;
  readonly readOnly: boolean;
  readonly note: NoteOf<'provenance'> | undefined;
}

function Question({ folder, exhibit, question, readOnly, note }: QuestionProps) {
  const text = useText();
  const [answer, setAnswer] = useState<ProvenanceAnswer | null>(note?.body.answer ?? null);
  const [reason, setReason] = useState(note?.body.reason ?? '');
  const [error, setError] = useState<unknown>(null);
  const [shownNote, setShownNote] = useState(note?.id);
  if (shownNote !== note?.id) {
    // Kept, withdrawn or undone meanwhile: what stands is shown, in the same place.
    setShownNote(note?.id);
    setAnswer(note?.body.answer ?? null);
    setReason(note?.body.reason ?? '');
  }
  const changed = answer !== (note?.body.answer ?? null) || (answer !== null && reason !== (note?.body.reason ?? ''));
  const keep = (): void => {
    if (answer === null) return;
    judge(folder, { kind: 'provenance', exhibit, question, answer, reason: reason.trim() }, note).catch(setError);
  };
  const words = text(`report:provenance.questions.${question}`);
  return (
    <li className="checklist-question">
      <fieldset disabled={readOnly}>
        <legend>{words}</legend>
        <div className="checklist-answers">
          {provenanceAnswers.map((one) => (
            <label key={one} className="check">
              <input
                type="radio"
                name={`${exhibit} ${question}`}
                checked={answer === one}
                onChange={() => setAnswer(one)}
              />
              {text(`report:provenance.answers.${one}`)}
            </label>
          ))}
        </div>
        {answer !== null && (
          <div className="checklist-reason">
            <input
              className="input"
              aria-label={text('window/report:provenance.reasonOf', { question: words })}
              placeholder={text('window/report:provenance.reason')}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && changed) keep();
              }}
            />
            {changed && <Button onClick={keep}>{text('window/report:keep')}</Button>}
            {!changed && note !== undefined && !readOnly && (
              <Button quiet onClick={() => void judge(folder, null, note).catch(setError)}>
                {text('window/report:withdraw')}
              </Button>
            )}
          </div>
        )}
        {error !== null && (
          <p role="alert" className="field-error">
            {errorText(text, error)}
          </p>
        )}
      </fieldset>
    </li>
  );
}
