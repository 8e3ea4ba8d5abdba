import { visibleText } from '../../src/base/visible-text.ts';
import { Failed } from '../parts/states.tsx';
import { openFolder, useOpening } from '../state/open-folder.ts';

/** Why the last case could not be opened. */
export function OpenFailed() {
  const failed = useOpening((state) => state.failed);
  if (failed === null) return null;
  return (
    <div className="start-failed">
      <p className="mono">{visibleText(failed.folder)}</p>
      <Failed error={failed.error} again={() => void openFolder(failed.folder)} />
    </div>
  );
}
