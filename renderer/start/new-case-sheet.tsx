import { useState } from 'react';
import { createCase } from '../../src/contract/operations.ts';
import { listFiles } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useChoosePaths } from '../intake/choose-paths.tsx';
import { below, folderNameFor, isAbsolute } from '../intake/path-parts.ts';
import { openIntake } from '../intake/use-intake.ts';
import { Button } from '../parts/button.tsx';
import { errorText } from '../parts/error-text.ts';
import { Field } from '../parts/field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { openFolder } from '../state/open-folder.ts';
import { isCancelled, withPassphrase } from '../state/passphrase.ts';
import { useText } from '../text/text-context.tsx';
import type { StartState } from './start-view.tsx';

interface NewCaseSheetProps {
  readonly start: StartState;
  /** Paths that wait to be taken in as soon as there is a case. */
  readonly evidence: readonly string[];
  readonly onClose: () => void;
}

/** Makes a case, opens it, and goes on to the evidence. */
export function NewCaseSheet({ start, evidence, onClose }: NewCaseSheetProps) {
  const text = useText();
  const home = useAnswer(listFiles, {}).data?.entries[0]?.path;
  const [ask, browse] = useChoosePaths();
  const [title, setTitle] = useState('');
  const [reference, setReference] = useState('');
  const [examiner, setExaminer] = useState(start.identity?.name ?? '');
  const [place, setPlace] = useState<string | null>(null);
  const [typedFolder, setTypedFolder] = useState<string | null>(null);
  const [timeZone, setTimeZone] = useState(start.timeZone);
  const [language, setLanguage] = useState(start.language);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const name = folderNameFor(reference.trim() === '' ? title : `${reference} ${title}`);
  const above = place ?? (home === undefined ? null : below(home, 'assay-cases'));
  const folder = typedFolder ?? (above === null || name === '' ? '' : below(above, name));
  const problem = (wrong: boolean, key: string): string | undefined =>
    tried && wrong ? text(`window/start:newCase.problems.${key}`) : undefined;
  const complete = title.trim() !== '' && examiner.trim() !== '' && isAbsolute(folder);

  const make = async (): Promise<void> => {
    setTried(true);
    if (!complete) return;
    setBusy(true);
    setError(null);
    try {
      const input = {
        folder,
        title: title.trim(),
        examiner: examiner.trim(),
        ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
        language,
        timeZone,
      };
      await withPassphrase('certify', (given) => call(createCase, { ...input, ...given }));
      if (await openFolder(folder)) openIntake(evidence);
      onClose();
    } catch (failure) {
      if (!isCancelled(failure)) setError(failure);
      setBusy(false);
    }
  };
  return (
    <Sheet
      open
      title={text('window/start:newCase.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('window:cancel')}</Button>
          <button type="submit" form="new-case" className="button button-primary" disabled={busy}>
            {text(busy ? 'window/start:newCase.making' : 'window/start:newCase.make')}
          </button>
        </>
      }
    >
      <form
        id="new-case"
        className="start-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Field label={text('window/start:newCase.caseTitle')} problem={problem(title.trim() === '', 'title')}>
          {(part) => (
            <input
              {...part}
              className="input"
              maxLength={200}
              value={title}
              onChange={(e) => setTitle(e.target.value)}
            />
          )}
        </Field>
        <div className="start-pair">
          <Field label={text('window/start:newCase.reference')} help={text('window/start:newCase.referenceHelp')}>
            {(part) => (
              <input
                {...part}
                className="input"
                maxLength={100}
                value={reference}
                onChange={(e) => setReference(e.target.value)}
              />
            )}
          </Field>
          <Field label={text('window/start:newCase.examiner')} problem={problem(examiner.trim() === '', 'examiner')}>
            {(part) => (
              <input
                {...part}
                className="input"
                maxLength={100}
                value={examiner}
                onChange={(e) => setExaminer(e.target.value)}
              />
            )}
          </Field>
        </div>
        <Field
          label={text('window/start:newCase.folder')}
          help={text('window/start:newCase.folderHelp')}
          problem={problem(!isAbsolute(folder), 'folder')}
        >
          {(part) => (
            <div className="start-folder">
              <input {...part} className="input mono" value={folder} onChange={(e) => setTypedFolder(e.target.value)} />
              <Button
                onClick={() =>
                  ask({
                    mode: 'folder',
                    title: text('window/start:newCase.place'),
                    onChosen: ([chosen]) => {
                      setPlace(chosen ?? null);
                      setTypedFolder(null);
                    },
                  })
                }
              >
                {text('window/start:newCase.choose')}
              </Button>
            </div>
          )}
        </Field>
        <div className="start-pair">
          <Field label={text('window/start:newCase.timeZone')} help={text('window/start:newCase.timeZoneHelp')}>
            {(part) => (
              <select {...part} className="input" value={timeZone} onChange={(e) => setTimeZone(e.target.value)}>
                {zones(start.timeZone).map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </select>
            )}
          </Field>
          <Field label={text('window/start:newCase.language')} help={text('window/start:newCase.languageHelp')}>
            {(part) => (
              <select {...part} className="input" value={language} onChange={(e) => setLanguage(e.target.value)}>
                {start.languages.map((tag) => (
                  <option key={tag} value={tag}>
                    {ownName(tag)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {evidence.length > 0 && (
          <p className="muted">{text('window/start:newCase.evidence', { count: evidence.length })}</p>
        )}
        {error !== null && (
          <p role="alert" className="field-error">
            {errorText(text, error)}
          </p>
        )}
      </form>
      {browse}
    </Sheet>
  );
}

/** Every time zone that this browser knows, with the machine's own and UTC. */
function zones(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}

/** What speakers of a language call it. */
function ownName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
