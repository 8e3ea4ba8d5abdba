import { useState } from 'react';
import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { copyText } from '../parts/copy-text.ts';
import { useText } from '../text/text-context.tsx';

/** A path to be taken elsewhere: into a file manager, a message, a terminal. */
export function CopyPath({ path, what = 'copyPath' }: { path: string; what?: 'copyPath' | 'copyDigest' }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  return (
    <p className="copy-path">
      <code>{visibleText(path)}</code>
      <Button quiet onClick={() => void copyText(path).then(() => setCopied(true))}>
        {text(`window/report:${copied ? 'copied' : what}`)}
      </Button>
    </p>
  );
}
