import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { addExhibits, createCase, examine, writeReport } from '../../src/contract/operations.ts';
import { openCase } from '../../src/contract/window-operations.ts';
import { forgeClip } from '../../src/lab/forge/forge-clip.ts';
import { operate } from '../../tests/e2e/operate.ts';
import { testToolbox } from '../../tests/support/run-method.ts';
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

/** A page in light colours in a browser without any window of Assay's. */
async function openPage(viewport: { width: number; height: number }) {
  const executablePath = (await findBrowser(process.env, process.platform)) ?? '';
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const page = await browser.newPage({ viewport });
  await page.emulateMedia({ colorScheme: 'light' });
  return { browser, page };
}

it('the first page of a report', async () => {
  const { browser, page } = await openPage({ width: 900, height: 1180 });
  await page.goto(`file://${made.report.html}`);
  await page.screenshot({ path: join(images, 'report.png') });
  await browser.close();
});

it.each([
  ['workspace', { width: 1440, height: 900 }],
  ['workspace-small', { width: 1280, height: 720 }],
])('the %s', async (name, viewport) => {
  const window = await openTestWindow({ viewport, open: made.case.folder, home: join(work, 'home') });
  await window.page.locator('.viewer[data-frame][data-busy="false"]').first().waitFor({ timeout: 60_000 });
  await window.page.locator('.axis-lane[data-lane="audio:waveform-1"][data-state="drawn"]').waitFor();
  await window.page.waitForTimeout(1500);
  await window.page.screenshot({ path: join(images, `${name}.png`) });
  await window.close();
});

it('the preset for sync: in sync, 200 ms off, and the voice of another', async () => {
  const clips = {
    'in-sync': {},
    '200-ms-off': { audioLeadMs: 200 },
    'cross-dubbed': { edits: [{ kind: 'cross-dub' as const, voice: { seed: 91 } }] },
  };
  const files = [];
  for (const [name, more] of Object.entries(clips)) {
    const path = join(work, `${name}.mp4`);
    const scene = { seed: 22, seconds: 12, width: 640, height: 480, facePx: 300 };
    await forgeClip({ ...scene, ...more }, path, { toolbox: testToolbox });
    files.push(path);
  }
  const folder = join(work, 'sync');
  const viewport = { width: 1440, height: 900 };
  const window = await openTestWindow({ viewport, home: join(work, 'home') });
  const { page } = window;
  await operate(window, createCase, { folder, title: 'Statement, three versions', examiner: 'A. Analyst' });
  await operate(window, openCase, { folder });
  await operate(window, addExhibits, { folder, files });
  await operate(window, examine, { folder, methods: ['packets', 'frames', 'audio', 'av-sync'] });
  await page.reload();
  await page.locator('.start-form-actions button, .start-action').first().waitFor();
  if ((await page.locator('.start-form-actions button').count()) > 0)
    await page.locator('.start-form-actions button').nth(1).click();
  await page.locator('.recent-open').first().click();
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  for (const [at, name] of Object.keys(clips).entries()) {
    await page.getByRole('option', { name: new RegExp(`E00${at + 1}`) }).click();
    await page.locator('.viewer[data-frame][data-busy="false"]').first().waitFor({ timeout: 60_000 });
    await page.locator('.axis-lane[data-lane="av-sync:speech-energy"][data-state="drawn"]').waitFor();
    await page.waitForTimeout(1500);
    await page.getByRole('region', { name: 'Voice against lips' }).scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(images, `sync-${name}.png`) });
  }
  await window.close();

  const run = await runAssay(['report', folder, '--json'], { cwd: work, home: join(work, 'home') });
  const { report } = writeReport.output.parse(JSON.parse(run.stdout));
  const { browser, page: pages } = await openPage({ width: 900, height: 1180 });
  await pages.goto(`file://${report.html}`);
  for (const [at, name] of Object.keys(clips).entries()) {
    const section = pages.locator('#details .exhibit-part').nth(at).locator('.method', { hasText: 'Audio-video sync' });
    await section.screenshot({ path: join(images, `sync-report-${name}.png`) });
  }
  await browser.close();
});
