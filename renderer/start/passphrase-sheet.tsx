import { useState } from 'react';
import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { usePassphrase } from '../state/passphrase.ts';
import { useText } from '../text/text-context.tsx';

/** Asks for the identity's passphrase whenever something waits for it. */
export function PassphraseSheet() {
  const asked = usePassphrase((state) => state.asked);
  // A new key for every question: what was typed before is gone with it.
  return asked === null ? null : <Ask key={`${asked.purpose} ${String(asked.wrong)}`} asked={asked} />;
}

function Ask({ asked }: { asked: NonNullable<ReturnType<typeof usePassphrase.getState>['asked']> }) {
  const text = useText();
  const [passphrase, setPassphrase] = useState('');
  const give = (): void => {
    if (passphrase !== '') asked.answer(passphrase);
  };
  return (
    <Sheet
      open
      title={text('window/start:passphrase.title')}
      onClose={() => asked.answer(null)}
      actions={
        <>
          <Button onClick={() => asked.answer(null)}>{text('window:cancel')}</Button>
          <Button primary disabled={passphrase === ''} onClick={give}>
            {text(`window/start:passphrase.${asked.purpose}.do`)}
          </Button>
        </>
      }
    >
      <form
        className="start-form"
        onSubmit={(event) => {
          event.preventDefault();
          give();
        }}
      >
        <p>{text(`window/start:passphrase.${asked.purpose}.why`)}</p>
        {asked.wrong && (
          <p role="alert" className="field-error">
            {text('window/start:passphrase.wrong')}
          </p>
        )}
        <label className="field">
          {asked.name === null
            ? text('window/start:passphrase.label')
            : text('window/start:passphrase.labelOf', { name: visibleText(asked.name) })}
          <input
            className="input"
            type="password"
            autoComplete="off"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </label>
      </form>
    </Sheet>
  );
}
