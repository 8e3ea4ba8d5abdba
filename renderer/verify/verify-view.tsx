import { useEffect } from 'react';
import { verify } from '../../src/contract/operations.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { useChoosePaths } from '../intake/choose-paths.tsx';
import { Button } from '../parts/button.tsx';
import { Progress } from '../parts/progress.tsx';
import { Cancelled, Empty, Failed } from '../parts/states.tsx';
import { useDrop } from '../state/drop.ts';
import { useJobs } from '../state/jobs.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { CheckGroups } from './check-groups.tsx';
import { Signers } from './signers.tsx';
import { trust, useVerify, verifyPath, type Verification } from './use-verify.ts';
import './verify.css';

/** Is this whole, and who sealed it: one plain answer, then every check behind it. */
export default function VerifyView() {
  const text = useText();
  const { path, state, result, error } = useVerify();
  const { openedCase, show } = useSession();
  const [ask, sheet] = useChoosePaths();
  const choose = (): void =>
    ask({
      mode: 'folder',
      title: text('window/verify:choose'),
      ...(openedCase === null ? {} : { startAt: openedCase.folder }),
      onChosen: ([folder]) => folder !== undefined && void verifyPath(folder),
    });
  useEffect(
    () =>
      useDrop.getState().aim('window/verify:drop', ({ paths }) => {
        const [first] = paths ?? [];
        if (first === undefined) choose();
        else void verifyPath(first);
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- put in place once; what it needs is read when something is dropped
    [],
  );
  return (
    <div className="verify">
      <header className="verify-head">
        <h1>{text('window/verify:title')}</h1>
        <div className="verify-actions">
          {openedCase === null && <Button onClick={() => show('start')}>{text('window/verify:back')}</Button>}
          {openedCase !== null && (
            <Button onClick={() => void verifyPath(openedCase.folder)}>{text('window/verify:thisCase')}</Button>
          )}
          <Button
            onClick={() =>
              ask({
                mode: 'files',
                title: text('window/verify:chooseFile'),
                onChosen: ([file]) => file !== undefined && void verifyPath(file),
              })
            }
          >
            {text('window/verify:chooseFile')}
          </Button>
          <Button primary={state === 'idle'} onClick={choose}>
            {text('window/verify:choose')}
          </Button>
        </div>
      </header>
      <div className="verify-body">
        {path !== null && <p className="verify-path mono muted">{visibleText(path)}</p>}
        {state === 'idle' && <Empty>{text('window/verify:empty')}</Empty>}
        {state === 'running' && <Running />}
        {state === 'cancelled' && path !== null && <Cancelled again={() => void verifyPath(path)} />}
        {state === 'failed' && path !== null && <Failed error={error} again={() => void verifyPath(path)} />}
        {result !== null && <Answer result={result} ask={ask} />}
      </div>
      {sheet}
    </div>
  );
}

function Running() {
  const job = useJobs(({ jobs }) =>
    [...jobs.values()].find(({ operation, state }) => operation === verify.name && state === 'running'),
  );
  return <div className="verify-running">{job !== undefined && <Progress job={job} />}</div>;
}

const symbols: Readonly<Record<Verification['outcome'], string>> = {
  valid: '✓',
  'signer-unknown': '○',
  practice: '○',
  invalid: '✕',
};

function Answer({ result, ask }: { result: Verification; ask: ReturnType<typeof useChoosePaths>[0] }) {
  const text = useText();
  const { outcome, kind, checks, signers } = result;
  const failed = checks.filter((check) => check.outcome === 'failed').length;
  return (
    <>
      <section className={`verdict verdict-${outcome}`} role="status">
        <p className="verdict-symbol" aria-hidden="true">
          {symbols[outcome]}
        </p>
        <div>
          <p className="verdict-word">{text(`window/verify:verdicts.${outcome}.word`)}</p>
          <p>{text(`window/verify:verdicts.${outcome}.${kind}`, { count: failed })}</p>
          <p className="muted">{text(`window/verify:verdicts.${outcome}.${kind}Now`)}</p>
        </div>
      </section>
      <Signers
        signers={signers}
        onTrust={() =>
          ask({
            mode: 'files',
            title: text('window/verify:signers.chooseCertificate'),
            onChosen: (paths) => trust(paths),
          })
        }
      />
      <CheckGroups checks={checks} />
    </>
  );
}
