import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/workbench/create-engine.ts';
import { createWorkbench } from '../../src/workbench/create-workbench.ts';
import { packageFolder } from '../../src/workbench/package-folder.ts';
import { makeMedia } from '../support/make-media.ts';
import { askEngine } from './ask-engine.ts';
import { openTestWindow } from './window.ts';

const frames = 300;

/** Waits until the viewer shows a frame, all of it, and answers what its foot says of it. */
async function shows(page: Page, frame: number): Promise<void> {
  await page.locator(`.viewer[data-frame="${frame}"][data-busy="false"]`).first().waitFor({ timeout: 20_000 });
}

describe('stepping through a film', () => {
  let folder: string;
  let home: string;
  let caseFolder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-stepping-'));
    home = join(folder, 'state');
    caseFolder = join(folder, 'case');
    const clip = join(folder, 'clip.mp4');
    await makeMedia([
      ...['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=25:duration=${frames / 25}`],
      ...['-f', 'lavfi', '-i', `sine=frequency=330:duration=${frames / 25}`],
      ...['-f', 'lavfi', '-i', `sine=frequency=660:sample_rate=22050:duration=${frames / 25}`],
      ...['-map', '0', '-map', '1', '-map', '2', '-c:a:0', 'aac', '-c:a:1', 'libmp3lame'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', clip],
    ]);
    const engine = await createEngine({
      home: packageFolder(import.meta.dirname),
      env: { ...process.env, ASSAY_HOME: home },
      clock: () => new Date(),
    });
    const workbench = createWorkbench({ engine, language: 'en' });
    const { handle } = workbench;
    await askEngine(handle, 'case.create', { folder: caseFolder, title: 'Stepping', examiner: 'Examiner' });
    await askEngine(handle, 'case.open', { folder: caseFolder });
    await askEngine(handle, 'exhibit.add', { folder: caseFolder, files: [clip] });
    await askEngine(handle, 'examination.run', { folder: caseFolder, methods: ['frames', 'audio'] });
    await workbench.close();
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the last frame after 200 steps by a held key, forth and back, and after jumps in between', async () => {
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      await shows(page, 0);
      // Two viewers: both must keep up.
      await page.getByRole('button', { name: 'Compare' }).click();
      await shows(page, 0);
      for (const [key, end] of [
        ['ArrowRight', 200],
        ['ArrowLeft', 0],
      ] as const) {
        for (let i = 0; i < 200; i += 1) await page.keyboard.down(key);
        await page.keyboard.up(key);
        await shows(page, end);
        const second = page.locator('.viewer').nth(1);
        await second.and(page.locator(`[data-frame="${end}"][data-busy="false"]`)).waitFor({ timeout: 20_000 });
      }
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press(i % 3 === 2 ? 'Shift+ArrowLeft' : 'Shift+ArrowRight');
        await page.keyboard.press('ArrowRight');
      }
      await page.keyboard.press('End');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await shows(page, 1);
      await page.getByText('= as examined').first().waitFor();
    } finally {
      await window.close();
    }
  }, 90_000);

  it('lets one of several sound streams be heard, and shows its lanes', async () => {
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      await page.locator('.axis-lane[data-lane="audio:waveform-1"]').waitFor({ timeout: 20_000 });
      expect(await page.locator('.axis-lane[data-lane="audio:waveform-2"]').count()).toBe(0);
      await page.getByRole('button', { name: 'Sound stream that is heard: 1' }).click();
      await page.getByRole('menuitemradio', { name: 'Stream 2 · mp3' }).click();
      await page.locator('.axis-lane[data-lane="audio:waveform-2"]').waitFor();
      expect(await page.locator('.axis-lane[data-lane="audio:waveform-1"]').count()).toBe(0);
      await page.getByRole('button', { name: 'Sound stream that is heard: 2' }).waitFor();
      await window.screenshot('axis-sound-streams');
    } finally {
      await window.close();
    }
  }, 60_000);
});
