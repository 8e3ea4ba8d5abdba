import { Tabs } from 'radix-ui';
import { Suspense } from 'react';
import { Busy } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';
import { ExamineBar } from './examine-bar.tsx';
import { ExhibitRecord } from './exhibit-record.tsx';
import { useExhibits } from './exhibit-queries.ts';
import { useLayout } from './layout-store.ts';
import { useBookmarkCommand } from './panels/notes/use-bookmarking.ts';
import { panels } from './panel-registry.ts';

/** The column of panels: one tab each, the shown one alone is there. */
export function PanelColumn({ folder, exhibit }: { folder: string; exhibit: string }) {
  const text = useText();
  useBookmarkCommand(folder, exhibit);
  const record = useExhibits(folder).data?.exhibits.find(({ id }) => id === exhibit);
  const wanted = useLayout((state) => state.layout.panel);
  const change = useLayout((state) => state.change);
  const shown = panels.some(({ id }) => id === wanted) ? wanted : (panels[0]?.id ?? '');
  return (
    <Tabs.Root className="panel-column" value={shown} onValueChange={(panel) => change({ panel })}>
      {record !== undefined && <ExhibitRecord key={exhibit} folder={folder} exhibit={record} />}
      <Tabs.List className="panel-column-tabs" aria-label={text('window/workspace:panels')}>
        {panels.map(({ id }) => (
          <Tabs.Trigger key={id} value={id} className="panel-column-tab">
            {text(`window:panels.${id}.title`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <ExamineBar folder={folder} exhibit={exhibit} />
      {panels.map(({ id, component: Shown }) => (
        <Tabs.Content key={id} value={id} className="panel-column-content" tabIndex={-1}>
          <Suspense fallback={<Busy stage="open" />}>
            {/* A panel begins anew with each exhibit: nothing of one may stand beside another. */}
            <Shown key={`${folder} ${exhibit}`} folder={folder} exhibit={exhibit} />
          </Suspense>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
