import { useState } from 'react';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import { useExaminations } from '../../exhibit-queries.ts';
import type { PanelProps } from '../../panel-registry.ts';
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
