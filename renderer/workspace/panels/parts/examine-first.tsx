import { examine } from '../../../../src/contract/operations.ts';
import { Button } from '../../../parts/button.tsx';
import { copyText } from '../../../parts/copy-text.ts';
import { Progress } from '../../../parts/progress.tsx';
import { Empty } from '../../../parts/states.tsx';
import { runJob } from '../../../state/jobs.ts';
import { useSession } from '../../../state/session.ts';
import { useText } from '../../../text/text-context.tsx';
import type { KeptExamination } from '../method-states.ts';
import { StateWords } from './state-words.tsx';
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
  const readOnly = useSession((state) => state.readOnly);
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
          <Button primary disabled={readOnly} onClick={start}>
            {text('window/sync:examine')}
          </Button>
        }
      >
        {text(`methods/${method}:question`)}
      </Empty>
    );
  const { status, reason, details } = examination;
  return (
    <Empty
      action={
        mayDiffer(status) && (
          <div className="state-actions">
            <Button disabled={readOnly} onClick={start}>
              {text('window:again')}
            </Button>
            <Button quiet onClick={() => void copyText(JSON.stringify({ method, status, reason, details }))}>
              {text('window:copyLog')}
            </Button>
          </div>
        )
      }
    >
      <StateWords state={status} examination={examination} />
    </Empty>
  );
}

/** Whether running it once more can end otherwise: a method that does not apply never will. */
const mayDiffer = (status: KeptExamination['status']): boolean => status === 'failed' || status === 'not-completed';
