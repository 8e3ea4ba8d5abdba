import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { exhibitOverview, listExaminations, listExhibits } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { useJobs } from '../state/jobs.ts';

/** The exhibits of the case. */
export function useExhibits(folder: string) {
  return useQuery({
    queryKey: [listExhibits.name, { folder }],
    queryFn: ({ signal }) => call(listExhibits, { folder }, signal),
  });
}

/** The first view of an exhibit. */
export function useOverview(folder: string, exhibit: string | null) {
  return useQuery({
    queryKey: [exhibitOverview.name, { folder, exhibit }],
    queryFn: ({ signal }) => call(exhibitOverview, { folder, exhibit: exhibit ?? '' }, signal),
    enabled: exhibit !== null,
  });
}

/** What has been examined of an exhibit. */
export function useExaminations(folder: string, exhibit: string | null) {
  return useQuery({
    queryKey: [listExaminations.name, { folder, exhibit }],
    queryFn: ({ signal }) => call(listExaminations, { folder, exhibit: exhibit ?? '' }, signal),
    enabled: exhibit !== null,
  });
}

/** How often a running examination is asked for what it has by now. */
const askEveryMs = 1000;

/** While something is examined or taken in, what is shown of it is asked for again as it goes on, and when it ends. */
export function useFollowJobs(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refetch(queries);
      }, askEveryMs);
    };
    const unsubscribe = useJobs.subscribe(({ jobs }, { jobs: before }) => {
      for (const [id, job] of jobs) {
        const known = before.get(id);
        if (job === known) continue;
        if (job.state !== 'running') refetch(queries);
        else if (known !== undefined) later();
      }
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [queries]);
}

const changedByJobs = [listExaminations.name, listExhibits.name, 'exhibit.frames'];

function refetch(queries: QueryClient): void {
  for (const name of changedByJobs) void queries.invalidateQueries({ queryKey: [name] });
}
