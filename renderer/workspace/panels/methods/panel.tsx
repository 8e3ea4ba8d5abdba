import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Progress } from '../../../parts/progress.tsx';
import { Busy, Failed } from '../../../parts/states.tsx';
import type { WindowJob } from '../../../state/jobs.ts';
import { useSession } from '../../../state/session.ts';
import { useText } from '../../../text/text-context.tsx';
import { useExaminations } from '../../exhibit-queries.ts';
import type { PanelProps } from '../../panel-registry.ts';
import { examineExhibit } from '../../examine-exhibit.ts';
import { stateOf } from '../method-states.ts';
import { StateWords } from '../parts/state-words.tsx';
import { useMethods, useRunningExamination } from '../parts/use-methods.ts';
import { MethodForm } from './method-form.tsx';
import '../panel.css';
import './methods.css';

/** Every method: what it asks, its parameters, how it stands on the exhibit, and what it was run with. */
export default function MethodsPanel({ folder, exhibit }: PanelProps) {
  const text = useText();
  const methods = useMethods();
  const answer = useExaminations(folder, exhibit);
  const running = useRunningExamination(exhibit);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  if (methods.isError) return <Failed error={methods.error} again={() => void methods.refetch()} />;
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (methods.data === undefined || answer.data === undefined) return <Busy stage="open" />;
  const { examinations } = answer.data;
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <div className="panel-scroll methods">
      {/* Where nothing was examined yet, the bar above the panels asks the same. */}
      {examinations.length > 0 && <ExamineAll {...{ folder, exhibit, running }} />}
      {methods.data.methods.map((method) => {
        const { id } = method;
        const isOpen = open.has(id);
        return (
          <section key={id} className="method" aria-label={text(`methods/${id}:title`)}>
            <h3>
              <button type="button" className="method-head" aria-expanded={isOpen} onClick={() => toggle(id)}>
                <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
                <span className="method-title">{text(`methods/${id}:title`)}</span>
                <StateWords {...stateOf(id, examinations, running !== undefined)} />
              </button>
            </h3>
            {isOpen && (
              <MethodForm
                {...{ folder, exhibit, method }}
                kept={examinations.filter((one) => one.method === id)}
                running={running}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}

/** Runs every method of a profile: what a first look left out, what failed, what another version would see. */
function ExamineAll({ folder, exhibit, running }: PanelProps & { running: WindowJob | undefined }) {
  const text = useText();
  const readOnly = useSession((state) => state.readOnly);
  if (running !== undefined)
    return (
      <div className="panel-bar">
        <Progress job={running} />
      </div>
    );
  return (
    <div className="panel-bar">
      {(['triage', 'full'] as const).map((profile) => (
        <Button key={profile} disabled={readOnly} onClick={() => examineExhibit(folder, exhibit, profile)}>
          {text(`window/workspace:examine.${profile}`)}
        </Button>
      ))}
    </div>
  );
}
