import { useState } from 'react';
import { nativeWindow } from '../../src/contract/native.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { Failed } from '../parts/states.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { FileBrowser } from './file-browser.tsx';
import { IntakeProgress } from './intake-progress.tsx';
import { cancelIntake, closeIntake, openIntake, startIntake, useIntake } from './use-intake.ts';

const roles = ['questioned', 'reference'] as const;

/** Brings evidence into the open case: choose, say what it is, watch it come in. */
export function IntakeSheet() {
  const text = useText();
  const folder = useSession((state) => state.openedCase?.folder);
  const { open, offered, run } = useIntake();
  if (folder === undefined) return null;
  if (run === null) return open ? <ChooseEvidence key={offered.join('\n')} folder={folder} offered={offered} /> : null;
  return (
    <Sheet
      wide
      open={open}
      title={text('window/intake:title')}
      onClose={closeIntake}
      actions={
        run.state === 'running' ? (
          <>
            <Button onClick={cancelIntake}>{text('window:cancel')}</Button>
            <Button primary onClick={closeIntake}>
              {text('window/intake:background')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => openIntake()}>{text('window/intake:more')}</Button>
            <Button primary onClick={closeIntake}>
              {text('window/intake:goOn')}
            </Button>
          </>
        )
      }
    >
      {run.state === 'failed' && <Failed error={run.error} />}
      <IntakeProgress run={run} />
    </Sheet>
  );
}

function ChooseEvidence({ folder, offered }: { folder: string; offered: readonly string[] }) {
  const text = useText();
  const pathUnknown = useIntake((state) => state.pathUnknown);
  const [paths, setPaths] = useState<readonly string[]>(offered);
  const [browsing, setBrowsing] = useState(offered.length === 0);
  const [role, setRole] = useState<(typeof roles)[number]>('questioned');
  const [source, setSource] = useState('');
  const native = nativeWindow();
  const take = (chosen: readonly string[]): void => void startIntake(folder, chosen, { role, source });
  const ask = (kind: 'files' | 'folder'): void =>
    void native?.choosePaths({ kind, title: text('window/intake:title') }).then((more) => {
      setPaths((known) => [...new Set([...known, ...more])]);
    });
  return (
    <Sheet
      wide
      open
      title={text('window/intake:title')}
      onClose={closeIntake}
      actions={
        <>
          <p className="browse-chosen muted">{text('window/intake:copyNote')}</p>
          <Button onClick={closeIntake}>{text('window:cancel')}</Button>
          <Button primary disabled={paths.length === 0} onClick={() => take(paths)}>
            {paths.length === 0 ? text('window/intake:takeIn') : text('window/intake:take', { count: paths.length })}
          </Button>
        </>
      }
    >
      <div className="intake-choose">
        <fieldset className="intake-what">
          <legend className="visually-hidden">{text('window/intake:what')}</legend>
          {roles.map((one) => (
            <label key={one} className={`intake-role intake-role-${one}`}>
              <input type="radio" name="role" checked={role === one} onChange={() => setRole(one)} />
              <span>
                {text(`window/intake:roles.${one}.name`)}
                <span className="muted"> {text(`window/intake:roles.${one}.help`)}</span>
              </span>
            </label>
          ))}
          <label className="intake-source">
            {text('window/intake:source')}
            <input
              className="input"
              value={source}
              maxLength={500}
              placeholder={text('window/intake:sourceHelp')}
              onChange={(event) => setSource(event.target.value)}
            />
          </label>
        </fieldset>
        {pathUnknown && (
          <p className="intake-notice" role="status">
            {text('window/intake:pathUnknown')}
          </p>
        )}
        {native !== undefined || !browsing ? (
          <>
            <ChosenPaths paths={paths} remove={(gone) => setPaths(paths.filter((path) => path !== gone))} />
            <div className="intake-add">
              {native === undefined ? (
                <Button
                  onClick={() => {
                    setPaths([]);
                    setBrowsing(true);
                  }}
                >
                  {text('window/intake:others')}
                </Button>
              ) : (
                <>
                  <Button onClick={() => ask('files')}>{text('window/intake:chooseFiles')}</Button>
                  <Button onClick={() => ask('folder')}>{text('window/intake:chooseAFolder')}</Button>
                </>
              )}
            </div>
          </>
        ) : (
          <FileBrowser mode="files" onChange={setPaths} onChosen={take} />
        )}
      </div>
    </Sheet>
  );
}

function ChosenPaths({ paths, remove }: { paths: readonly string[]; remove: (path: string) => void }) {
  const text = useText();
  if (paths.length === 0) return <p className="intake-none muted">{text('window/intake:dropHere')}</p>;
  return (
    <ul className="intake-paths">
      {paths.map((path) => (
        <li key={path}>
          <span className="mono">{visibleText(path)}</span>
          <Button
            quiet
            aria-label={text('window/intake:remove', { path: visibleText(path) })}
            onClick={() => remove(path)}
          >
            <span aria-hidden="true">×</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
