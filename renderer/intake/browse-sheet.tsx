import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useText } from '../text/text-context.tsx';
import { visibleText } from '../../src/base/visible-text.ts';
import { FileBrowser } from './file-browser.tsx';

interface BrowseSheetProps {
  readonly open: boolean;
  readonly title: string;
  readonly mode: 'files' | 'folder';
  readonly startAt?: string;
  readonly onChosen: (paths: readonly string[]) => void;
  readonly onClose: () => void;
}

/** The file browser in a sheet of its own: one question, one answer. */
export function BrowseSheet({ open, title, mode, startAt, onChosen, onClose }: BrowseSheetProps) {
  const text = useText();
  const [paths, setPaths] = useState<readonly string[]>([]);
  const [only] = paths.length === 1 ? paths : [];
  const done = (chosen: readonly string[]): void => {
    onClose();
    onChosen(chosen);
  };
  return (
    <Sheet
      wide
      open={open}
      title={title}
      onClose={onClose}
      actions={
        <>
          <p className="browse-chosen mono muted">{only === undefined ? '' : visibleText(only)}</p>
          <Button onClick={onClose}>{text('window:cancel')}</Button>
          <Button primary disabled={paths.length === 0} onClick={() => done(paths)}>
            {text(mode === 'folder' ? 'window/intake:chooseFolder' : 'window/intake:choose')}
          </Button>
        </>
      }
    >
      <FileBrowser mode={mode} {...(startAt === undefined ? {} : { startAt })} onChange={setPaths} onChosen={done} />
    </Sheet>
  );
}
