import { lazy, Suspense, useEffect } from 'react';
import { Busy } from '../parts/states.tsx';
import { openFolder } from '../state/open-folder.ts';
import { useSession, type View } from '../state/session.ts';
import { Overlays } from '../start/overlays.tsx';
import { CommandPalette } from './command-palette.tsx';
import { FootBar } from './foot-bar.tsx';
import { useKeyboard } from './keyboard.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { ViewBoundary } from './view-boundary.tsx';
import { TitleBar } from './title-bar.tsx';
import { useWindowCommands } from './window-commands.ts';
import './shell.css';

const workspace = () => import('../workspace/workspace-view.tsx');
const views = {
  start: lazy(() => import('../start/start-view.tsx')),
  workspace: lazy(workspace),
  report: lazy(() => import('../report/report-view.tsx')),
  verify: lazy(() => import('../verify/verify-view.tsx')),
} satisfies Record<View, unknown>;

/** The workspace with its two large parts, which it would fetch only once it is there itself. */
async function fetchWorkspace(): Promise<void> {
  await Promise.all([
    workspace(),
    import('../workspace/viewers/viewer-grid.tsx'),
    import('../workspace/axis/time-axis.tsx'),
  ]);
}

/** The window: title bar, one view, foot; palette and shortcut sheet above. */
export function App({ open }: { open: string | null }) {
  const view = useSession((state) => state.view);
  useKeyboard();
  useWindowCommands();
  useEffect(() => {
    if (open !== null) void openFolder(open);
  }, [open]);
  useEffect(() => {
    // The next view is fetched while nothing else goes on, so that a case opens at once.
    const idle = requestIdleCallback(() => void fetchWorkspace().catch(() => undefined), { timeout: 3000 });
    return () => cancelIdleCallback(idle);
  }, []);
  const Shown = views[view];
  return (
    <div className="window">
      <TitleBar />
      <main className="window-view">
        <ViewBoundary key={view}>
          <Suspense fallback={<Busy stage="open" />}>
            <Shown />
          </Suspense>
        </ViewBoundary>
      </main>
      <FootBar />
      <CommandPalette />
      <ShortcutSheet />
      <Overlays />
    </div>
  );
}
