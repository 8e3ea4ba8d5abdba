import { useState } from 'react';
import { listFiles } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { below } from '../intake/path-parts.ts';
import { Button } from '../parts/button.tsx';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';
import { CopyPath } from './copy-path.tsx';
import { ExportSheet } from './export-sheet.tsx';
import { ShowFolder } from './show-folder.tsx';
import { SignSheet } from './sign-sheet.tsx';
import { TimestampSheet } from './timestamp-sheet.tsx';
import { useOpenVerify } from './use-open-verify.ts';

interface SealedReport {
  readonly name: string;
  readonly path: string;
}

/** Reports of the case that are sealed: their place, checking and signing them, timestamps, and the case as a bundle. */
export function SealedReports({ folder, readOnly }: { folder: string; readOnly: boolean }) {
  const text = useText();
  const openVerify = useOpenVerify();
  const [sheet, setSheet] = useState<'export' | { kind: 'sign' | 'timestamp'; report: SealedReport } | null>(null);
  const { data, isError, error, refetch } = useAnswer(listFiles, { path: below(folder, 'reports') });
  if (isError) return <Failed error={error} again={() => void refetch()} />;
  if (data === undefined) return <Busy stage="open" />;
  const reports = data.entries.filter(({ kind, name }) => kind === 'folder' && /^R\d+$/.test(name));
  const close = (): void => setSheet(null);
  return (
    <>
      {reports.length === 0 ? (
        <Empty>{text('window/report:sealed.none')}</Empty>
      ) : (
        <ul className="judged">
          {reports.map(({ name, path }) => (
            <li key={path} className="judged-item">
              <div className="judged-head">
                <b className="mono">{name}</b>
                <span className="sealed-actions">
                  <ShowFolder folder={folder} report={name} />
                  <Button onClick={() => openVerify(path)}>{text('window/report:sealed.verify')}</Button>
                  <Button disabled={readOnly} onClick={() => setSheet({ kind: 'sign', report: { name, path } })}>
                    {text('window/bundle:sign.open')}
                  </Button>
                  <Button disabled={readOnly} onClick={() => setSheet({ kind: 'timestamp', report: { name, path } })}>
                    {text('window/bundle:timestamp.open')}
                  </Button>
                </span>
              </div>
              <CopyPath path={path} />
            </li>
          ))}
        </ul>
      )}
      <section className="sealed-export" aria-label={text('window/bundle:export.title')}>
        <p className="muted">{text('window/bundle:export.why')}</p>
        <Button disabled={readOnly} onClick={() => setSheet('export')}>
          {text('window/bundle:export.open')}
        </Button>
      </section>
      {sheet === 'export' && <ExportSheet folder={folder} onClose={close} />}
      {sheet !== null && sheet !== 'export' && sheet.kind === 'sign' && <SignSheet {...sheet.report} onClose={close} />}
      {sheet !== null && sheet !== 'export' && sheet.kind === 'timestamp' && (
        <TimestampSheet {...sheet.report} onClose={close} />
      )}
    </>
  );
}
