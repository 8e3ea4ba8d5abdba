import { examine } from '../../src/contract/operations.ts';
import { Button } from '../parts/button.tsx';
import { Cancelled, Failed } from '../parts/states.tsx';
import { useJobs } from '../state/jobs.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { useExaminations } from './exhibit-queries.ts';
import { examineExhibit } from './examine-exhibit.ts';

/** Offers to examine what was not examined yet, and says how the last try ended where it did not. */
export function ExamineBar({ folder, exhibit }: { folder: string; exhibit: string }) {
  const text = useText();
  const readOnly = useSession((state) => state.readOnly);
  const examinations = useExaminations(folder, exhibit);
  const last = useJobs(({ jobs }) =>
    [...jobs.values()]
      .filter(({ operation, subject }) => operation === examine.name && (subject === undefined || subject === exhibit))
      .at(-1),
  );
  const start = (profile: 'triage' | 'full'): void => examineExhibit(folder, exhibit, profile);
  if (last?.state === 'failed') return <Failed error={last.error} again={() => start('triage')} />;
  if (last?.state === 'running' || examinations.data === undefined || examinations.data.examinations.length > 0)
    return null;
  return (
    <section className="examine-bar" aria-label={text('window/workspace:examine.title')}>
      {last?.state === 'cancelled' ? <Cancelled /> : <p className="muted">{text('window/workspace:examine.help')}</p>}
      <div className="examine-bar-actions">
        <Button primary disabled={readOnly} onClick={() => start('triage')}>
          {text('window/workspace:examine.triage')}
        </Button>
        <Button disabled={readOnly} onClick={() => start('full')}>
          {text('window/workspace:examine.full')}
        </Button>
      </div>
    </section>
  );
}
