import { examine } from '../../../../src/contract/operations.ts';
import { Button } from '../../../parts/button.tsx';
import { Progress } from '../../../parts/progress.tsx';
import { Empty } from '../../../parts/states.tsx';
import { runJob } from '../../../state/jobs.ts';
import { useText } from '../../../text/text-context.tsx';
import type { KeptExamination } from '../method-states.ts';
import { reasonText } from './state-words.tsx';
import { useRunningExamination } from './use-methods.ts';

interface ExamineFirstProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly method: string;
  /** An examination that gave nothing to show, where there is one. */
  readonly examination: KeptExamination | undefined;
}

/** In place of a panel whose method has nothing to show: it runs, it did not apply or failed and why, or it can be started. */
export function ExamineFirst({ folder, exhibit, method, examination }: ExamineFirstProps) {
  const text = useText();
  const running = useRunningExamination(exhibit);
  if (running !== undefined)
    return (
      <div className="panel-note">
        <Progress job={running} />
      </div>
    );
  const start = (): void =>
    void runJob(examine, { folder, exhibits: [exhibit], methods: [method] }, { subject: exhibit }).catch(
      () => undefined,
    );
  if (examination === undefined)
    return (
      <Empty
        action={
          <Button primary onClick={start}>
            {text('window/sync:examine')}
          </Button>
        }
      >
        {text(`methods/${method}:question`)}
      </Empty>
    );
  return (
    <Empty
      action={examination.status === 'failed' ? <Button onClick={start}>{text('window:again')}</Button> : undefined}
    >
      {text(`report:status.${examination.status}`)}. {reasonText(text, examination) ?? ''}
    </Empty>
  );
}
