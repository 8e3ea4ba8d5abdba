import { useState } from 'react';
import { showReportFolder } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { useText } from '../text/text-context.tsx';

/** Opens a sealed report's folder in the person's file manager, or says that there is none. */
export function ShowFolder({ folder, report }: { folder: string; report: string }) {
  const text = useText();
  const [outcome, setOutcome] = useState<{ readonly shown: boolean } | { readonly error: unknown } | null>(null);
  const show = (): void => {
    call(showReportFolder, { folder, report })
      .then(setOutcome)
      .catch((error: unknown) => setOutcome({ error }));
  };
  return (
    <>
      <Button onClick={show}>{text('window/report:showFolder.open')}</Button>
      {outcome !== null && 'shown' in outcome && !outcome.shown && (
        <span role="status" className="muted">
          {text('window/report:showFolder.none')}
        </span>
      )}
      {outcome !== null && 'error' in outcome && (
        <span role="alert" className="field-error">
          {errorText(text, outcome.error)}
        </span>
      )}
    </>
  );
}
