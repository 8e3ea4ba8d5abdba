import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCase } from '../../src/contract/operations.ts';
import { listExaminations, listExhibits } from '../../src/contract/window-operations.ts';
import { makeClip, makePicture } from '../support/make-media.ts';
import { seriousProblems } from './axe.ts';
import { lookAt } from './look-at.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

describe('bringing in evidence', () => {
  let home: string;
  let evidence: string;
  const env = { HOME: process.env['HOME'] };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'assay-home-'));
    process.env['HOME'] = home;
    evidence = join(home, 'evidence');
    await mkdir(join(evidence, 'pictures'), { recursive: true });
    await makeClip(join(evidence, 'interview 2.mp4'), { seconds: 2 });
    await makeClip(join(evidence, 'interview 10.mp4'), { seconds: 1 });
    await makePicture(join(evidence, 'pictures', 'still.jpg'));
    await symlink(join(evidence, 'interview 2.mp4'), join(evidence, 'pictures', 'link.mp4'));
    await writeFile(join(evidence, '.hidden'), 'x');
    await writeFile(join(evidence, 'name \u202egpj.exe'), 'x');
  });

  afterAll(async () => {
    process.env['HOME'] = env.HOME;
    await rm(home, { recursive: true, force: true });
  });

  async function openCase(name: string): Promise<{ window: TestWindow; folder: string }> {
    const state = await mkdtemp(join(home, 'state-'));
    const folder = join(home, name);
    const window = await openTestWindow({ home: state });
    await operate(window, createCase, { folder, title: 'Interview clip', examiner: 'A. Analyst' });
    const { page } = window;
    await page.getByRole('button', { name: 'Go on without one' }).click();
    await page.getByRole('button', { name: 'Open a case' }).click();
    const browser = page.getByRole('dialog');
    await browser.getByRole('option', { name }).dblclick();
    await page.getByText('This case holds no exhibit yet.').waitFor();
    return { window, folder };
  }

  it('finds files by mouse and keyboard, takes them in with their hashes, and begins the triage', async () => {
    const { window, folder } = await openCase('case-one');
    try {
      const { page } = window;
      await page.keyboard.press('Control+o');
      const sheet = page.getByRole('dialog', { name: 'Bring in evidence' });
      await sheet.getByRole('option', { name: 'evidence' }).dblclick();
      await sheet.getByRole('option', { name: 'interview 2.mp4' }).waitFor();
      // Walking into a folder leaves the keyboard on its list.
      await sheet.getByRole('listbox').and(page.locator(':focus')).waitFor();
      const names = await sheet.getByRole('option').locator('.file-name').allInnerTexts();
      // Folders first, then by name with numbers as numbers; hidden files only when asked for; names made visible.
      expect(names.map((name) => name.replace('▸', '').trim())).toEqual([
        'pictures',
        'interview 2.mp4',
        'interview 10.mp4',
        'name ‹U+202E›gpj.exe',
      ]);
      await sheet.getByLabel('Show hidden files').check();
      await sheet.getByRole('option', { name: '.hidden' }).waitFor();
      await sheet.getByLabel('Show hidden files').uncheck();

      await sheet.getByRole('listbox').focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Space');
      await page.keyboard.press('i');
      await page.keyboard.press('Space');
      await sheet.getByLabel('Where it comes from').fill('Handed over on a stick');
      await lookAt(window, 'intake-choose');
      expect(await seriousProblems(page)).toEqual([]);
      await sheet.getByRole('button', { name: 'Take in 2 files or folders' }).click();

      // The link inside the folder is refused with its reason; the others are there with their hashes.
      await sheet.getByText('2 exhibits taken in. 1 was refused.').waitFor();
      await sheet.getByText('is a symbolic link to').waitFor();
      const { exhibits } = await operate(window, listExhibits, { folder });
      expect(exhibits.map(({ name, source }) => [name, source])).toEqual([
        ['still.jpg', 'Handed over on a stick'],
        ['interview 2.mp4', 'Handed over on a stick'],
      ]);
      for (const { sha256 } of exhibits) await sheet.getByText(sha256).waitFor();
      await lookAt(window, 'intake-done');
      expect(await seriousProblems(page)).toEqual([]);
      await sheet.getByRole('button', { name: 'Go on' }).click();
      await page.locator('.title-bar-exhibit').getByText('E001').waitFor();
      const found = async (): Promise<string[]> =>
        (await operate(window, listExaminations, { folder, exhibit: 'E001' })).examinations.map(({ method }) => method);
      await expect.poll(found, { timeout: 60_000 }).toContain('file-type');
    } finally {
      await window.close();
    }
  });

  it('explains in a browser why a drop needs the file browser, and takes nothing twice', async () => {
    const { window, folder } = await openCase('case-two');
    try {
      const { page } = window;
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'clip.mp4'));
        document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, cancelable: true, bubbles: true }));
      });
      await page.getByText('Drop to bring it into the case as evidence').waitFor();
      await window.screenshot('intake-drop');
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'clip.mp4'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true }));
      });
      const sheet = page.getByRole('dialog', { name: 'Bring in evidence' });
      await sheet.getByText('cannot learn where a dropped file lies').waitFor();
      await sheet.getByRole('button', { name: 'Type a path' }).click();
      await sheet.getByRole('textbox', { name: 'Type a path' }).fill(join(evidence, 'nowhere'));
      await page.keyboard.press('Enter');
      await sheet.getByText('There is no such folder.').waitFor();
      await window.screenshot('intake-no-folder');
      await sheet.getByRole('button', { name: 'Type a path' }).click();
      await sheet.getByRole('textbox', { name: 'Type a path' }).fill(evidence);
      await page.keyboard.press('Enter');
      const takeReference = async (): Promise<void> => {
        await sheet.getByLabel('Reference').check();
        await sheet.getByRole('option', { name: 'interview 10.mp4' }).click();
        await sheet.getByRole('button', { name: 'Take in 1 file or folder' }).click();
      };
      await takeReference();
      await sheet.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+o');
      await sheet.getByRole('option', { name: 'evidence' }).dblclick();
      await takeReference();
      await sheet.getByText('1 was there already.').waitFor();
      await window.screenshot('intake-present');
      const { exhibits } = await operate(window, listExhibits, { folder });
      expect(exhibits.map(({ name, role }) => [name, role])).toEqual([['interview 10.mp4', 'reference']]);
    } finally {
      await window.close();
    }
  });

  it('takes what is dropped by its path where the window can learn it, as Electron’s does', async () => {
    const { window, folder } = await openCase('case-three');
    try {
      const { page } = window;
      // In place of the preload: the path of a dropped file, and a dialog that chooses a folder.
      await page.addInitScript((known) => {
        Object.assign(globalThis, {
          assayNative: {
            pathOfFile: (file: File) => `${known}/${file.name}`,
            choosePaths: () => Promise.resolve([`${known}/pictures`]),
          },
        });
      }, evidence);
      await page.reload();
      await page
        .getByRole('button', { name: /^Interview clip/ })
        .first()
        .click();
      await page.getByText('This case holds no exhibit yet.').waitFor();
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'interview 2.mp4'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true }));
      });
      const sheet = page.getByRole('dialog', { name: 'Bring in evidence' });
      await sheet.getByText(join(evidence, 'interview 2.mp4')).waitFor();
      await sheet.getByRole('button', { name: 'Choose a folder…' }).click();
      await sheet.getByText(join(evidence, 'pictures')).waitFor();
      await lookAt(window, 'intake-native');
      expect(await seriousProblems(page)).toEqual([]);
      await sheet.getByRole('button', { name: `Leave out ${join(evidence, 'pictures')}` }).click();
      await sheet.getByRole('button', { name: 'Take in 1 file or folder' }).click();
      await page.locator('.title-bar-exhibit').getByText('E001').waitFor();
      const { exhibits } = await operate(window, listExhibits, { folder });
      expect(exhibits.map(({ name }) => name)).toEqual(['interview 2.mp4']);
    } finally {
      await window.close();
    }
  });
});
