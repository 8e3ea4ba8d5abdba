import { useState } from 'react';
import { formatBytes } from '../../src/base/format-measure.ts';
import { formatMoment } from '../../src/base/format-time.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { checkExhibit } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Button } from '../parts/button.tsx';
import { copyText } from '../parts/copy-text.ts';
import { shortBytes } from '../parts/short-bytes.ts';
import { useSession, type ListedExhibit } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';

/** Which exhibit this is: its name and what fixes its bytes, always in sight; all that intake recorded, when it is opened. */
export function ExhibitRecord({ folder, exhibit }: { folder: string; exhibit: ListedExhibit }) {
  const text = useText();
  const isOther = useAnswer(checkExhibit, { folder, exhibit: exhibit.id }).data?.asTakenIn === false;
  const [open, setOpen] = useState(false);
  const { id, name, sha256, sizeBytes } = exhibit;
  return (
    <section className="exhibit-record" aria-label={text('window/workspace:record.title')}>
      <h2>
        <button
          type="button"
          className="exhibit-record-head"
          aria-expanded={open}
          title={visibleText(name)}
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true">{open ? '▾' : '▸'}</span>
          <span className="mono">{id}</span>
          <span className="exhibit-record-name">{visibleText(name)}</span>
        </button>
      </h2>
      {isOther && (
        <p role="alert" className="exhibit-record-other outcome-inconsistent">
          <span aria-hidden="true">▲ </span>
          {text('window/workspace:record.other')}
        </p>
      )}
      {open ? (
        <RecordFacts exhibit={exhibit} />
      ) : (
        <p className="exhibit-record-line muted">
          <span className="mono exhibit-record-digest">
            {text('report:exhibits.sha256')} {sha256}
          </span>
          <span className="mono">{shortBytes(text, sizeBytes)}</span>
        </p>
      )}
    </section>
  );
}

const times = ['modified', 'changed', 'accessed', 'born'] as const;

function RecordFacts({ exhibit }: { exhibit: ListedExhibit }) {
  const text = useText();
  const timeZone = useSession((state) => state.openedCase?.timeZone) ?? 'UTC';
  const { role, source, pathAsGiven, linkTarget, nameBytes, sizeBytes, fileTimes, addedAt, addedBy } = exhibit;
  const added = { at: formatMoment(addedAt, timeZone), by: visibleText(addedBy) };
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    ['role', text(`report:roles.${role}`)],
    ['size', formatBytes(text, sizeBytes)],
    ['source', source],
    ['path', pathAsGiven],
    ['link', linkTarget],
    ['name-bytes', nameBytes],
    ['added', text('report:exhibits.added-by', added)],
    ...times.map((name) => {
      const at = fileTimes[name];
      return [name, at === null ? text('report:exhibits.no-time') : formatMoment(at, timeZone)] as const;
    }),
  ];
  return (
    <dl className="exhibit-record-facts">
      {(['sha256', 'sha512', 'md5'] as const).map((name) => (
        <Digest key={name} label={text(`report:exhibits.${name}`)} value={exhibit[name]} />
      ))}
      {facts.map(
        ([label, value]) =>
          value !== undefined && (
            <div key={label}>
              <dt>{text(label === 'link' ? 'window/workspace:record.link' : `report:exhibits.${label}`)}</dt>
              <dd>{visibleText(value)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Digest({ label, value }: { label: string; value: string }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  return (
    <div>
      <dt>
        {label}{' '}
        <Button
          quiet
          aria-label={text('window/workspace:record.copy', { name: label })}
          onClick={() => void copyText(value).then(() => setCopied(true))}
        >
          {text(copied ? 'window/report:copied' : 'window/report:copyDigest')}
        </Button>
      </dt>
      <dd className="mono">{value}</dd>
    </div>
  );
}
