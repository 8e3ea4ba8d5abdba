import { useState } from 'react';
import { importBundle } from '../../src/contract/bundle-operations.ts';
import { listFiles } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useChoosePaths } from '../intake/choose-paths.tsx';
import { below, folderNameFor, isAbsolute, lastName } from '../intake/path-parts.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { PathField } from '../parts/path-field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { runJob } from '../state/jobs.ts';
import { openFolder } from '../state/open-folder.ts';
import { isCancelled, withPassphrase } from '../state/passphrase.ts';
import { useText } from '../text/text-context.tsx';

/** Takes a bundle in: checks it, makes a case of it whose custody log goes on from the sender's, and opens that. */
export function ImportBundleSheet({ path: given, onClose }: { path: string; onClose: () => void }) {
  const text = useText();
  const home = useAnswer(listFiles, {}).data?.entries[0]?.path;
  const [ask, browse] = useChoosePaths();
  const [path, setPath] = useState(given);
  const [typedFolder, setFolder] = useState<string | null>(null);
  const [certificate, setCertificate] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const name = folderNameFor(lastName(path).replace(/(\.zip)?(\.age)?$/i, ''));
  const folder = typedFolder ?? (home === undefined || name === '' ? '' : below(below(home, 'assay-cases'), name));
  const takeIn = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const input = { path, folder, ...(certificate === '' ? {} : { trusted: [certificate] }) };
      const made = await withPassphrase('decrypt', (secret) =>
        runJob(importBundle, { ...input, ...secret }, { showsError: true }),
      );
      onClose();
      await openFolder(made.case.folder);
    } catch (failure) {
      if (!isCancelled(failure)) setError(failure);
      setBusy(false);
    }
  };
  return (
    <Sheet
      open
      title={text('window/bundle:import.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('window:cancel')}</Button>
          <Button primary disabled={busy || !isAbsolute(path) || !isAbsolute(folder)} onClick={() => void takeIn()}>
            {text(busy ? 'window/bundle:import.taking' : 'window/bundle:import.do')}
          </Button>
        </>
      }
    >
      <div className="start-form">
        <p>{text('window/bundle:import.what')}</p>
        <PathField
          label={text('window/bundle:import.file')}
          value={path}
          onChange={setPath}
          choose={text('window/bundle:choose')}
          onChoose={() =>
            ask({
              mode: 'files',
              title: text('window/bundle:import.file'),
              onChosen: ([chosen]) => setPath(chosen ?? ''),
            })
          }
        />
        <PathField
          label={text('window/bundle:import.folder')}
          help={text('window/bundle:import.folderHelp')}
          value={folder}
          onChange={setFolder}
        />
        <PathField
          label={text('window/bundle:import.certificate')}
          help={text('window/bundle:import.certificateHelp')}
          value={certificate}
          onChange={setCertificate}
          choose={text('window/bundle:choose')}
          onChoose={() =>
            ask({
              mode: 'files',
              title: text('window/bundle:import.certificate'),
              onChosen: ([chosen]) => setCertificate(chosen ?? ''),
            })
          }
        />
        {error !== null && (
          <p role="alert" className="field-error">
            {errorText(text, error)}
          </p>
        )}
      </div>
      {browse}
    </Sheet>
  );
}
