import { Progress } from '../parts/progress.tsx';
import { errorText } from '../parts/error-text.ts';
import { Button } from '../parts/button.tsx';
import { useJobs, type WindowJob } from '../state/jobs.ts';
import { useText } from '../text/text-context.tsx';

/** What the engine is busy with, each with its share, the time left, and cancel. */
export function FootBar() {
  const text = useText();
  const jobs = useJobs((state) => state.jobs);
  const running = [...jobs.values()].filter(({ state }) => state === 'running');
  const failed = [...jobs.values()].filter(({ state }) => state === 'failed');
  return (
    <footer className="foot-bar" aria-label={text('window:foot.label')}>
      {failed.map((job) => (
        <FailedJob key={job.id} job={job} />
      ))}
      {running.length === 0 && failed.length === 0 ? (
        <p className="faint">{text('window:foot.idle')}</p>
      ) : (
        running.map((job) => <Progress key={job.id} job={job} />)
      )}
    </footer>
  );
}

/** Work that failed stays here until it was read: whoever started it may be looking at something else by now. */
function FailedJob({ job }: { job: WindowJob }) {
  const text = useText();
  const what = text(`window:jobs.${job.operation}`);
  const words = `${text('window:foot.failed', { what })} ${errorText(text, job.error)}`;
  return (
    <div className="foot-failed" role="alert">
      <p title={words}>
        <span aria-hidden="true">▲ </span>
        {words}
      </p>
      <Button quiet onClick={() => useJobs.getState().forget(job.id)}>
        {text('window:foot.dismiss')}
      </Button>
    </div>
  );
}
