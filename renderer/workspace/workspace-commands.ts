import { useEffect } from 'react';
import { examine } from '../../src/contract/operations.ts';
import { useJobs } from '../state/jobs.ts';
import { useCommands, type Command } from '../state/commands.ts';
import { useSession, type ListedExhibit } from '../state/session.ts';
import { examineExhibit, type Profile } from './examine-exhibit.ts';
import { useLayout } from './layout-store.ts';
import { panels } from './panel-registry.ts';

/** The commands of the workspace as a whole: the next exhibit, its examination, a panel. */
export function useWorkspaceCommands(folder: string, exhibits: readonly ListedExhibit[], chosen: string | null): void {
  useEffect(() => {
    const at = exhibits.findIndex(({ id }) => id === chosen);
    const go = (id: string, key: string, by: number): Command => {
      const next = exhibits[at + by];
      return {
        ...{ id, keys: [key], group: 'look' as const },
        enabled: () => next !== undefined,
        run: () => useSession.getState().choose(next?.id ?? null),
      };
    };
    const examines = (id: string, profile: Profile): Command => ({
      ...{ id, keys: [], group: 'judge' as const },
      enabled: () => chosen !== null && !useSession.getState().readOnly && !isBusy(chosen),
      run: () => chosen !== null && examineExhibit(folder, chosen, profile),
    });
    return useCommands
      .getState()
      .add([
        go('exhibitNext', 'Ctrl+ArrowDown', 1),
        go('exhibitPrevious', 'Ctrl+ArrowUp', -1),
        examines('examineTriage', 'triage'),
        examines('examineFull', 'full'),
        ...panels.map(({ id }) => showPanel(id)),
      ]);
  }, [folder, exhibits, chosen]);
}

function showPanel(panel: string): Command {
  return {
    ...{ id: `panel-${panel}`, keys: [], group: 'look' as const },
    run: () => useLayout.getState().change({ panel }),
  };
}

function isBusy(exhibit: string): boolean {
  return [...useJobs.getState().jobs.values()].some(
    ({ state, operation, subject }) => state === 'running' && operation === examine.name && subject === exhibit,
  );
}
