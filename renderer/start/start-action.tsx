import { useId, type ReactNode } from 'react';
import { useText } from '../text/text-context.tsx';

interface StartActionProps {
  /** Its words are `window/start:<id>.title` and `.help`; of one that is not there yet, `.notYet`. */
  readonly id: string;
  readonly primary?: boolean;
  readonly busy?: boolean;
  /** It has its place, and says plainly why it does nothing yet. */
  readonly notYet?: boolean;
  readonly onClick?: () => void;
  readonly children?: ReactNode;
}

/** One thing to begin with: a row that is a button, with one sentence that says what comes of it. */
export function StartAction({ id, primary, busy, notYet, onClick, children }: StartActionProps) {
  const text = useText();
  const help = useId();
  const off = notYet === true || busy === true;
  return (
    <li>
      <button
        type="button"
        className={`start-action${primary === true ? ' start-action-primary' : ''}`}
        aria-describedby={help}
        // Not `disabled`: the reason must be reachable and read out.
        aria-disabled={off}
        onClick={off ? undefined : onClick}
      >
        <span className="start-action-title">{text(`window/start:${id}.title`)}</span>
        <span className="start-action-help" id={help}>
          {text(`window/start:${id}.${notYet === true ? 'notYet' : 'help'}`)}
        </span>
      </button>
      {children}
    </li>
  );
}
