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

const views = {
  start: lazy(() => import('../start/start-view.tsx')),
  workspace: lazy(() => import('../workspace/workspace-view.tsx')),
  report: lazy(() => import('../report/report-view.tsx')),
  verify: lazy(() => import('../verify/verify-view.tsx')),
} satisfies Record<View, unknown>;

/** The window: title bar, one view, foot; palette and shortcut sheet above. */
export function App({ open }: { open: string | null }) {
  const view = useSession((state) => state.view);
  useKeyboard();
  useWindowCommands();
  useEffect(() => {
    if (open !== null) void openFolder(open);
  }, [open]);
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
