import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElectron } from '../../src/workbench/find-electron.ts';
import { packageFolder } from '../../src/workbench/package-folder.ts';

const root = packageFolder(import.meta.dirname);
const executable = await findElectron(root, process.env);
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
const reason =
  executable === undefined ? "Electron's program is not installed" : hasDisplay ? undefined : 'there is no display';
if (reason !== undefined) console.log(`the Electron window was not tried: ${reason}`);

// What the app passes is held by tests/unit/electron everywhere; this looks at what a real Electron makes of it.
describe.skipIf(reason !== undefined)('the window in Electron', () => {
  let home: string;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    const build = (await import('../../scripts/build.mjs')) as {
      ensureBuilt: (part: string) => Promise<boolean>;
    };
    for (const part of ['renderer', 'electron']) await build.ensureBuilt(part);
    home = await mkdtemp(join(tmpdir(), 'assay-electron-'));
    app = await _electron.launch({
      executablePath: executable ?? '',
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
      env: { ...(process.env as Record<string, string>), ASSAY_HOME: home },
    });
    page = await app.firstWindow();
    await page.locator('.window').waitFor();
  });

  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  it('shows the page on its private origin', async () => {
    expect(await page.title()).toBe('Assay');
    expect(await page.evaluate(() => window.origin)).toBe('assay://window');
  });

  it('gives the page two functions and nothing of Node', async () => {
    const seen = await page.evaluate(() => ({
      native: Object.keys((globalThis as { assayNative?: object }).assayNative ?? {}).sort(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    }));
    expect(seen).toEqual({ native: ['choosePaths', 'pathOfFile'], node: [] });
  });

  it('gives the page its policy as a header', async () => {
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
  });

  it.each(['https://example.org/', 'http://127.0.0.1/', 'file:///etc/hostname'])(
    'reaches nothing at %s',
    async (url) => {
      const reached = await page.evaluate(
        (target) =>
          fetch(target, { mode: 'no-cors' }).then(
            () => true,
            () => false,
          ),
        url,
      );
      expect(reached).toBe(false);
    },
  );

  it('opens no second window and goes nowhere', async () => {
    await page.evaluate(() => void window.open('https://example.org/'));
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await page.waitForTimeout(500);
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toBe('assay://window/');
  });
});
