import type { JobEvent } from '../../src/contract/jobs.ts';

/** Share done (0–1) and time left as `0:14`, where the event tells enough. */
export function estimate(event: JobEvent | undefined): { share?: number; left?: string } {
  if (event?.total === undefined || event.total <= 0) return {};
  const share = Math.min(1, event.done / event.total);
  if (share <= 0 || event.atMs <= 0) return { share };
  const seconds = Math.round((event.atMs / share - event.atMs) / 1000);
  return { share, left: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` };
}
