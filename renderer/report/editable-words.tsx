import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { useText } from '../text/text-context.tsx';
import { Words } from './words.tsx';

interface EditableWordsProps {
  readonly words: string;
  readonly label: string;
  readonly readOnly: boolean;
  /** Writes the new words into the case. */
  readonly keep: (words: string) => Promise<unknown>;
  readonly withdraw: () => Promise<unknown>;
}

/** The examiner's words on something, changed in their place, and the way to take the whole thing back. */
export function EditableWords({ words, label, readOnly, keep, withdraw }: EditableWordsProps) {
  const text = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (typed === null)
    return (
      <>
        <Words of={words} />
        {error !== null && (
          <p role="alert" className="field-error">
            {errorText(text, error)}
          </p>
        )}
        {!readOnly && (
          <div className="judge-actions">
            <Button quiet onClick={() => setTyped(words)}>
              {text(words === '' ? 'window/report:addWords' : 'window/report:change')}
            </Button>
            <Button quiet onClick={() => void withdraw().catch(setError)}>
              {text('window/report:withdraw')}
            </Button>
          </div>
        )}
      </>
    );
  return (
    <form
      className="judge-form"
      onSubmit={(event) => {
        event.preventDefault();
        keep(typed.trim()).then(() => setTyped(null), setError);
      }}
    >
      <textarea
        autoFocus
        className="input"
        rows={3}
        maxLength={20_000}
        aria-label={label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
      <div className="judge-actions">
        <button type="submit" className="button">
          {text('window/report:keep')}
        </button>
        <Button quiet onClick={() => setTyped(null)}>
          {text('window:cancel')}
        </Button>
      </div>
    </form>
  );
}
