import { examine } from '../../../src/contract/operations.ts';
import { Button } from '../../parts/button.tsx';
import { runJob, useJobs } from '../../state/jobs.ts';
import { useText } from '../../text/text-context.tsx';
import type { KeptExamination } from '../kept-examination.ts';

interface MissingProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly examinations: readonly KeptExamination[];
  readonly hasSound: boolean;
}

/** Methods that give lanes, and whether they look at the sound. */
const laneMethods = [
  { method: 'packets', ofSound: false },
  { method: 'av-sync', ofSound: true },
  { method: 'audio', ofSound: true },
  { method: 'frames', ofSound: false },
] as const;

/** A line for each method whose lanes are not there: not examined yet, on its way, or failed and why. */
export function MissingLanes({ folder, exhibit, examinations, hasSound }: MissingProps) {
  const text = useText();
  const isRunning = useJobs(({ jobs }) =>
    [...jobs.values()].some(({ state, operation }) => state === 'running' && operation !== 'report.write'),
  );
  const missing = laneMethods.filter(({ method, ofSound }) => {
    const own = examinations.filter((one) => one.method === method);
    return (
      (!ofSound || hasSound) && !own.some(({ status, artefacts }) => status === 'completed' || artefacts.length > 0)
    );
  });
  return missing.map(({ method }) => {
    const examination = examinations.findLast((one) => one.method === method);
    const reasonKey = `methods/${method}:reasons.${examination?.reason ?? ''}`;
    const reason = text.has(reasonKey) ? text(reasonKey) : '';
    return (
      <li key={method} className="axis-lane axis-lane-missing" data-lane={`missing:${method}`}>
        <div className="axis-lane-head">
          <span className="axis-lane-title">{text(`methods/${method}:title`)}</span>
        </div>
        <div className="axis-lane-plot axis-lane-words muted">
          {examination !== undefined ? (
            <p>{text(`window/axis:missing.${examination.status}`, { reason })}</p>
          ) : isRunning ? (
            <p role="status">{text('window/axis:missing.running')}</p>
          ) : (
            <>
              <p>{text('window/axis:missing.notYet')}</p>
              <Button
                quiet
                onClick={() =>
                  void runJob(examine, { folder, exhibits: [exhibit], methods: [method] }, { subject: exhibit }).catch(
                    () => undefined,
                  )
                }
              >
                {text('window/axis:missing.examine')}
              </Button>
            </>
          )}
        </div>
      </li>
    );
  });
}
