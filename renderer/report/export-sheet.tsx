import { useState } from 'react';
import type { z } from 'zod';
import { exportBundle, type BundleScope } from '../../src/contract/bundle-operations.ts';
import { startState } from '../../src/contract/window-operations.ts';
import { formatMeasure } from '../../src/base/format-measure.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useChoosePaths } from '../intake/choose-paths.tsx';
import { below, folderNameFor, isAbsolute } from '../intake/path-parts.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { Field } from '../parts/field.tsx';
import { PathField } from '../parts/path-field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { runJob } from '../state/jobs.ts';
import { isCancelled, withPassphrase } from '../state/passphrase.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { CopyPath } from './copy-path.tsx';

type Exported = z.infer<typeof exportBundle.output>;
type Scope = z.infer<typeof BundleScope>;

/** Packs the case into one sealed bag: what goes in, who can open it, where it lies; then its digest, to be told apart from it. */
export function ExportSheet({ folder, onClose }: { folder: string; onClose: () => void }) {
  const text = useText();
  const identity = useAnswer(startState, {}).data?.identity ?? null;
  const openedCase = useSession((state) => state.openedCase);
  const [ask, browse] = useChoosePaths();
  const [scope, setScope] = useState<Scope>('reports');
  const [recipients, setRecipients] = useState('');
  const [place, setPlace] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<Exported | null>(null);
  const to = recipients.split(/[\s,]+/).filter((one) => one !== '');
  const title = folderNameFor(openedCase?.reference ?? openedCase?.title ?? 'case');
  const name = `${title}${scope === 'reports' ? '-reports' : ''}.zip${to.length > 0 ? '.age' : ''}`;
  // Beside the case and never in it: what is packed must not change while it is packed.
  const out = typed ?? below(place ?? folder.replace(/[\\/][^\\/]+[\\/]?$/, ''), name);
  const pack = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const input = { folder, scope, out, ...(to.length > 0 ? { to } : {}) };
      const first = identity === null || identity.practice ? undefined : { name: identity.name };
      setDone(
        await withPassphrase(
          'bundle',
          (secret) => runJob(exportBundle, { ...input, ...secret }, { showsError: true }),
          first,
        ),
      );
    } catch (failure) {
      if (!isCancelled(failure)) setError(failure);
    }
    setBusy(false);
  };
  if (done !== null) return <Packed done={done} onClose={onClose} />;
  return (
    <Sheet
      open
      title={text('window/bundle:export.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('window:cancel')}</Button>
          <Button primary disabled={busy || !isAbsolute(out)} onClick={() => void pack()}>
            {text(busy ? 'window/bundle:export.packing' : 'window/bundle:export.do')}
          </Button>
        </>
      }
    >
      <div className="seal">
        <p>{text('window/bundle:export.what')}</p>
        <fieldset className="export-scope">
          <legend>{text('window/bundle:export.scope')}</legend>
          {(['reports', 'evidence'] as const).map((one) => (
            <label key={one} className="check">
              <input type="radio" name="scope" checked={scope === one} onChange={() => setScope(one)} />
              {text(`window/bundle:export.scopes.${one}`)}
            </label>
          ))}
        </fieldset>
        <Field label={text('window/bundle:export.to')} help={text('window/bundle:export.toHelp')}>
          {(part) => (
            <textarea
              {...part}
              className="input mono"
              rows={2}
              value={recipients}
              onChange={(event) => setRecipients(event.target.value)}
            />
          )}
        </Field>
        <PathField
          label={text('window/bundle:export.out')}
          value={out}
          onChange={setTyped}
          choose={text('window/bundle:chooseFolder')}
          onChoose={() =>
            ask({
              mode: 'folder',
              title: text('window/bundle:chooseFolder'),
              onChosen: ([chosen]) => {
                setPlace(chosen ?? null);
                setTyped(null);
              },
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

function Packed({ done, onClose }: { done: Exported; onClose: () => void }) {
  const text = useText();
  const { path, sizeBytes, sha256, files, recipients, practice } = done;
  return (
    <Sheet
      open
      title={text('window/bundle:export.done')}
      onClose={onClose}
      actions={
        <Button primary onClick={onClose}>
          {text('window:close')}
        </Button>
      }
    >
      <div className="seal">
        <CopyPath path={path} />
        <p>
          {text('window/bundle:export.size', {
            count: files,
            size: formatMeasure(text, 'sizeBytes', { value: sizeBytes, unit: 'bytes' }),
          })}
        </p>
        <p>{text('window/bundle:export.tell')}</p>
        <CopyPath path={sha256} what="copyDigest" />
        <p className="muted">
          {text(`window/bundle:export.${recipients.length === 0 ? 'unlocked' : 'closed'}`, {
            count: recipients.length,
          })}
        </p>
        {practice && <p className="seal-practice">{text('report:seal.practice')}</p>}
      </div>
    </Sheet>
  );
}
