import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/workbench/create-engine.ts';
import { createWorkbench } from '../../src/workbench/create-workbench.ts';
import { packageFolder } from '../../src/workbench/package-folder.ts';
import { makeClip, makeMedia, makePicture } from '../support/make-media.ts';
import { askEngine } from './ask-engine.ts';
import { seriousProblems } from './axe.ts';
import { openTestWindow } from './window.ts';

/** The machine may be busy with other tests. */
const patient = { timeout: 20_000 };

describe('the workspace', () => {
  let folder: string;
  let home: string;
  let caseFolder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-workspace-'));
    home = join(folder, 'state');
    caseFolder = join(folder, 'case');
    const [clip, picture, sound] = ['clip.mp4', 'picture.jpg', 'sound.wav'].map((name) => join(folder, name));
    await makeClip(clip ?? '');
    await makePicture(picture ?? '');
    await makeMedia(['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2', sound ?? '']);
    const root = packageFolder(import.meta.dirname);
    const engine = await createEngine({
      home: root,
      env: { ...process.env, ASSAY_HOME: home },
      clock: () => new Date(),
    });
    const workbench = createWorkbench({ engine, language: 'en' });
    const { handle } = workbench;
    await askEngine(handle, 'case.create', { folder: caseFolder, title: 'Workspace', examiner: 'Examiner' });
    await askEngine(handle, 'case.open', { folder: caseFolder });
    await askEngine(handle, 'exhibit.add', { folder: caseFolder, files: [clip, picture] });
    await askEngine(handle, 'exhibit.add', { folder: caseFolder, files: [sound], role: 'reference' });
    await workbench.close();
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the first view before anything was examined, and results while they come', async () => {
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      await page.locator('.viewer[data-frame="0"]').waitFor();
      await page.getByRole('option', { name: /E001.*Not examined yet/ }).waitFor();
      await window.screenshot('workspace-unexamined');
      await page.getByRole('button', { name: 'Examine (triage)' }).click();
      await page
        .getByRole('option', { name: /E001.*(Consistent|Inconsistent|Inconclusive)/ })
        .waitFor({ timeout: 60_000 });
      await expect.poll(() => page.getByRole('button', { name: 'Examine (triage)' }).count(), patient).toBe(0);
      await page.getByText('Offline. Nothing is running.').waitFor({ timeout: 60_000 });
      expect(await seriousProblems(page)).toEqual([]);
    } finally {
      await window.close();
    }
  });

  it('says which exhibit it shows, with its hashes and all that intake recorded', async () => {
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      const sha256 = createHash('sha256')
        .update(await readFile(join(folder, 'clip.mp4')))
        .digest('hex');
      const record = page.getByRole('region', { name: 'The exhibit as it was taken in' });
      await record.getByText(`SHA-256 ${sha256}`).waitFor();
      expect(await page.locator('.title-bar').innerText()).toContain('E001 clip.mp4');
      await record.getByRole('button', { name: 'E001 clip.mp4' }).click();
      for (const words of [sha256, 'MD5 (old lists)', join(folder, 'clip.mp4'), 'questioned', '(Asia/Almaty)'])
        await record.getByText(words).first().waitFor();
      expect(await seriousProblems(page)).toEqual([]);
      await window.screenshot('workspace-record');
      await page.keyboard.press('Control+ArrowDown');
      await record.getByRole('button', { name: 'E002 picture.jpg' }).waitFor();
    } finally {
      await window.close();
    }
  });

  it('examines fully what had its first look, from the list of commands and under a Cyrillic layout', async () => {
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      await page.locator('.viewer[data-frame="0"]').waitFor();
      // As a keyboard sends it on which Russian is switched on.
      await page.evaluate(() =>
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'л', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true }),
        ),
      );
      await page.getByRole('combobox').last().fill('fully');
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: 'Sync' }).click();
      await page.getByText('a first look leaves it out').waitFor({ state: 'detached', timeout: 60_000 });
      await page.getByText('Offline. Nothing is running.').waitFor({ timeout: 60_000 });
    } finally {
      await window.close();
    }
  });

  it('goes through exhibits by keys, and says what those without a picture are', async () => {
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      await page.locator('.viewer[data-frame="0"]').waitFor();
      await page.getByRole('option', { name: /E001/ }).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { name: /E002/, selected: true }).waitFor();
      await expect.poll(() => page.locator('.viewer').getAttribute('data-busy'), patient).toBe('false');
      await page.keyboard.press('ArrowDown');
      await page.getByText('This exhibit holds sound and no picture.').waitFor();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await page.locator('.viewer[data-frame="0"][data-busy="false"]').waitFor();
    } finally {
      await window.close();
    }
  });

  it('opens for reading what another window writes to, and goes on saying so', async () => {
    const first = await openTestWindow({ home, open: caseFolder });
    try {
      await first.page.locator('.viewer[data-frame="0"]').waitFor();
      const second = await openTestWindow({ home, open: caseFolder });
      try {
        const { page } = second;
        await page.getByText('This case is open for reading only').waitFor();
        await page.getByRole('button', { name: 'Close', exact: true }).click();
        await page.locator('.title-bar').getByText('Reading only').waitFor();
        await page.getByRole('tab', { name: 'Methods' }).click();
        expect(await page.getByRole('button', { name: 'Examine fully' }).isDisabled()).toBe(true);
        await page.getByRole('tab', { name: 'Metadata' }).click();
        await page.getByText('majorBrand').first().waitFor(patient);
        await second.screenshot('workspace-read-only');
      } finally {
        await second.close();
      }
      expect(await first.page.getByText('Reading only').count()).toBe(0);
    } finally {
      await first.close();
    }
  });

  it('has three presets, and keeps a layout of the person for the next start', async () => {
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      for (const size of [
        { width: 1280, height: 720 },
        { width: 1920, height: 1080 },
      ]) {
        await page.setViewportSize(size);
        for (const [key, name, viewers] of [
          ['Alt+1', 'triage', 1],
          ['Alt+2', 'compare', 2],
          ['Alt+3', 'sync', 1],
        ] as const) {
          await page.keyboard.press(key);
          await expect.poll(() => page.locator('.viewer[data-busy="false"]').count(), patient).toBe(viewers);
          for (const theme of ['dark', 'light'] as const) {
            await page.evaluate((wanted) => (document.documentElement.dataset['theme'] = wanted), theme);
            await page.waitForTimeout(150);
            await window.screenshot(`workspace-${name}-${theme}-${size.width}`);
          }
          await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
        }
      }
      await page.keyboard.press('Alt+2');
      await page.keyboard.press('Alt+a');
      await expect.poll(() => page.locator('.viewer').count(), patient).toBe(3);
      await page.getByRole('button', { name: /Own layouts/ }).click();
      await page.getByRole('menuitem', { name: 'Keep this layout' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Three at once');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /Three at once/ }).waitFor();
      await page.reload();
      await expect.poll(() => page.locator('.viewer').count(), patient).toBe(1);
      await page.getByRole('button', { name: /Own layouts/ }).click();
      await page.getByRole('menuitem', { name: 'Three at once', exact: true }).click();
      await expect.poll(() => page.locator('.viewer').count(), patient).toBe(3);
    } finally {
      await window.close();
    }
  });

  it('says of an exhibit whose copy was changed that it is not what was taken in', async () => {
    const copy = join(caseFolder, 'exhibits/E002/original.jpg');
    const bytes = await readFile(copy);
    await chmod(copy, 0o644);
    await writeFile(copy, Buffer.concat([bytes.subarray(0, -1), Buffer.from([0])]));
    const window = await openTestWindow({ home, open: caseFolder });
    try {
      const { page } = window;
      await page.getByRole('option', { name: /E001/ }).focus();
      expect(await page.getByText('does not hold these bytes any more').count()).toBe(0);
      await page.keyboard.press('ArrowDown');
      await page.getByText('does not hold these bytes any more').waitFor();
      await page.getByRole('tab', { name: 'Methods' }).click();
      await page.getByRole('button', { name: /Error-level analysis/ }).click();
      await page.getByLabel('JPEG quality', { exact: true }).fill('77');
      await page.getByRole('button', { name: 'Run on this exhibit' }).click();
      await page.locator('.method-form + [role=status]').getByText('that were taken in as E002').waitFor(patient);
      await window.screenshot('workspace-changed-copy');
    } finally {
      await window.close();
    }
  });
});
