import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Route } from 'playwright-core';

/** The page's own origin. The name is reserved (RFC 2606), so that nothing of that name can ever be reached. */
export const windowOrigin = 'https://assay.invalid';

export interface ChromiumWindowOptions {
  readonly executable: string;
  /** Answers every request of the page. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Without a visible window: for tests. */
  readonly headless?: boolean;
  /** Path of bubblewrap, where there is one: the browser then runs without any network interface. */
  readonly bubblewrap?: string;
  /** Chromium cannot keep its sandbox as root; there, and only there, it runs without. */
  readonly isRoot: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
  readonly reducedMotion?: boolean;
  /** Told the page before it goes anywhere: for tests that listen to it. */
  readonly onPage?: (page: Page) => void;
}

export interface ChromiumWindow {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Settles when the person has closed the window. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the installed Chromium as the app's window. SECURITY: it is driven over a pipe and every request is answered by
 * interception, so that no port is opened; names resolve to nothing, the profile is new and is removed, and with bubblewrap
 * the browser has no network interface at all.
 */
export async function openChromiumWindow(options: ChromiumWindowOptions): Promise<ChromiumWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-window-'));
  const executablePath =
    options.bubblewrap === undefined
      ? options.executable
      : await wrapInNamespace(folder, options.bubblewrap, options.executable);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath,
    headless: options.headless ?? false,
    chromiumSandbox: !options.isRoot,
    viewport: options.viewport ?? null,
    ...(options.deviceScaleFactor === undefined ? {} : { deviceScaleFactor: options.deviceScaleFactor }),
    ...(options.reducedMotion === true ? { reducedMotion: 'reduce' } : {}),
    acceptDownloads: false,
    serviceWorkers: 'block',
    args: [...chromiumArguments],
  });
  await context.route('**/*', (route) => answer(route, options.handle));
  const page = context.pages()[0] ?? (await context.newPage());
  const closed = new Promise<void>((resolve) => {
    page.once('close', () => resolve());
    context.once('close', () => resolve());
  });
  options.onPage?.(page);
  await page.goto(`${windowOrigin}/`);
  return {
    context,
    page,
    closed,
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
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
  '--no-pings',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
  '--window-size=1440,900',
];

async function wrapInNamespace(folder: string, bubblewrap: string, executable: string): Promise<string> {
  const script = join(folder, 'chromium');
  const quoted = [bubblewrap, '--dev-bind', '/', '/', '--unshare-net', '--die-with-parent', executable].map(quote);
  await writeFile(script, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
  await chmod(script, 0o700);
  return script;
}

/** A word for the shell, whatever is in it. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Answers one intercepted request. SECURITY: what is not of the page's own origin is refused in this one place. */
async function answer(route: Route, handle: ChromiumWindowOptions['handle']): Promise<void> {
  const asked = route.request();
  const url = asked.url();
  if (!url.startsWith(`${windowOrigin}/`)) return route.abort('blockedbyclient');
  try {
    const body = asked.postDataBuffer();
    const response = await handle(
      new Request(url, {
        method: asked.method(),
        headers: await asked.allHeaders().then(withoutPseudoHeaders),
        ...(body === null ? {} : { body: new Uint8Array(body) }),
      }),
    );
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  } catch (error) {
    // The page may be gone by the time an answer is there; then nobody waits for it.
    await route.abort('failed').catch(() => undefined);
    if (!(error instanceof Error) || !/closed|disposed|Route is already handled/i.test(error.message)) throw error;
  }
}

function withoutPseudoHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
}
