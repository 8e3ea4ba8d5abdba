import { useState } from 'react';
import type { z } from 'zod';
import { importTimestamp, requestTimestamp } from '../../src/contract/seal-operations.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { call } from '../api/call.ts';
import { useChoosePaths } from '../intake/choose-paths.tsx';
import { isAbsolute } from '../intake/path-parts.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { PathField } from '../parts/path-field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { withPassphrase } from '../state/passphrase.ts';
import { useText } from '../text/text-context.tsx';
import { CopyPath } from './copy-path.tsx';

type Requested = z.infer<typeof requestTimestamp.output>['requests'];
type Stamped = z.infer<typeof importTimestamp.output>;

/**
 * A timestamp of a sealed report without a network: requests are written into a folder and carried to an authority; its answer
 * is brought in later.
 */
export function TimestampSheet({ path, name, onClose }: { path: string; name: string; onClose: () => void }) {
  const text = useText();
  const [ask, browse] = useChoosePaths();
  const [out, setOut] = useState('');
  const [file, setFile] = useState('');
  const [authority, setAuthority] = useState('');
  const [requested, setRequested] = useState<Requested | null>(null);
  const [stamped, setStamped] = useState<Stamped | null>(null);
  const [error, setError] = useState<unknown>(null);
  const doing = async (work: () => Promise<void>): Promise<void> => {
    setError(null);
    await work().catch(setError);
  };
  const choose = (mode: 'files' | 'folder', title: string, set: (path: string) => void): void =>
    ask({ mode, title, onChosen: ([chosen]) => set(chosen ?? '') });
  return (
    <Sheet
      open
      title={text('window/bundle:timestamp.title', { name })}
      onClose={onClose}
      actions={<Button onClick={onClose}>{text('window:close')}</Button>}
    >
      <div className="seal">
        <p>{text('window/bundle:timestamp.what')}</p>
        <h3>{text('window/bundle:timestamp.ask')}</h3>
        <PathField
          label={text('window/bundle:timestamp.out')}
          value={out}
          onChange={setOut}
          choose={text('window/bundle:chooseFolder')}
          onChoose={() => choose('folder', text('window/bundle:timestamp.out'), setOut)}
        />
        <div>
          <Button
            disabled={!isAbsolute(out)}
            onClick={() => void doing(async () => setRequested((await call(requestTimestamp, { path, out })).requests))}
          >
            {text('window/bundle:timestamp.request')}
          </Button>
        </div>
        {requested !== null && (
          <div role="status">
            <p>{text('window/bundle:timestamp.requested', { count: requested.length })}</p>
            {requested.map(({ request }) => (
              <CopyPath key={request} path={request} />
            ))}
          </div>
        )}
        <h3>{text('window/bundle:timestamp.answer')}</h3>
        <PathField
          label={text('window/bundle:timestamp.file')}
          value={file}
          onChange={setFile}
          choose={text('window/bundle:choose')}
          onChoose={() => choose('files', text('window/bundle:timestamp.file'), setFile)}
        />
        <PathField
          label={text('window/bundle:timestamp.authority')}
          help={text('window/bundle:timestamp.authorityHelp')}
          value={authority}
          onChange={setAuthority}
          choose={text('window/bundle:choose')}
          onChoose={() => choose('files', text('window/bundle:timestamp.authority'), setAuthority)}
        />
        <div>
          <Button
            disabled={!isAbsolute(file)}
            onClick={() =>
              void doing(async () => {
                const input = { path, file, ...(authority === '' ? {} : { authorities: [authority] }) };
                setStamped(await withPassphrase('certify', (given) => call(importTimestamp, { ...input, ...given })));
              })
            }
          >
            {text('window/bundle:timestamp.import')}
          </Button>
        </div>
        {stamped !== null && (
          <p role="status">
            {text('window/bundle:timestamp.stamped', { at: stamped.at, by: visibleText(stamped.by) })}
          </p>
        )}
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
