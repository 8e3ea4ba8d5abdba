import { formatNumber } from '../../../../src/base/format-number.ts';
import { useText } from '../../../text/text-context.tsx';
import type { KeptExamination } from '../../kept-examination.ts';
import { useSyncRun } from './sync-run.ts';

interface RunChoiceProps {
  readonly kept: readonly KeptExamination[];
  /** Key of the run that is shown. */
  readonly shown: string;
}

/** Which of several runs of the method is shown, by what they were told to look at. */
export function RunChoice({ kept, shown }: RunChoiceProps) {
  const text = useText();
  const runs = kept.filter(({ status }) => status === 'completed');
  if (runs.length < 2) return null;
  return (
    <label className="sync-run">
      <span className="muted">{text('window/sync:run.label')}</span>
      <select className="input" value={shown} onChange={(event) => useSyncRun.setState({ key: event.target.value })}>
        {runs.map(({ key, parameters }, i) => (
          <option key={key} value={key}>
            {formatNumber(i + 1, text.language)} ·{' '}
            {text(`window/sync:run.${lookedAt(parameters)}`, wordsOf(parameters))}
          </option>
        ))}
      </select>
    </label>
  );
}

function lookedAt({ content, region }: Readonly<Record<string, unknown>>): 'skip' | 'region' | 'proposed' {
  if (content === 'skip') return 'skip';
  return region === null || region === undefined ? 'proposed' : 'region';
}

function wordsOf({ region }: Readonly<Record<string, unknown>>): Record<string, string> {
  const { x, y, width, height } = (region ?? {}) as Partial<Record<string, number>>;
  return { x: String(x ?? ''), y: String(y ?? ''), width: String(width ?? ''), height: String(height ?? '') };
}
