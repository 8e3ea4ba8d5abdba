import { Progress } from '../parts/progress.tsx';
import { useJobs } from '../state/jobs.ts';
import { useText } from '../text/text-context.tsx';

/** What the engine is busy with, each with its share, the time left, and cancel. */
export function FootBar() {
  const text = useText();
  const jobs = useJobs((state) => state.jobs);
  const running = [...jobs.values()].filter(({ state }) => state === 'running');
  return (
    <footer className="foot-bar" aria-label={text('window:foot.label')}>
      {running.length === 0 ? (
        <p className="faint">{text('window:foot.idle')}</p>
      ) : (
        running.map((job) => <Progress key={job.id} job={job} />)
      )}
    </footer>
  );
}
