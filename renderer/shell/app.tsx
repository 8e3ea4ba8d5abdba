import { Suspense, useEffect } from 'react';
import { promptComponent } from '../parts/prompt-component.ts';
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

/** The window's views. */
export const views = {
  start: promptComponent(() => import('../start/start-view.tsx')),
  workspace: promptComponent(() => import('../workspace/workspace-view.tsx')),
  report: promptComponent(() => import('../report/report-view.tsx')),
  verify: promptComponent(() => import('../verify/verify-view.tsx')),
} satisfies Record<View, unknown>;

/** The workspace with its parts, which it would fetch only once it is there itself. */
async function fetchWorkspace(): Promise<void> {
  const [parts] = await Promise.all([import('../workspace/workspace-parts.ts'), views.workspace.fetch()]);
  await parts.fetchParts();
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
