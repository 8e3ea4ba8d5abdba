import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { withoutNetwork } from '../../workbench/window-programs.ts';
import { answerRequests, windowOrigin } from './answer-requests.ts';
import { writeChromiumProfile } from './chromium-profile.ts';

export interface ChromiumWindowOptions {
  readonly executable: string;
  /** Answers every request of the page. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Told what went wrong while a request was answered; the page gets a failed request. */
  readonly onDefect: (error: unknown) => void;
  /** Without a visible window: for tests. */
  readonly headless?: boolean;
  /** Path of bubblewrap, where there is one: the browser then runs without any network interface. */
  readonly bubblewrap?: string;
  /** Chromium cannot keep its sandbox as root; there, and only there, it runs without. */
  readonly isRoot: boolean;
  /** The display is Wayland's alone. */
  readonly wayland?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
  readonly reducedMotion?: boolean;
  /** Told the page before it goes anywhere: for tests that listen to it. */
  readonly onPage?: (page: Page) => void;
}

export interface ChromiumWindow {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Settles when the person has closed the window, or when its page crashed: then nothing can be done with it any more. */
  readonly ended: Promise<'closed' | 'crashed'>;
  close(): Promise<void>;
}

/**
 * Opens the installed Chromium as the app's window. SECURITY: it is driven over a pipe and every request is answered by
 * interception, so that no port is opened; names resolve to nothing, the profile is new and is removed, and with bubblewrap
 * the browser has no network interface at all.
 */
export async function openChromiumWindow(options: ChromiumWindowOptions): Promise<ChromiumWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-window-'));
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const context = await launch(folder, options);
    const closed = new Promise<'closed'>((resolve) => context.once('close', () => resolve('closed')));
    const page = await showPage(context, options);
    const crashed = new Promise<'crashed'>((resolve) => page.once('crash', () => resolve('crashed')));
    return {
      context,
      page,
      ended: Promise.race([crashed, closed]),
      async close() {
        await context.close();
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** A loaded machine takes its time; a browser that is gone before it is there never answers. */
const startTimeoutMs = 60_000;

async function launch(folder: string, options: ChromiumWindowOptions): Promise<BrowserContext> {
  const { executable, bubblewrap, headless, isRoot, wayland, viewport, deviceScaleFactor, reducedMotion } = options;
  const executablePath = bubblewrap === undefined ? executable : await wrapInNamespace(folder, bubblewrap, executable);
  return chromium.launchPersistentContext(await writeChromiumProfile(folder), {
    executablePath,
    headless: headless ?? false,
    chromiumSandbox: !isRoot,
    viewport: viewport ?? null,
    ...(deviceScaleFactor === undefined ? {} : { deviceScaleFactor }),
    ...(reducedMotion === true ? { reducedMotion: 'reduce' } : {}),
    timeout: startTimeoutMs,
    acceptDownloads: false,
    serviceWorkers: 'block',
    // A signal closes the window in order, with the case: that is the command's work, not the driver's.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ignoreDefaultArgs: ['--enable-automation'],
    args: [...chromiumArguments, ...(wayland === true ? ['--ozone-platform=wayland'] : [])],
  });
}

/** What Chromium is told beside playwright's own list: app mode, and nothing that would look for a network. */
export const chromiumArguments: readonly string[] = [
  '--app=data:text/html,',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // Without this word a bar across the window warns of the switches above.
  '--test-type',
  '--no-pings',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
  '--window-size=1440,900',
];

async function wrapInNamespace(folder: string, bubblewrap: string, executable: string): Promise<string> {
  const script = join(folder, 'chromium');
  const quoted = [bubblewrap, ...withoutNetwork, executable].map(quote);
  await writeFile(script, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
  await chmod(script, 0o700);
  return script;
}

/** A word for the shell, whatever is in it. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Puts the app's page into the one window there is. SECURITY: every other window or tab is closed at once. */
async function showPage(context: BrowserContext, options: ChromiumWindowOptions): Promise<Page> {
  await answerRequests(context, options);
  const page = context.pages()[0] ?? (await context.newPage());
  context.on('page', (other) => {
    if (other !== page) void other.close().catch(() => undefined);
  });
  // The last window gone, some systems keep the browser running: it ends with the page.
  page.once('close', () => void context.close().catch(() => undefined));
  options.onPage?.(page);
  await page.goto(`${windowOrigin}/`);
  return page;
}
