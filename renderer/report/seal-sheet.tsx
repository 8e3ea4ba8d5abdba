import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { writeReport } from '../../src/contract/operations.ts';
import { listFiles, reportCoverage, startState } from '../../src/contract/window-operations.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { OperationError } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useOpinionDrafts } from '../judge/opinion-drafts.ts';
import { forgetSteps } from '../judge/undo.ts';
import { notesOf, useNotes } from '../judge/use-judgement.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { Field } from '../parts/field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { runJob, useJobs } from '../state/jobs.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { verifyPath } from '../verify/use-verify.ts';
import { CopyPath } from './copy-path.tsx';
import { ShowFolder } from './show-folder.tsx';

type Written = z.infer<typeof writeReport.output>['report'];

/** Seals the report: what goes in, who signs, the passphrase; then where it lies, and the way to check it. */
export function SealSheet({ folder, onClose }: { folder: string; onClose: () => void }) {
  const text = useText();
  const queries = useQueryClient();
  const identity = useAnswer(startState, {}).data?.identity ?? null;
  const [passphrase, setPassphrase] = useState('');
  const [note, setNote] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [written, setWritten] = useState<Written | null>(null);
  const needsPassphrase = identity !== null && !identity.practice;
  const seal = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const input = { folder, ...(note ? { note } : {}), ...(needsPassphrase ? { passphrase } : {}) };
      const { report } = await runJob(writeReport, input, { showsError: true });
      setWritten(report);
      // What a sealed report says is no longer undone by a key; it can still be changed for the next one.
      forgetSteps();
      void queries.invalidateQueries({ queryKey: [listFiles.name] });
    } catch (failure) {
      setError(failure);
    } finally {
      setPassphrase('');
      setBusy(false);
    }
  };
  if (written !== null) return <Sealed folder={folder} report={written} onClose={onClose} />;
  return (
    <Sheet
      open
      title={text('window/report:seal.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('window:cancel')}</Button>
          <button
            type="submit"
            form="seal"
            className="button button-primary"
            disabled={busy || (needsPassphrase && passphrase === '')}
          >
            {text(busy ? 'window/report:seal.sealing' : 'window/report:seal.do')}
          </button>
        </>
      }
    >
      <form
        id="seal"
        className="seal"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void seal();
        }}
      >
        <p>{text('window/report:seal.what')}</p>
        <Contents folder={folder} />
        <label className="check">
          <input type="checkbox" checked={note} onChange={(event) => setNote(event.target.checked)} />
          {text('window/report:seal.note')}
        </label>
        {identity === null || identity.practice ? (
          <p className="seal-practice">{text('report:seal.practice')}</p>
        ) : (
          <>
            <p>
              {text('window/report:seal.by', { name: visibleText(identity.name) })}
              <br />
              <span className="muted">{identity.words}</span>
            </p>
            <Field
              label={text('window/start:passphrase.labelOf', { name: visibleText(identity.name) })}
              problem={isWrong(error) ? text('window/start:passphrase.wrong') : undefined}
            >
              {(part) => (
                <input
                  {...part}
                  className="input"
                  type="password"
                  autoComplete="off"
                  value={passphrase}
                  onChange={(event) => setPassphrase(event.target.value)}
                />
              )}
            </Field>
          </>
        )}
        {error !== null && !isWrong(error) && (
          <p role="alert" className="field-error">
            {errorText(text, error)}
          </p>
        )}
      </form>
    </Sheet>
  );
}

function isWrong(error: unknown): boolean {
  return error instanceof OperationError && error.code === 'wrong-passphrase';
}

/** What goes into the report, and what a person may have forgotten. */
function Contents({ folder }: { folder: string }) {
  const text = useText();
  const { notes } = useNotes(folder);
  const coverage = useAnswer(reportCoverage, { folder, language: text.language }).data;
  const running = useJobs(({ jobs }) =>
    [...jobs.values()].some(({ operation, state }) => operation === 'examination.run' && state === 'running'),
  );
  const writing = useOpinionDrafts(({ drafts }) => drafts.has(folder));
  const count = (key: string, number: number): string => text(`window/report:seal.${key}`, { count: number });
  const opinions = notesOf(notes, 'assessment').length;
  return (
    <ul className="seal-contents">
      {coverage !== undefined && <li>{count('exhibits', coverage.exhibits.length)}</li>}
      {coverage !== undefined && coverage.notExamined.length > 0 && (
        <li>{count('notExamined', coverage.notExamined.length)}</li>
      )}
      <li>{count(opinions === 0 ? 'noOpinion' : 'opinions', opinions)}</li>
      <li>{count('marked', notesOf(notes, 'marked-finding').length)}</li>
      <li>{count('bookmarks', notesOf(notes, 'bookmark').length)}</li>
      <li>{count('provenance', notesOf(notes, 'provenance').length)}</li>
      {writing && (
        <li>
          <b>{text('window/report:seal.writing')}</b>
        </li>
      )}
      {running && (
        <li>
          <b>{text('window/report:seal.running')}</b>
        </li>
      )}
    </ul>
  );
}

function Sealed({ folder, report, onClose }: { folder: string; report: Written; onClose: () => void }) {
  const text = useText();
  const show = useSession((state) => state.show);
  return (
    <Sheet
      open
      title={text('window/report:seal.done', { id: report.id })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('window:close')}</Button>
          <ShowFolder folder={folder} report={report.id} />
          <Button
            primary
            onClick={() => {
              onClose();
              show('verify');
              void verifyPath(report.folder);
            }}
          >
            {text('window/report:seal.verify')}
          </Button>
        </>
      }
    >
      <div className="seal">
        <p>{text('window/report:seal.where')}</p>
        <CopyPath path={report.folder} />
        <ul className="seal-contents">
          {(['html', 'pdf', 'note', 'json'] as const)
            .filter((file) => report[file] !== undefined)
            .map((file) => (
              <li key={file}>{text(`window/report:seal.files.${file}`)}</li>
            ))}
        </ul>
        <p className="muted">{text('window/report:seal.withoutAssay')}</p>
        {report.practice && <p className="seal-practice">{text('report:seal.practice')}</p>}
      </div>
    </Sheet>
  );
}
