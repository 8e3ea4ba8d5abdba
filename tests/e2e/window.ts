import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsoleMessage, Page } from 'playwright-core';
import { openChromiumWindow } from '../../src/cli/window/chromium-window.ts';
import { createEngine } from '../../src/workbench/create-engine.ts';
import { createWorkbench, type Workbench } from '../../src/workbench/create-workbench.ts';
import type { Engine } from '../../src/workbench/engine.ts';
import { findBrowser } from '../../src/workbench/find-browser.ts';
import { packageFolder } from '../../src/workbench/package-folder.ts';
import { locateOnPath } from '../../src/tools/locate-tool.ts';

export interface TestWindowOptions {
  /** 1280×720 where nothing is said. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly language?: string;
  /** Case to open at the start. */
  readonly open?: string;
  /** Folder of the app's own state; a new one, removed at the end, where nothing is said. */
  readonly home?: string;
  readonly deviceScaleFactor?: number;
  readonly reducedMotion?: boolean;
  /** `none`: the browser runs in a namespace without any network interface. */
  readonly network?: 'none';
  /** Console and page errors that this test means to cause; all others fail it. */
  readonly allowed?: readonly RegExp[];
  /** Stands before the workbench: sees every request of the page. */
  readonly onRequest?: (request: Request) => void;
}

export interface TestWindow {
  readonly page: Page;
  readonly workbench: Workbench;
  readonly engine: Engine;
  /** Folder of the app's own state. */
  readonly home: string;
  /** What the page complained of so far: console errors, uncaught errors, requests that failed. */
  readonly problems: readonly string[];
  /** Writes `.cache/screens/<name>.png` and says where. */
  screenshot(name: string): Promise<string>;
  /** Closes everything; throws when the page had complained. */
  close(): Promise<void>;
}

const packageRoot = packageFolder(import.meta.dirname);
const screens = join(packageRoot, '.cache/screens');

/** Opens the built window in the installed Chromium, without a display, on an engine with its own state. */
export async function openTestWindow(options: TestWindowOptions = {}): Promise<TestWindow> {
  const executable = await findBrowser(process.env, process.platform);
  if (executable === undefined) throw new Error('no Chromium on this machine: npm run setup');
  const bubblewrap = options.network === 'none' ? await requireBubblewrap() : undefined;
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'assay-state-')));
  const engine = await createEngine({
    home: packageRoot,
    env: { ...process.env, ASSAY_HOME: home },
    clock: () => new Date(),
  });
  const workbench = createWorkbench({
    engine,
    language: options.language ?? 'en',
    ...(options.open === undefined ? {} : { open: options.open }),
  });
  const problems: string[] = [];
  const complain = (text: string): void => {
    if (!(options.allowed ?? []).some((pattern) => pattern.test(text))) problems.push(text);
  };
  const window = await openChromiumWindow({
    executable,
    handle: (request) => {
      options.onRequest?.(request);
      return workbench.handle(request);
    },
    onDefect: (error) => complain(`answer: ${String(error)}`),
    headless: true,
    isRoot: process.getuid?.() === 0,
    viewport: options.viewport ?? { width: 1280, height: 720 },
    onPage: (page) => listen(page, complain),
    ...(bubblewrap === undefined ? {} : { bubblewrap }),
    ...(options.deviceScaleFactor === undefined ? {} : { deviceScaleFactor: options.deviceScaleFactor }),
    ...(options.reducedMotion === undefined ? {} : { reducedMotion: options.reducedMotion }),
  }).catch(async (error: unknown) => {
    await workbench.close();
    throw error;
  });
  const { page } = window;
  return {
    page,
    workbench,
    engine,
    home,
    problems,
    async screenshot(name) {
      await mkdir(screens, { recursive: true });
      const path = join(screens, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    async close() {
      await window.close();
      await workbench.close();
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
      if (problems.length > 0) throw new Error(`the page complained:\n${problems.join('\n')}`);
    },
  };
}

function listen(page: Page, complain: (text: string) => void): void {
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') complain(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complain(`page: ${error.stack ?? error.message}`));
}

async function requireBubblewrap(): Promise<string> {
  const path = await locateOnPath('bwrap', { env: process.env, platform: process.platform });
  if (path === undefined) throw new Error('no bubblewrap on this machine: npm run setup');
  return path;
}
