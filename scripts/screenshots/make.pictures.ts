import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { demo } from '../../src/contract/operations.ts';
import { runAssay } from '../../tests/support/command-line.ts';
import { openTestWindow } from '../../tests/e2e/window.ts';
import { findBrowser } from '../../src/workbench/find-browser.ts';

const images = resolve(import.meta.dirname, '../../docs/images');
let work: string;
let made: ReturnType<typeof demo.output.parse>;

beforeAll(async () => {
  await mkdir(images, { recursive: true });
  work = await mkdtemp(join(tmpdir(), 'assay-pictures-'));
  const run = await runAssay(['demo', join(work, 'demo'), '--json'], {
    cwd: work,
    home: join(work, 'home'),
    timeoutMs: 500_000,
  });
  made = demo.output.parse(JSON.parse(run.stdout));
});
afterAll(() => rm(work, { recursive: true, force: true }));

it('the first page of a report', async () => {
  const executablePath = (await findBrowser(process.env, process.platform)) ?? '';
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const page = await browser.newPage({ viewport: { width: 900, height: 1180 } });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`file://${made.report.html}`);
  await page.screenshot({ path: join(images, 'report.png') });
  await browser.close();
});

it.each([
  ['workspace', { width: 1440, height: 900 }],
  ['workspace-small', { width: 1280, height: 720 }],
])('the %s', async (name, viewport) => {
  const window = await openTestWindow({ viewport, open: made.case.folder, home: join(work, 'home') });
  await window.page.waitForTimeout(6000);
  await window.page.screenshot({ path: join(images, `${name}.png`) });
  await window.close();
});
