import type { ReactNode } from 'react';
import { OperationError } from '../api/call.ts';
import { useText } from '../text/text-context.tsx';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import { errorText } from './error-text.ts';

/** Nothing here yet: one sentence that teaches, and the action that fills it. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="state">
      <p className="muted">{children}</p>
      {action}
    </div>
  );
}

/** Something is on its way. `stage` is `window:stages.<stage>`; `share` is 0–1 where it is known. */
export function Busy({ stage, share }: { stage: string; share?: number }) {
  const text = useText();
  return (
    <div className="state" role="status">
      <p className="muted">{text(`window:stages.${stage}`)}</p>
      <progress {...(share === undefined ? {} : { value: share })} aria-label={text(`window:stages.${stage}`)} />
    </div>
  );
}

/** It failed: what, why, what now, and the log to copy. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const text = useText();
  const words = errorText(text, error);
  const log =
    error instanceof OperationError ? JSON.stringify({ code: error.code, details: error.details }) : String(error);
  return (
    <div className="state" role="alert">
      <p className="outcome-inconsistent">
        <span aria-hidden="true">▲ </span>
        {words}
      </p>
      <div className="state-actions">
        {again !== undefined && <Button onClick={again}>{text('window:again')}</Button>}
        <Button quiet onClick={() => void copyText(log)}>
          {text('window:copyLog')}
        </Button>
      </div>
    </div>
  );
}

/** The person cancelled it. */
export function Cancelled({ again }: { again?: () => void }) {
  const text = useText();
  return (
    <div className="state">
      <p className="muted">{text('window:cancelled')}</p>
      {again !== undefined && <Button onClick={again}>{text('window:again')}</Button>}
    </div>
  );
}
