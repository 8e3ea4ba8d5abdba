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
const askEveryMs = 2000;

/** While something is examined or taken in, what is shown of it is asked for again as it goes on, and when it ends. */
export function useFollowJobs(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const waiting = new Map<string | undefined, ReturnType<typeof setTimeout>>();
    const later = (exhibit: string | undefined): void => {
      if (waiting.has(exhibit)) return;
      const ask = (): void => {
        waiting.delete(exhibit);
        refetch(queries, exhibit);
      };
      waiting.set(exhibit, setTimeout(ask, askEveryMs));
    };
    const unsubscribe = useJobs.subscribe(({ jobs }, { jobs: before }) => {
      for (const [id, job] of jobs) {
        const known = before.get(id);
        if (job === known || !changing.includes(job.operation)) continue;
        if (job.state !== 'running') refetch(queries, job.subject);
        else if (known !== undefined) later(job.subject);
      }
    });
    return () => {
      unsubscribe();
      for (const timer of waiting.values()) clearTimeout(timer);
    };
  }, [queries]);
}

/** Jobs that change what a workspace shows. */
const changing: readonly string[] = ['examination.run', 'exhibit.add', 'triage', 'demo'];

/** Examinations are checked against the custody log whenever they are listed: only those that can have changed are asked for. */
function refetch(queries: QueryClient, exhibit: string | undefined): void {
  void queries.invalidateQueries({
    queryKey: [listExaminations.name, ...(exhibit === undefined ? [] : [{ exhibit }])],
  });
  void queries.invalidateQueries({ queryKey: [listExhibits.name] });
}
