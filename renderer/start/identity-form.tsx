import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createIdentity } from '../../src/contract/operations.ts';
import { startState } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { Field } from '../parts/field.tsx';
import { useSettings } from '../state/settings.ts';
import { useText } from '../text/text-context.tsx';
import { identityProblems, type IdentityFields } from './identity-problems.ts';
import type { StartState } from './start-view.tsx';

const empty: IdentityFields = { name: '', organisation: '', country: '', passphrase: '', again: '' };

interface IdentityFormProps {
  readonly start: StartState;
  /** The very first start: it can be put off. */
  readonly first: boolean;
  readonly onDone: () => void;
}

/** Makes the examiner's identity. What is typed as passphrase is gone as soon as the key is made. */
export function IdentityForm({ start, first, onDone }: IdentityFormProps) {
  const text = useText();
  const queries = useQueryClient();
  const [fields, setFields] = useState(empty);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problems = identityProblems(fields, start.minimumPassphraseLength);
  const change = (name: keyof IdentityFields) => (value: string) => setFields({ ...fields, [name]: value });
  const problemOf = (name: keyof IdentityFields): string | undefined => {
    const problem = tried ? problems[name] : undefined;
    return problem === undefined
      ? undefined
      : text(`window/start:identity.problems.${problem}`, { count: start.minimumPassphraseLength });
  };
  const make = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    setBusy(true);
    setError(null);
    const { name, organisation, country, passphrase } = fields;
    try {
      await call(createIdentity, {
        name: name.trim(),
        ...(organisation.trim() === '' ? {} : { organisation: organisation.trim() }),
        ...(country.trim() === '' ? {} : { country: country.trim().toUpperCase() }),
        passphrase,
      });
      setFields(empty);
      await queries.invalidateQueries({ queryKey: [startState.name] });
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="start-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <p className="start-why">{text('window/start:identity.why')}</p>
      <Field label={text('window/start:identity.name')} problem={problemOf('name')}>
        {(part) => (
          <input
            {...part}
            className="input"
            maxLength={64}
            value={fields.name}
            onChange={(e) => change('name')(e.target.value)}
          />
        )}
      </Field>
      <div className="start-pair">
        <Field label={text('window/start:identity.organisation')} problem={problemOf('organisation')}>
          {(part) => (
            <input
              {...part}
              className="input"
              maxLength={64}
              value={fields.organisation}
              onChange={(e) => change('organisation')(e.target.value)}
            />
          )}
        </Field>
        <Field label={text('window/start:identity.country')} problem={problemOf('country')}>
          {(part) => (
            <input
              {...part}
              className="input"
              maxLength={2}
              size={4}
              value={fields.country}
              onChange={(e) => change('country')(e.target.value)}
            />
          )}
        </Field>
      </div>
      <Field
        label={text('window/start:identity.passphrase')}
        help={text('window/start:identity.passphraseHelp', { count: start.minimumPassphraseLength })}
        problem={problemOf('passphrase')}
      >
        {(part) => (
          <input
            {...part}
            className="input"
            type="password"
            autoComplete="new-password"
            value={fields.passphrase}
            onChange={(e) => change('passphrase')(e.target.value)}
          />
        )}
      </Field>
      <Field label={text('window/start:identity.again')} problem={problemOf('again')}>
        {(part) => (
          <input
            {...part}
            className="input"
            type="password"
            autoComplete="new-password"
            value={fields.again}
            onChange={(e) => change('again')(e.target.value)}
          />
        )}
      </Field>
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
      <div className="start-form-actions">
        <button type="submit" className="button button-primary" disabled={busy}>
          {text(busy ? 'window/start:identity.making' : 'window/start:identity.make')}
        </button>
        {first ? (
          <Button onClick={() => useSettings.getState().change({ practiceAccepted: true })}>
            {text('window/start:identity.skip')}
          </Button>
        ) : (
          <Button onClick={onDone}>{text('window:cancel')}</Button>
        )}
      </div>
      {first && <p className="muted">{text('window/start:identity.skipHelp')}</p>}
    </form>
  );
}
