import { create } from 'zustand';
import type { KeptExamination } from '../../kept-examination.ts';

/** Which run of the method the panel shows, where the person chose one; else the latest. */
export const useSyncRun = create<{ readonly key: string | null }>()(() => ({ key: null }));

/** The run to show: the chosen one while it is kept, else the latest that measured the content, else the latest. */
export function shownRun(kept: readonly KeptExamination[], chosen: string | null): KeptExamination | undefined {
  const completed = kept.filter(({ status }) => status === 'completed');
  return (
    completed.find(({ key }) => key === chosen) ??
    completed.findLast(({ parameters }) => parameters['content'] !== 'skip') ??
    completed.at(-1) ??
    kept.at(-1)
  );
}
