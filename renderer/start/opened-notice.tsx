import { useState } from 'react';
import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { useOpening } from '../state/open-folder.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';

/** What a person must know of the case that was just opened: it is open for reading only, or something was put right. */
export function OpenedNotice() {
  const text = useText();
  const { openedCase, readOnly } = useSession();
  const repaired = useOpening((state) => state.repaired);
  const [seen, setSeen] = useState<string | null>(null);
  if (openedCase === null || seen === openedCase.folder || (!readOnly && repaired.length === 0)) return null;
  return (
    <aside className="opened-notice" role="status">
      {readOnly && <p>{text('window/start:opened.readOnly')}</p>}
      {repaired.length > 0 && (
        <p>
          {text('window/start:opened.repaired', { count: repaired.length })}{' '}
          <span className="mono muted">{repaired.map(visibleText).join(', ')}</span>
        </p>
      )}
      <Button onClick={() => setSeen(openedCase.folder)}>{text('window:close')}</Button>
    </aside>
  );
}
