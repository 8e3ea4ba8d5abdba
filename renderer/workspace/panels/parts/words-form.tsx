import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { useText } from '../../../text/text-context.tsx';

interface WordsFormProps {
  readonly label: string;
  readonly initial: string;
  /** Without words there is nothing to keep. */
  readonly required?: boolean;
  /** Rejects where it could not be written; then the form stays with what was typed. */
  readonly onKeep: (words: string) => Promise<unknown>;
  readonly onCancel?: () => void;
}

/** The examiner's own words: Ctrl+Enter keeps them, Escape leaves them as they were. */
export function WordsForm({ label, initial, required = false, onKeep, onCancel }: WordsFormProps) {
  const text = useText();
  const [words, setWords] = useState(initial);
  const [error, setError] = useState<unknown>(null);
  const empty = required && words.trim() === '';
  const keep = (): void => {
    if (empty) return;
    setError(null);
    onKeep(words.trim()).then(() => {
      if (onCancel === undefined) setWords('');
    }, setError);
  };
  return (
    <form
      className="words-form"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <textarea
        autoFocus={onCancel !== undefined}
        className="input"
        rows={2}
        maxLength={10_000}
        aria-label={label}
        placeholder={label}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
          if (event.key === 'Escape') onCancel?.();
        }}
      />
      <div className="words-form-actions">
        <Button type="submit" disabled={empty}>
          {text('window/panels:keep')}
        </Button>
        {onCancel !== undefined && (
          <Button quiet onClick={onCancel}>
            {text('window:cancel')}
          </Button>
        )}
      </div>
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
    </form>
  );
}
