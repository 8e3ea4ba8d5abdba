import { useState } from 'react';
import { describeFinding } from '../../../../src/base/describe-finding.ts';
import { formatMeasure } from '../../../../src/base/format-measure.ts';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { judge } from '../../../judge/undo.ts';
import type { NoteOf } from '../../../judge/use-judgement.ts';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { OutcomeMark } from '../../../parts/outcome-mark.tsx';
import { useText } from '../../../text/text-context.tsx';
import type { PlacedFinding } from '../method-states.ts';
import { PlaceButtons } from '../parts/place-buttons.tsx';
import { WordsForm } from '../parts/words-form.tsx';

interface FindingCardProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly placed: PlacedFinding;
  /** Parameters in which this examination differs from others of the same method. */
  readonly settings: readonly (readonly [name: string, value: unknown])[];
  readonly marked: NoteOf<'marked-finding'> | undefined;
  readonly readOnly: boolean;
}

/** One finding: outcome, words, measures, places, limits, and the mark for the report. */
export function FindingCard({ folder, exhibit, placed, settings, marked, readOnly }: FindingCardProps) {
  const text = useText();
  const { finding } = placed;
  const words = describeFinding(text, finding.method, finding);
  const measures = Object.entries(finding.measures);
  const title = text(`methods/${finding.method}:title`);
  return (
    <article className={`finding finding-${finding.outcome}`}>
      <header className="finding-head">
        <OutcomeMark outcome={finding.outcome} />
        <span className="muted">{title}</span>
      </header>
      {settings.length > 0 && (
        <p className="finding-settings muted mono">
          {settings.map(([name, value]) => `${parameterLabel(text, finding.method, name)} ${show(value)}`).join(' · ')}
        </p>
      )}
      <p className="finding-observation">{visibleText(words.observation)}</p>
      {words.proposition !== undefined && (
        <p className="muted">
          {text('window/panels:findings.proposition')} {visibleText(words.proposition)}
        </p>
      )}
      {words.reason !== undefined && <p>{visibleText(words.reason)}</p>}
      {words.interpretation !== undefined && (
        <p className="finding-interpretation">{visibleText(words.interpretation)}</p>
      )}
      {measures.length > 0 && (
        <dl className="finding-measures">
          {measures.map(([name, measure]) => (
            <div key={name}>
              <dt>{measureLabel(text, finding.method, name)}</dt>
              <dd className="mono">{visibleText(formatMeasure(text, name, measure))}</dd>
            </div>
          ))}
        </dl>
      )}
      <PlaceButtons {...{ folder, exhibit }} places={finding.places} />
      {words.limits.length > 0 && (
        <p className="finding-limits muted">
          {text('window/panels:findings.limits')} {visibleText(words.limits.join(' '))}
        </p>
      )}
      <Mark key={marked?.id ?? ''} {...{ folder, exhibit, placed, marked, readOnly }} />
    </article>
  );
}

/** Marking for the report, with the examiner's own words. */
function Mark({ folder, exhibit, placed, marked, readOnly }: Omit<FindingCardProps, 'settings'>) {
  const text = useText();
  const [writing, setWriting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // Locked until the list holds what was written: the mark begins anew with each note.
  const [busy, setBusy] = useState(false);
  const replace = async (words: string | null): Promise<void> => {
    setBusy(true);
    setError(null);
    const { key } = placed.examination;
    try {
      await judge(
        folder,
        words === null ? null : { kind: 'marked-finding', exhibit, key, index: placed.index, words },
        marked,
      );
    } catch (failure) {
      setBusy(false);
      throw failure;
    }
  };
  if (writing)
    return (
      <WordsForm
        label={text('window/panels:findings.words')}
        initial={marked?.body.words ?? ''}
        onKeep={(words) => replace(words).then(() => setWriting(false))}
        onCancel={() => setWriting(false)}
      />
    );
  return (
    <div className="finding-mark">
      {marked !== undefined && (
        <p className="finding-marked">
          <span aria-hidden="true">✓ </span>
          {text('window/panels:findings.marked')}
          {marked.body.words !== '' && <q>{visibleText(marked.body.words)}</q>}
        </p>
      )}
      {!readOnly && (
        <Button quiet disabled={busy} onClick={() => setWriting(true)}>
          {text(marked === undefined ? 'window/panels:findings.mark' : 'window/panels:edit')}
        </Button>
      )}
      {marked !== undefined && !readOnly && (
        <Button quiet disabled={busy} onClick={() => void replace(null).catch(setError)}>
          {text('window/panels:findings.unmark')}
        </Button>
      )}
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
    </div>
  );
}

function measureLabel(text: ReturnType<typeof useText>, method: string, name: string): string {
  const key = `methods/${method}:measures.${name}`;
  return text.has(key) ? text(key) : name;
}

function parameterLabel(text: ReturnType<typeof useText>, method: string, name: string): string {
  const key = `methods/${method}:parameters.${name}.label`;
  return text.has(key) ? text(key) : name;
}

function show(value: unknown): string {
  return typeof value === 'string' ? visibleText(value) : JSON.stringify(value);
}
