import { examine } from '../../src/contract/operations.ts';
import { runJob } from '../state/jobs.ts';

export type Profile = 'triage' | 'full';

/** Examines an exhibit; what was examined already is not done again. How it goes is in the list of jobs. */
export function examineExhibit(folder: string, exhibit: string, profile: Profile): void {
  runJob(examine, { folder, exhibits: [exhibit], profile }, { subject: exhibit }).catch(() => undefined);
}
