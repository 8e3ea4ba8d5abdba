import { useMemo, useState } from 'react';
import type { Outcome } from '../../../../src/base/finding.ts';
import { useNotes, notesOf } from '../../../judge/use-judgement.ts';
import { Busy, Empty, Failed } from '../../../parts/states.tsx';
import { Progress } from '../../../parts/progress.tsx';
import { OutcomeMark } from '../../../parts/outcome-mark.tsx';
import { useSession } from '../../../state/session.ts';
import { useText } from '../../../text/text-context.tsx';
import { useExaminations } from '../../exhibit-queries.ts';
import { outcomeOrder } from '../../gravest-outcome.ts';
import type { PanelProps } from '../../panel-registry.ts';
import { differingParameters, gravestFirst } from '../method-states.ts';
import { useMethods, useRunningExamination } from '../parts/use-methods.ts';
import { FindingCard } from './finding-card.tsx';
import { MethodStates } from './method-states-list.tsx';
import '../panel.css';
import './findings.css';

/** What the examinations of the exhibit found, gravest first, and what was not examined. */
export default function FindingsPanel({ folder, exhibit }: PanelProps) {
  const text = useText();
  const answer = useExaminations(folder, exhibit);
  const methods = useMethods();
  const running = useRunningExamination(exhibit);
  const { notes } = useNotes(folder);
  const readOnly = useSession((state) => state.readOnly);
  const [hidden, setHidden] = useState<ReadonlySet<Outcome>>(new Set());
  const [method, setMethod] = useState('');
  const examinations = useMemo(() => answer.data?.examinations ?? [], [answer.data]);
  const all = useMemo(() => gravestFirst(examinations), [examinations]);
  const settings = useMemo(() => differingParameters(examinations), [examinations]);
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  const ofMethod = all.filter(({ finding }) => method === '' || finding.method === method);
  const shown = ofMethod.filter(({ finding }) => !hidden.has(finding.outcome));
  const marked = new Map(
    notesOf(notes, 'marked-finding')
      .filter(({ body }) => body.exhibit === exhibit)
      .map((note) => [`${note.body.key} ${note.body.index}`, note]),
  );
  // What was found does not wait for the list of everything that could have been asked.
  const methodIds = methods.data?.methods.map(({ id }) => id) ?? [...new Set(examinations.map((one) => one.method))];
  const toggle = (outcome: Outcome): void => {
    const next = new Set(hidden);
    if (!next.delete(outcome)) next.add(outcome);
    setHidden(next);
  };
  return (
    <div className="panel">
      <div className="panel-bar" role="group" aria-label={text('window/panels:findings.filter')}>
        {outcomeOrder.map((outcome) => {
          const count = ofMethod.filter(({ finding }) => finding.outcome === outcome).length;
          return (
            <button
              key={outcome}
              type="button"
              className="button findings-outcome"
              aria-pressed={!hidden.has(outcome)}
              disabled={count === 0}
              title={text(`report:outcomes.${outcome}`)}
              onClick={() => toggle(outcome)}
            >
              <OutcomeMark outcome={outcome} wordless /> <span className="mono">{count}</span>
            </button>
          );
        })}
        <select
          className="input findings-method"
          aria-label={text('window/panels:findings.method')}
          value={method}
          onChange={(event) => setMethod(event.target.value)}
        >
          <option value="">{text('window/panels:findings.allMethods')}</option>
          {methodIds.map((id) => (
            <option key={id} value={id}>
              {text(`methods/${id}:title`)}
            </option>
          ))}
        </select>
      </div>
      <div className="panel-scroll">
        {running !== undefined && <Progress job={running} />}
        {all.length === 0 && running === undefined && <Empty>{text('window/panels:findings.none')}</Empty>}
        {all.length > 0 && shown.length === 0 && (
          <p className="panel-note muted">{text('window/panels:findings.filtered')}</p>
        )}
        <ol className="findings-list" aria-label={text('window/panels:findings.label')}>
          {shown.map((placed) => (
            <li key={`${placed.examination.key} ${placed.index}`}>
              <FindingCard
                {...{ folder, exhibit, placed, readOnly }}
                settings={settings.get(placed.examination.key) ?? []}
                marked={marked.get(`${placed.examination.key} ${placed.index}`)}
              />
            </li>
          ))}
        </ol>
        {methods.isError && <Failed error={methods.error} again={() => void methods.refetch()} />}
        {methods.data !== undefined && (
          <MethodStates
            methods={methods.data.methods.filter(({ id }) => method === '' || id === method)}
            {...{ examinations }}
            running={running !== undefined}
          />
        )}
      </div>
    </div>
  );
}
