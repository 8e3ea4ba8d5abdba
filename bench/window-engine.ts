import { openChromiumWindow } from '../src/cli/window/chromium-window.ts';
import { createEngine } from '../src/workbench/create-engine.ts';
import { createWorkbench } from '../src/workbench/create-workbench.ts';
import { findBrowser } from '../src/workbench/find-browser.ts';

export interface WindowBenchOptions {
  /** The package's folder, and that of the app's own state. */
  readonly root: string;
  readonly home: string;
  /** Case to open at the start. */
  readonly open?: string;
}

/** The workbench alone, to make cases with. */
export async function openBench({ root, home, open }: WindowBenchOptions) {
  const engine = await createEngine({ home: root, env: { ...process.env, ASSAY_HOME: home }, clock: () => new Date() });
  return createWorkbench({ engine, language: 'en', ...(open === undefined ? {} : { open }) });
}

/** The window as a person gets it, without a display: engine, Chromium, page. */
export async function openWindowBench(options: WindowBenchOptions) {
  const executable = await findBrowser(process.env, process.platform);
  if (executable === undefined) throw new Error('no Chromium on this machine: npm run setup');
  const workbench = await openBench(options);
  const window = await openChromiumWindow({
    executable,
    handle: (request) => workbench.handle(request),
    onDefect: (error) => console.error(error),
    headless: true,
    isRoot: process.getuid?.() === 0,
    viewport: { width: 1920, height: 1080 },
  });
  return {
    page: window.page,
    workbench,
    async close() {
      await window.close();
      await workbench.close();
    },
  };
}
