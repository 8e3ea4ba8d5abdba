import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentity } from '../../src/contract/operations.ts';
import { openCase } from '../../src/contract/window-operations.ts';
import { createEngine } from '../../src/workbench/create-engine.ts';
import { createWorkbench } from '../../src/workbench/create-workbench.ts';
import { packageFolder } from '../../src/workbench/package-folder.ts';
import { makePicture } from '../support/make-media.ts';
import { askEngine } from './ask-engine.ts';
import { seriousProblems } from './axe.ts';
import { lookAt } from './look-at.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

const passphrase = 'four words in a row';

describe('a case that goes elsewhere', () => {
  let home: string;
  let folder: string;
  let window: TestWindow;
  const env = { HOME: process.env['HOME'] };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'assay-bundle-'));
    process.env['HOME'] = home;
    folder = join(home, 'case');
    await mkdir(join(home, 'stick'));
    await makePicture(join(home, 'still.jpg'));
    // One person examines and seals; another one opens the case on a machine of their own.
    const engine = await createEngine({
      home: packageFolder(import.meta.dirname),
      env: { ...process.env, ASSAY_HOME: join(home, 'state-of-the-analyst') },
      clock: () => new Date(),
    });
    const workbench = createWorkbench({ engine, language: 'en' });
    const { handle } = workbench;
    await askEngine(handle, 'identity.create', { name: 'A. Analyst', passphrase });
    const about = { title: 'A picture', reference: '2026-014', examiner: 'A. Analyst' };
    await askEngine(handle, 'case.create', { folder, ...about, passphrase });
    await askEngine(handle, 'case.open', { folder });
    await askEngine(handle, 'exhibit.add', { folder, files: [join(home, 'still.jpg')] });
    await askEngine(handle, 'examination.run', { folder, methods: ['file-type', 'container'] });
    await askEngine(handle, 'report.write', { folder, passphrase });
    await workbench.close();
    window = await openTestWindow({ home: join(home, 'state') });
    await operate(window, createIdentity, { name: 'R. Reviewer', passphrase });
    await operate(window, openCase, { folder, passphrase });
    await window.page.reload();
    await window.page.locator('.recent-open').click();
    await window.page.getByRole('button', { name: 'Report', exact: true }).click();
    await window.page.getByRole('tab', { name: 'Sealed' }).click();
  }, 120_000);

  afterAll(async () => {
    process.env['HOME'] = env.HOME;
    await window.close();
    await rm(home, { recursive: true, force: true });
  });

  const givePassphrase = async (): Promise<void> => {
    const sheet = window.page.getByRole('dialog', { name: 'Passphrase of your identity' });
    await sheet.getByRole('textbox').fill(passphrase);
    await window.page.keyboard.press('Enter');
  };

  it('signs a sealed report as reviewer with a comment, and shows both signers', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Sign…' }).waitFor();
    await lookAt(window, 'sealed-reports');
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Sign report R001' });
    await sheet.getByLabel('Comment').fill('Read, and the steps done again.');
    await lookAt(window, 'sign-sheet');
    expect(await seriousProblems(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Sign', exact: true }).click();
    await givePassphrase();
    await page.getByText(/signed as reviewer/).waitFor({ timeout: 30_000 });
    await page.getByText('Read, and the steps done again.').waitFor();
    await lookAt(window, 'verify-two-signatures');
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.getByRole('tab', { name: 'Sealed' }).click();
  });

  it('writes the requests for a timestamp, to be carried to an authority', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Timestamp…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Timestamp of report R001' });
    await sheet.getByLabel('Folder for the requests').fill(join(home, 'stick'));
    await sheet.getByRole('button', { name: 'Write the requests' }).click();
    await sheet.getByText(/requests? (is|are) written/).waitFor();
    expect((await readdir(join(home, 'stick'))).filter((name) => name.endsWith('.tsq')).length).toBeGreaterThan(0);
    await lookAt(window, 'timestamp-sheet');
    expect(await seriousProblems(page)).toEqual([]);
    await sheet.getByLabel('Answer of the authority').fill(join(home, 'still.jpg'));
    await sheet.getByRole('button', { name: 'Check and bring in' }).click();
    await sheet.getByRole('alert').waitFor();
    await sheet.getByRole('button', { name: 'Close' }).last().click();
  });

  it('exports the whole case as one sealed file, which is verified and taken in as a case that goes on', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Export a bundle…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Export a bundle' });
    expect(await sheet.getByLabel('File to write').inputValue()).toBe(join(home, '2026-014-reports.zip'));
    await sheet.getByLabel(/the whole case with its evidence/).check();
    await lookAt(window, 'export-sheet');
    expect(await seriousProblems(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Pack and seal' }).click();
    await givePassphrase();
    const done = page.getByRole('dialog', { name: 'The bundle is written' });
    await done.getByText(/^[0-9a-f]{64}$/).waitFor({ timeout: 30_000 });
    await lookAt(window, 'export-done');
    await done.getByRole('button', { name: 'Close' }).last().click();

    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Type what you want to do').fill('Close the case');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open a bundle' }).click();
    const bring = page.getByRole('dialog', { name: 'Open a bundle' });
    await bring.getByLabel('Bundle (.zip').fill(join(home, '2026-014.zip'));
    expect(await bring.getByLabel('Folder of the case').inputValue()).toBe(join(home, 'assay-cases/2026-014'));
    await lookAt(window, 'import-sheet');
    expect(await seriousProblems(page)).toEqual([]);
    // This machine's custody key is certified already: nothing is asked.
    await bring.getByRole('button', { name: 'Check and take in' }).click();
    await page.locator('.workspace').waitFor({ timeout: 30_000 });
    await page.getByRole('option', { name: /E001/ }).waitFor();
    expect(await readdir(join(home, 'assay-cases/2026-014'))).toContain('case.json');
  });
});
