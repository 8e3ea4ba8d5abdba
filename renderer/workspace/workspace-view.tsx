import { Suspense, useEffect, useRef } from 'react';
import { Group, Panel, Separator, type PanelImperativeHandle } from 'react-resizable-panels';
import { openIntake } from '../intake/use-intake.ts';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useSession, type ListedExhibit } from '../state/session.ts';
import { useTime } from '../state/time.ts';
import { useText } from '../text/text-context.tsx';
import { useExhibits, useFollowJobs, useOverview } from './exhibit-queries.ts';
import { useLayout } from './layout-store.ts';
import { PanelColumn } from './panel-column.tsx';
import { PresetBar } from './preset-bar.tsx';
import { Rail } from './rail.tsx';
import { useWorkspaceCommands } from './workspace-commands.ts';
import { TimeAxis, ViewerGrid } from './workspace-parts.ts';
import './workspace.css';

/** The view that analysts sit in front of: exhibits, viewers, time axis, panels. */
export default function WorkspaceView() {
  const text = useText();
  const openedCase = useSession((state) => state.openedCase);
  if (openedCase === null) return <Empty>{text('window/workspace:noCase')}</Empty>;
  return <OpenedWorkspace folder={openedCase.folder} />;
}

const none: readonly ListedExhibit[] = [];

function OpenedWorkspace({ folder }: { folder: string }) {
  const text = useText();
  const { exhibit, choose } = useSession();
  const exhibits = useExhibits(folder);
  useFollowJobs();
  const known = exhibits.data?.exhibits;
  const chosen = known?.some(({ id }) => id === exhibit) === true ? exhibit : null;
  useWorkspaceCommands(folder, known ?? none, chosen);
  useEffect(() => {
    const first = known?.[0];
    if (chosen === null && first !== undefined) choose(first.id);
  }, [chosen, known, choose]);
  if (exhibits.isError) return <Failed error={exhibits.error} again={() => void exhibits.refetch()} />;
  if (known === undefined) return <Busy stage="open" />;
  if (known.length === 0)
    return (
      <Empty
        action={
          <button type="button" className="button button-primary" onClick={() => openIntake()}>
            {text('window/workspace:bringIn')}
          </button>
        }
      >
        {text('window/workspace:noExhibits')}
      </Empty>
    );
  return (
    <div className="workspace">
      <PresetBar />
      <Rail folder={folder} exhibits={known} chosen={chosen} />
      {chosen !== null && <Splits folder={folder} exhibit={chosen} />}
    </div>
  );
}

/** Viewers over the axis, the panel column beside them. What the person drags is part of the layout. */
function Splits({ folder, exhibit }: { folder: string; exhibit: string }) {
  const text = useText();
  useCoverExhibit(folder, exhibit);
  const { applied, change } = useLayout();
  const axis = useRef<PanelImperativeHandle>(null);
  const column = useRef<PanelImperativeHandle>(null);
  const { axisPercent, columnPixels } = useLayout.getState().layout;
  useEffect(() => {
    const { layout } = useLayout.getState();
    axis.current?.resize(`${layout.axisPercent}%`);
    column.current?.resize(layout.columnPixels);
  }, [applied]);
  return (
    <Group
      className="workspace-splits"
      orientation="horizontal"
      onLayoutChanged={(_, { isUserInteraction }) => {
        if (isUserInteraction) change({ columnPixels: Math.round(column.current?.getSize().inPixels ?? columnPixels) });
      }}
    >
      <Panel id="look" minSize="30%">
        <Group
          orientation="vertical"
          onLayoutChanged={(_, { isUserInteraction }) => {
            if (isUserInteraction) change({ axisPercent: axis.current?.getSize().asPercentage ?? axisPercent });
          }}
        >
          <Panel id="viewers" minSize={160}>
            <Suspense fallback={<Busy stage="open" />}>
              <ViewerGrid folder={folder} exhibit={exhibit} />
            </Suspense>
          </Panel>
          <Separator className="workspace-split workspace-split-rows" aria-label={text('window/workspace:splitAxis')} />
          <Panel id="axis" panelRef={axis} defaultSize={`${axisPercent}%`} minSize={96} collapsible>
            <section className="workspace-axis" aria-label={text('window/workspace:axis')}>
              <Suspense fallback={<Busy stage="open" />}>
                <TimeAxis folder={folder} exhibit={exhibit} />
              </Suspense>
            </section>
          </Panel>
        </Group>
      </Panel>
      <Separator className="workspace-split" aria-label={text('window/workspace:splitColumn')} />
      <Panel
        id="column"
        panelRef={column}
        defaultSize={columnPixels}
        minSize={240}
        collapsible
        groupResizeBehavior="preserve-pixel-size"
      >
        <PanelColumn folder={folder} exhibit={exhibit} />
      </Panel>
    </Group>
  );
}

/** The time axis covers the chosen exhibit from the moment its first view is there. */
function useCoverExhibit(folder: string, exhibit: string): void {
  const overview = useOverview(folder, exhibit).data;
  useEffect(() => {
    const name = `${folder} ${exhibit}`;
    if (overview === undefined || useLayout.getState().covered === name) return;
    useLayout.setState({ covered: name });
    const { startMs, durationMs } = overview;
    useTime.getState().cover({ startMs, endMs: startMs + Math.max(durationMs ?? 0, 1) });
  }, [folder, exhibit, overview]);
}
