import type { z } from 'zod';
import { examine, listMethods, triage } from '../../../../src/contract/operations.ts';
import { useAnswer } from '../../../api/use-answer.ts';
import { useJobs, type WindowJob } from '../../../state/jobs.ts';

export type ListedMethod = z.infer<typeof listMethods.output>['methods'][number];

/** Every method there is. */
export function useMethods() {
  return useAnswer(listMethods, {});
}

/** The examination that runs on an exhibit now, or on the whole case. */
export function useRunningExamination(exhibit: string): WindowJob | undefined {
  return useJobs(({ jobs }) =>
    [...jobs.values()].find(
      ({ state, operation, subject }) =>
        state === 'running' &&
        (operation === examine.name || operation === triage.name) &&
        (subject === undefined || subject === exhibit || subject.startsWith(`${exhibit} `)),
    ),
  );
}
