import { useState } from 'react';
import { supportScale, type Support } from '../../src/base/judgement.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { Field } from '../parts/field.tsx';
import { OutcomeMark } from '../parts/outcome-mark.tsx';
import { useText } from '../text/text-context.tsx';
import { emptyOpinion, keepDraft, useOpinionDrafts, type OpinionDraft } from './opinion-drafts.ts';
import { judge } from './undo.ts';
import type { NoteOf } from './use-judgement.ts';
import './judge.css';

const outcomes = ['consistent', 'inconsistent', 'inconclusive'] as const;

interface OpinionFormProps {
  readonly folder: string;
  /** The opinion to change; a new one where there is none. */
  readonly note?: NoteOf<'assessment'>;
  readonly onDone: () => void;
}

/**
 * The examiner's opinion. Nothing is chosen beforehand: the program never proposes an outcome or a strength.
 */
export function OpinionForm({ folder, note, onDone }: OpinionFormProps) {
  const text = useText();
  const noteId = note?.id ?? null;
  const kept = useOpinionDrafts((state) => state.drafts.get(folder));
  const draft = kept?.noteId === noteId ? kept.draft : (note?.body ?? emptyOpinion);
  const { proposition, alternative, outcome, strength, words } = draft;
  const set = (part: Partial<OpinionDraft>): void =>
    keepDraft(folder, noteId, { proposition, alternative, outcome, strength, words, ...part });
  const close = (): void => {
    keepDraft(folder, noteId, null);
    onDone();
  };
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const missing = (wrong: boolean): string | undefined =>
    tried && wrong ? text('window/report:opinion.missing') : undefined;
  const keep = (): void => {
    setTried(true);
    if (proposition.trim() === '' || alternative.trim() === '' || outcome === null || strength === '') return;
    const body = { kind: 'assessment', proposition: proposition.trim(), alternative: alternative.trim() } as const;
    judge(folder, { ...body, outcome, strength, words: words.trim() }, note).then(close, setError);
  };
  return (
    <form
      className="judge-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Field
        label={text('window/report:opinion.proposition')}
        help={text('window/report:opinion.propositionHelp')}
        problem={missing(proposition.trim() === '')}
      >
        {(part) => (
          <textarea
            {...part}
            className="input"
            rows={2}
            maxLength={2000}
            value={proposition}
            onChange={(e) => set({ proposition: e.target.value })}
          />
        )}
      </Field>
      <Field
        label={text('window/report:opinion.alternative')}
        help={text('window/report:opinion.alternativeHelp')}
        problem={missing(alternative.trim() === '')}
      >
        {(part) => (
          <textarea
            {...part}
            className="input"
            rows={2}
            maxLength={2000}
            value={alternative}
            onChange={(e) => set({ alternative: e.target.value })}
          />
        )}
      </Field>
      <fieldset className="judge-outcomes">
        <legend>{text('window/report:opinion.outcome')}</legend>
        {outcomes.map((one) => (
          <label key={one} className="check">
            <input type="radio" name="outcome" checked={outcome === one} onChange={() => set({ outcome: one })} />
            <OutcomeMark outcome={one} />
          </label>
        ))}
        {missing(outcome === null) !== undefined && (
          <p className="field-error">{text('window/report:opinion.missing')}</p>
        )}
      </fieldset>
      <Field
        label={text('window/report:opinion.strength')}
        {...(outcome === null ? {} : { help: text(`window/report:opinion.strengthHelp.${outcome}`) })}
        problem={missing(strength === '')}
      >
        {(part) => (
          <select
            {...part}
            className="input"
            value={strength}
            onChange={(e) => set({ strength: e.target.value as Support | '' })}
          >
            <option value="">{text('window/report:opinion.choose')}</option>
            {supportScale.map((one) => (
              <option key={one} value={one}>
                {text(`report:strengths.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={text('window/report:opinion.words')} help={text('window/report:opinion.wordsHelp')}>
        {(part) => (
          <textarea
            {...part}
            className="input"
            rows={4}
            maxLength={20_000}
            value={words}
            onChange={(e) => set({ words: e.target.value })}
          />
        )}
      </Field>
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
      <div className="judge-actions">
        <button type="submit" className="button">
          {text('window/report:keep')}
        </button>
        <Button onClick={close}>{text('window:cancel')}</Button>
      </div>
    </form>
  );
}
