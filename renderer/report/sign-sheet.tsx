import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { signReport } from '../../src/contract/operations.ts';
import { listFiles, startState } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { Field } from '../parts/field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { runJob } from '../state/jobs.ts';
import { isCancelled, withPassphrase } from '../state/passphrase.ts';
import { useText } from '../text/text-context.tsx';
import { useOpenVerify } from './use-open-verify.ts';

const roles = ['reviewer', 'examiner'] as const;

/** Adds this machine's identity to the signers of a sealed report, with a role and a comment that is signed too. */
export function SignSheet({ path, name, onClose }: { path: string; name: string; onClose: () => void }) {
  const text = useText();
  const queries = useQueryClient();
  const identity = useAnswer(startState, {}).data?.identity ?? null;
  const openVerify = useOpenVerify();
  const [role, setRole] = useState<(typeof roles)[number]>('reviewer');
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const sign = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const input = { path, role, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) };
      const first = identity === null || identity.practice ? undefined : { name: identity.name };
      await withPassphrase(
        'sign',
        (secret) => runJob(signReport, { ...input, ...secret }, { showsError: true }),
        first,
      );
      void queries.invalidateQueries({ queryKey: [listFiles.name] });
      onClose();
      openVerify(path);
    } catch (failure) {
      if (!isCancelled(failure)) setError(failure);
      setBusy(false);
    }
  };
  return (
    <Sheet
      open
      title={text('window/bundle:sign.title', { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('window:cancel')}</Button>
          <Button primary disabled={busy} onClick={() => void sign()}>
            {text(busy ? 'window/bundle:sign.signing' : 'window/bundle:sign.do')}
          </Button>
        </>
      }
    >
      <div className="seal">
        <p>{text('window/bundle:sign.what')}</p>
        <Field label={text('window/bundle:sign.role')}>
          {(part) => (
            <select
              {...part}
              className="input"
              value={role}
              onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? 'reviewer')}
            >
              {roles.map((one) => (
                <option key={one} value={one}>
                  {text(`window/bundle:roles.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={text('window/bundle:sign.comment')} help={text('window/bundle:sign.commentHelp')}>
          {(part) => (
            <textarea
              {...part}
              className="input"
              rows={3}
              maxLength={500}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          )}
        </Field>
        {(identity === null || identity.practice) && <p className="seal-practice">{text('report:seal.practice')}</p>}
        {error !== null && (
          <p role="alert" className="field-error">
            {errorText(text, error)}
          </p>
        )}
      </div>
    </Sheet>
  );
}
