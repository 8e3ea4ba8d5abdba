import { useText } from '../text/text-context.tsx';
import type { WindowJob } from '../state/jobs.ts';
import { Button } from './button.tsx';
import { estimate } from './estimate.ts';

/** One running job in a line: stage, share, time left, cancel. */
export function Progress({ job }: { job: WindowJob }) {
  const text = useText();
  const latest = [...job.events.values()].filter(({ done, total }) => total === undefined || done < total).at(-1);
  const { share, left } = estimate(latest);
  const stage = latest === undefined ? text(`window:jobs.${job.operation}`) : text(`cli:stages.${latest.stage}`);
  return (
    <div className="progress" role="status">
      <span className="progress-what">
        {job.subject === undefined ? '' : `${job.subject} `}
        {latest?.subject === undefined ? '' : `${latest.subject} `}
        {stage}
      </span>
      <progress {...(share === undefined ? {} : { value: share })} aria-label={stage} />
      <span className="mono muted">
        {share === undefined ? '' : `${Math.floor(share * 100)} %`}
        {left === undefined ? '' : ` · ${text('cli:left', { clock: left })}`}
      </span>
      <Button quiet onClick={job.cancel}>
        {text('window:cancel')}
      </Button>
    </div>
  );
}
