import { useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { examine } from '../../../../src/contract/operations.ts';
import { listExaminations } from '../../../../src/contract/window-operations.ts';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { OperationError } from '../../../api/call.ts';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { Progress } from '../../../parts/progress.tsx';
import { runJob, type WindowJob } from '../../../state/jobs.ts';
import { useSession } from '../../../state/session.ts';
import { useText } from '../../../text/text-context.tsx';
import type { KeptExamination } from '../method-states.ts';
import { MethodReading } from '../parts/method-reading.tsx';
import { StateWords } from '../parts/state-words.tsx';
import type { ListedMethod } from '../parts/use-methods.ts';
import { ParameterControl } from './parameter-control.tsx';
import { changedSettings, schemaFields, typedValue, type Typed } from './schema-fields.ts';

interface MethodFormProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly method: ListedMethod;
  readonly kept: readonly KeptExamination[];
  readonly running: WindowJob | undefined;
}

/** How the last run went. */
type Outcome =
  | { readonly told: string }
  | { readonly unfinished: z.infer<typeof examine.output>['exhibits'][number]['examinations'][number] }
  | { readonly error: unknown };

/** A method's parameters as a form made from its schema, what it was run with, and a button that runs it. */
export function MethodForm({ folder, exhibit, method, kept, running }: MethodFormProps) {
  const text = useText();
  const queries = useQueryClient();
  const readOnly = useSession((state) => state.readOnly);
  const fields = useMemo(() => schemaFields(method.parameters), [method]);
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map());
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const settings = changedSettings(method.id, fields, typed);
  const change = (name: string, value: Typed): void => setTyped(new Map(typed).set(name, value));
  const run = async (): Promise<void> => {
    if (settings === null) return;
    setOutcome(null);
    try {
      const done = await runJob(
        examine,
        { folder, exhibits: [exhibit], methods: [method.id], settings },
        { subject: exhibit },
      );
      const unfinished = done.exhibits
        .flatMap(({ examinations }) => examinations)
        .find(({ status }) => status !== 'completed');
      if (unfinished !== undefined) setOutcome({ unfinished });
      else setOutcome({ told: text(done.ran === 0 ? 'window/panels:methods.cached' : 'window/panels:methods.done') });
    } catch (error) {
      if (error instanceof OperationError && error.code === 'cancelled')
        setOutcome({ told: text('window/panels:methods.cancelled') });
      else setOutcome({ error });
    } finally {
      void queries.invalidateQueries({ queryKey: [listExaminations.name] });
    }
  };
  const take = (parameters: Readonly<Record<string, unknown>>): void =>
    setTyped(new Map(fields.map((field) => [field.name, typedValue(field, parameters[field.name])])));
  return (
    <div className="method-body">
      {text.has(`methods/${method.id}:summary`) && <p className="muted">{text(`methods/${method.id}:summary`)}</p>}
      <MethodReading method={method.id} limits={method.limits} />
      <form
        className="method-form"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {fields.length === 0 && <p className="muted">{text('window/panels:methods.noParameters')}</p>}
        {fields.map((field) => (
          <ParameterControl
            key={field.name}
            {...{ exhibit, field }}
            method={method.id}
            typed={typed.get(field.name) ?? typedValue(field, field.fallback)}
            onChange={(value) => change(field.name, value)}
          />
        ))}
        <div className="method-actions">
          <Button type="submit" disabled={readOnly || settings === null || running !== undefined}>
            {text('window/panels:methods.run')}
          </Button>
          <Button quiet disabled={typed.size === 0} onClick={() => setTyped(new Map())}>
            {text('window/panels:methods.reset')}
          </Button>
        </div>
      </form>
      {running !== undefined && <Progress job={running} />}
      <div role="status">
        {outcome !== null && 'told' in outcome && <p className="muted">{outcome.told}</p>}
        {outcome !== null && 'unfinished' in outcome && (
          <p>
            <StateWords state={outcome.unfinished.status} examination={outcome.unfinished} />
          </p>
        )}
      </div>
      {outcome !== null && 'error' in outcome && (
        <p role="alert" className="field-error">
          {errorText(text, outcome.error)}
        </p>
      )}
      {kept.length > 0 && (
        <section aria-label={text('window/panels:methods.kept')}>
          <h4>{text('window/panels:methods.kept')}</h4>
          <ul className="method-kept">
            {kept.map((one) => (
              <li key={one.key}>
                <p>
                  <StateWords state={one.status} examination={one} />
                </p>
                <p className="mono">{parametersText(one.parameters) || text('window/panels:methods.noParameters')}</p>
                <p className="method-kept-foot">
                  <code className="muted" title={one.key}>
                    {one.key.slice(0, 16)}
                  </code>
                  <span className="muted">
                    {text('window/panels:methods.findings', { count: one.findings.length })}
                  </span>
                  {fields.length > 0 && (
                    <Button quiet onClick={() => take(one.parameters)}>
                      {text('window/panels:methods.take')}
                    </Button>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function parametersText(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${visibleText(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join(' · ');
}
