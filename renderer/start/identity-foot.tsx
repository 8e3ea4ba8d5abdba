import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { useText } from '../text/text-context.tsx';
import type { StartState } from './start-view.tsx';

/** Who one is: name, fingerprint and its words; or plainly that seals here do not show who signed. */
export function IdentityFoot({ start, onMake }: { start: StartState; onMake: (() => void) | undefined }) {
  const text = useText();
  const { identity, notes, assay } = start;
  return (
    <section className="identity-foot" aria-label={text('window/start:identity.label')}>
      {identity === null ? (
        <p className="identity-who">
          <b>{text('window/start:identity.practice')}</b>{' '}
          <span className="muted">{text('window/start:identity.practiceHelp')}</span>
          {onMake !== undefined && (
            <Button quiet onClick={onMake}>
              {text('window/start:identity.makeNow')}
            </Button>
          )}
        </p>
      ) : (
        <p className="identity-who">
          <b>{visibleText(identity.name)}</b> <span className="muted">{text('window/start:identity.words')}</span>{' '}
          <span>{identity.words}</span>
          <code className="muted identity-print" title={identity.fingerprint}>
            {groups(identity.fingerprint)}
          </code>
        </p>
      )}
      <p className="identity-notes muted">
        {notes.map((note) => (
          <span key={note}>{text.has(`window/start:notes.${note}`) ? text(`window/start:notes.${note}`) : note} </span>
        ))}
        <span className="mono">{text('window/start:version', { version: assay })}</span>
      </p>
    </section>
  );
}

/** The first digits of a fingerprint, four at a time as people compare them. */
function groups(fingerprint: string): string {
  const hex = fingerprint.replaceAll(':', '').toLowerCase().slice(0, 16);
  return (hex.match(/.{1,4}/g) ?? []).join(' ');
}
