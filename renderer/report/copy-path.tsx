import { useState } from 'react';
import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { useText } from '../text/text-context.tsx';

/** A path to be taken elsewhere: into a file manager, a message, a terminal. */
export function CopyPath({ path }: { path: string }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  return (
    <p className="copy-path">
      <code>{visibleText(path)}</code>
      <Button quiet onClick={() => void navigator.clipboard.writeText(path).then(() => setCopied(true))}>
        {text(copied ? 'window/report:copied' : 'window/report:copyPath')}
      </Button>
    </p>
  );
}
