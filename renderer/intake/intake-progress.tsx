import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Text, TextValues } from '../../src/base/text.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { estimate } from '../parts/estimate.ts';
import { shortBytes } from '../parts/short-bytes.ts';
import { useText } from '../text/text-context.tsx';
import { bytesPerSecond, type IntakeFile } from './intake-files.ts';
import { lastName } from './path-parts.ts';
import type { IntakeRun } from './use-intake.ts';

/** An intake as it goes: all files together, then each with what is known of it. */
export function IntakeProgress({ run }: { run: IntakeRun }) {
  const files = useMemo(() => [...run.files.values()], [run.files]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: files.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 48,
    overscan: 6,
  });
  // What is being taken in stays in sight, until the person looks for something else.
  const [following, setFollowing] = useState(true);
  const at = files.findIndex(({ outcome }) => outcome === 'running');
  useEffect(() => {
    if (following && at >= 0) virtual.scrollToIndex(at);
  }, [following, at, virtual]);
  return (
    <div className="intake-progress">
      <Overall run={run} files={files} />
      <div
        ref={scroller}
        className="intake-files"
        tabIndex={0}
        role="list"
        onWheel={() => setFollowing(false)}
        onPointerDown={() => setFollowing(false)}
        onKeyDown={() => setFollowing(false)}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const file = files[index];
            return file === undefined ? null : (
              <div
                key={key}
                role="listitem"
                ref={virtual.measureElement}
                data-index={index}
                className={`intake-file intake-file-${file.outcome}`}
                style={{ transform: `translateY(${start}px)` }}
              >
                <FileState file={file} ended={run.state !== 'running'} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Overall({ run, files }: { run: IntakeRun; files: readonly IntakeFile[] }) {
  const text = useText();
  const { overall, state } = run;
  const count = (outcome: IntakeFile['outcome']): number => files.filter((file) => file.outcome === outcome).length;
  if (state !== 'running') {
    const [added, present, refused] = [count('added'), count('already-present'), count('refused')];
    return (
      <p className="intake-overall" role="status">
        {state === 'cancelled' && `${text('window/intake:cancelled')} `}
        {text('window/intake:result.added', { count: added })}
        {present > 0 && ` ${text('window/intake:result.present', { count: present })}`}
        {refused > 0 && ` ${text('window/intake:result.refused', { count: refused })}`}
      </p>
    );
  }
  const { share, left } = estimate(overall);
  const speed = overall === undefined || overall.atMs < 200 ? 0 : overall.done / (overall.atMs / 1000);
  return (
    <div className="intake-overall">
      <progress {...(share === undefined ? {} : { value: share })} aria-label={text('window/intake:title')} />
      <p className="mono muted">
        {share !== undefined && `${Math.floor(share * 100)} %`}
        {speed > 0 && ` · ${text('window/intake:speed', { speed: shortBytes(text, speed) })}`}
        {left !== undefined && ` · ${text('cli:left', { clock: left })}`}
      </p>
    </div>
  );
}

function FileState({ file, ended }: { file: IntakeFile; ended: boolean }) {
  const text = useText();
  const { path, outcome, details, doneBytes, totalBytes } = file;
  const id = typeof details['id'] === 'string' ? details['id'] : '';
  const sha256 = typeof details['sha256'] === 'string' ? details['sha256'] : '';
  const unfinished = outcome === 'waiting' || outcome === 'running';
  const mark = {
    waiting: ended ? '–' : '·',
    running: ended ? '–' : '…',
    added: '✓',
    'already-present': '=',
    refused: '✕',
  }[outcome];
  return (
    <>
      <p className="intake-file-name">
        <span aria-hidden="true" className="intake-mark">
          {mark}
        </span>
        {id !== '' && <span className="mono">{id} </span>}
        <span title={visibleText(path)}>{visibleText(lastName(path))}</span>
        {totalBytes !== undefined && <span className="mono muted"> {shortBytes(text, totalBytes)}</span>}
      </p>
      {unfinished && (ended || outcome === 'waiting') ? (
        <p className="muted">{text(ended ? 'window/intake:stopped' : 'window/intake:waiting')}</p>
      ) : outcome === 'running' ? (
        <FileProgress file={file} doneBytes={doneBytes} totalBytes={totalBytes} />
      ) : outcome === 'refused' ? (
        <p>{refusalText(text, path, details)}</p>
      ) : (
        <p className="intake-hash">
          {outcome === 'already-present' && <span>{text('window/intake:present')} </span>}
          <span className="muted">SHA-256 </span>
          <code>{sha256}</code>
        </p>
      )}
    </>
  );
}

function FileProgress({
  file,
  doneBytes,
  totalBytes,
}: {
  file: IntakeFile;
  doneBytes: number;
  totalBytes?: number | undefined;
}) {
  const text = useText();
  const share = totalBytes === undefined || totalBytes === 0 ? undefined : doneBytes / totalBytes;
  const speed = bytesPerSecond(file);
  return (
    <p className="intake-file-progress">
      <progress {...(share === undefined ? {} : { value: share })} aria-label={visibleText(lastName(file.path))} />
      <span className="mono muted">
        {share !== undefined && `${Math.floor(share * 100)} %`}
        {speed !== undefined && ` · ${text('window/intake:speed', { speed: shortBytes(text, speed) })}`}
      </span>
    </p>
  );
}

/** Why a file was not taken in, in words. */
function refusalText(text: Text, path: string, details: IntakeFile['details']): string {
  const values: TextValues = Object.fromEntries(
    Object.entries({ path, ...details }).map(([name, value]) => [
      name,
      typeof value === 'string' ? visibleText(value) : value,
    ]),
  );
  return text(`errors:${String(details['reason'])}`, values);
}
