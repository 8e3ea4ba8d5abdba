import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExhibits, createCase } from '../../src/contract/operations.ts';
import { openCase } from '../../src/contract/window-operations.ts';
import { makeClip } from '../support/make-media.ts';
import { seriousProblems } from './axe.ts';
import { lookAt } from './look-at.ts';
import { operate } from './operate.ts';
import { openTestWindow } from './window.ts';

describe('the start view', () => {
  let home: string;
  let state: string;
  const env = { HOME: process.env['HOME'] };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'assay-home-'));
    state = await mkdtemp(join(tmpdir(), 'assay-state-'));
    process.env['HOME'] = home;
    await mkdir(join(home, 'Documents'));
  });

  afterAll(async () => {
    process.env['HOME'] = env.HOME;
    await rm(home, { recursive: true, force: true });
    await rm(state, { recursive: true, force: true });
  });

  it('makes an identity at the first start, then a case, and lists it as recent', async () => {
    const window = await openTestWindow({ home: state });
    try {
      const { page } = window;
      await page.getByRole('heading', { name: 'Who examines here?' }).waitFor();
      await lookAt(window, 'start-first');
      expect(await seriousProblems(page)).toEqual([]);

      await page.getByRole('button', { name: 'Make my identity' }).click();
      expect(await page.getByText('Take at least 8 characters.').count()).toBe(1);
      await page.getByLabel('Your name').fill('A. Analyst');
      await page.getByLabel('Organisation').fill('Media laboratory');
      await page.getByLabel('Passphrase', { exact: true }).fill('four words in a row');
      await page.getByLabel('The same passphrase again').fill('four words in a raw');
      expect(await page.getByText('The two passphrases differ.').count()).toBe(1);
      await window.screenshot('start-first-problems');
      await page.getByLabel('The same passphrase again').fill('four words in a row');
      await page.getByRole('button', { name: 'Make my identity' }).click();
      await page.getByText('fingerprint in words:').waitFor();
      expect(await page.getByText('A. Analyst').count()).toBe(1);

      await page.getByRole('button', { name: 'New case' }).click();
      const sheet = page.getByRole('dialog', { name: 'New case' });
      await sheet.getByLabel('What the case is about').fill('Interview clip');
      await sheet.getByLabel('Reference number').fill('2026-014');
      expect(await sheet.getByLabel('Examiner').inputValue()).toBe('A. Analyst');
      expect(await sheet.getByLabel('Folder of the case').inputValue()).toBe(
        join(home, 'assay-cases/2026-014-Interview-clip'),
      );
      await lookAt(window, 'start-new-case');
      expect(await seriousProblems(page)).toEqual([]);
      await sheet.getByRole('button', { name: 'Choose the place' }).click();
      const browser = page.getByRole('dialog', { name: 'Choose the folder in which' });
      await browser.getByRole('option', { name: 'Documents' }).click();
      await lookAt(window, 'start-choose-folder');
      expect(await seriousProblems(page)).toEqual([]);
      await browser.getByRole('button', { name: 'Choose this folder' }).click();
      const folder = join(home, 'Documents/2026-014-Interview-clip');
      expect(await sheet.getByLabel('Folder of the case').inputValue()).toBe(folder);
      await sheet.getByRole('button', { name: 'Make the case' }).click();

      // A case is certified by the identity, so its passphrase is asked for, and asked again while it is wrong.
      const ask = page.getByRole('dialog', { name: 'Passphrase of your identity' });
      await ask.waitFor();
      await page.keyboard.type('something else');
      await page.keyboard.press('Enter');
      await ask.getByText('does not open the key').waitFor();
      await window.screenshot('start-passphrase');
      await page.keyboard.type('four words in a row');
      await page.keyboard.press('Enter');

      await page.getByRole('dialog', { name: 'Bring in evidence' }).waitFor();
      expect((await stat(join(folder, 'case.json'))).isFile()).toBe(true);
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Assay', exact: true }).click();
      await page.getByRole('button', { name: /Interview clip .* on this machine/ }).waitFor();
      await lookAt(window, 'start');
      expect(await seriousProblems(page)).toEqual([]);
    } finally {
      await window.close();
    }
  });

  it('opens a recent case, says when one is gone, and forgets it', async () => {
    const window = await openTestWindow({ home: state });
    try {
      const { page } = window;
      await page
        .getByRole('button', { name: /Interview clip/ })
        .first()
        .click();
      await page.getByText('2026-014 · Interview clip').waitFor();
      await page.getByRole('button', { name: 'Assay', exact: true }).click();
      await page.getByRole('heading', { name: 'Recent cases' }).waitFor();
      await rm(join(home, 'Documents/2026-014-Interview-clip'), { recursive: true });
      await page.reload();
      await page.getByText('not found there').waitFor();
      await window.screenshot('start-missing');
      await page.getByRole('button', { name: 'Take “Interview clip” off this list' }).click();
      await page.getByText('Cases that you open are listed here.').waitFor();
    } finally {
      await window.close();
    }
  });

  it('says what a folder is that is no case, and what is not there yet', async () => {
    const window = await openTestWindow({ home: state });
    try {
      const { page } = window;
      const lab = page.getByRole('button', { name: 'Start a lab' });
      expect(await lab.getAttribute('aria-disabled')).toBe('true');
      expect(await page.getByText('labs come with a later one').count()).toBe(1);
      await page.getByRole('button', { name: 'Open a case' }).click();
      await page.getByRole('button', { name: 'Choose this folder' }).waitFor();
      await page.getByRole('option', { name: 'Documents' }).click();
      await page.getByRole('button', { name: 'Choose this folder' }).click();
      await page.getByText('is not a case').waitFor();
      await window.screenshot('start-not-a-case');
    } finally {
      await window.close();
    }
  });

  it('makes the sample, which can be stopped, and opens it at once where it is there already', async () => {
    // No identity here: the practice identity seals the sample, and nobody is asked for anything.
    const window = await openTestWindow({ home: await mkdtemp(join(home, 'state-')) });
    try {
      const { page } = window;
      await page.getByRole('button', { name: 'Go on without one' }).click();
      await page.getByRole('button', { name: 'Try the sample' }).click();
      await page.getByText('The sample is being made').waitFor();
      const foot = page.getByRole('contentinfo');
      await foot.getByText('%').waitFor();
      await window.screenshot('start-sample');
      await foot.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Try the sample' }).waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      const folder = join(home, 'assay-demo/case');
      await rm(folder, { recursive: true, force: true });
      await operate(window, createCase, { folder, title: 'Demonstration', examiner: 'A. Analyst' });
      await page.getByRole('button', { name: 'Try the sample' }).click();
      await page.getByText('This case holds no exhibit yet.').waitFor();
    } finally {
      await window.close();
    }
  });

  it('asks before it leaves a case in which something runs, and stops it then', async () => {
    const window = await openTestWindow({ home: await mkdtemp(join(home, 'state-')) });
    try {
      const { page } = window;
      const folder = join(home, 'running');
      await makeClip(join(home, 'long.mp4'), { seconds: 60, more: ['-s', '1280x720'] });
      await operate(window, createCase, { folder, title: 'Running', examiner: 'A. Analyst' });
      await operate(window, openCase, { folder });
      await operate(window, addExhibits, { folder, files: [join(home, 'long.mp4')] });
      await page.reload();
      await page.getByRole('button', { name: /^Running/ }).click();
      await page.locator('.title-bar-exhibit').getByText('E001').waitFor();
      await page.getByRole('button', { name: /^Examine fully/ }).click();
      expect(await readdir(folder)).toContain('case.lock');
      await page.getByRole('contentinfo').getByRole('button', { name: 'Cancel' }).waitFor();
      await page.getByRole('button', { name: 'Assay', exact: true }).click();
      const sheet = page.getByRole('dialog', { name: 'Something is still running' });
      await lookAt(window, 'start-leave');
      await sheet.getByRole('button', { name: 'Stay' }).click();
      await page.getByRole('contentinfo').getByRole('button', { name: 'Cancel' }).waitFor();
      await page.getByRole('button', { name: 'Assay', exact: true }).click();
      await sheet.getByRole('button', { name: 'Stop it and leave' }).click();
      await page.getByRole('heading', { name: 'Recent cases' }).waitFor();
      // The lock is given back: another process could write to the case now.
      await expect.poll(() => readdir(folder)).not.toContain('case.lock');
    } finally {
      await window.close();
    }
  });
});
