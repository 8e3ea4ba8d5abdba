import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExhibits, createCase, examine, writeReport } from '../../src/contract/operations.ts';
import { makePicture } from '../support/make-media.ts';
import { seriousProblems } from './axe.ts';
import { lookAt } from './look-at.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

describe('the verify view', () => {
  let home: string;
  let report: string;
  let window: TestWindow;
  const env = { HOME: process.env['HOME'] };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'assay-home-'));
    process.env['HOME'] = home;
    const folder = join(home, 'case');
    await makePicture(join(home, 'still.jpg'));
    window = await openTestWindow({ home: join(home, 'state') });
    await operate(window, createCase, { folder, title: 'A picture', examiner: 'A. Analyst' });
    await operate(window, addExhibits, { folder, files: [join(home, 'still.jpg')] });
    await operate(window, examine, { folder, methods: ['file-type'] });
    report = (await operate(window, writeReport, { folder })).report.folder;
    await window.page.getByRole('button', { name: 'Go on without one' }).click();
    await window.page.getByRole('button', { name: 'Verify a case or a report' }).click();
  });

  afterAll(async () => {
    process.env['HOME'] = env.HOME;
    await window.close();
    await rm(home, { recursive: true, force: true });
  });

  async function choose(path: string): Promise<void> {
    const { page } = window;
    await page.getByRole('button', { name: 'Choose a case or report…' }).click();
    const browser = page.getByRole('dialog');
    await browser.getByRole('button', { name: 'Type a path' }).click();
    await browser.getByRole('textbox', { name: 'Type a path' }).fill(path);
    await page.keyboard.press('Enter');
    await browser.getByText(path, { exact: true }).waitFor();
    await browser.getByRole('button', { name: 'Choose this folder' }).click();
  }

  it('says in one plain answer what a practice seal shows, with who signed and every check', async () => {
    const { page } = window;
    await page.getByText('Choose the folder of a case or of a sealed report').waitFor();
    await lookAt(window, 'verify-empty');
    await choose(report);
    await page.getByText('Whole, practice seal').waitFor();
    expect(await page.getByText('shows integrity, not who signed').count()).toBeGreaterThan(0);
    // Twelve words and all digits of the fingerprint.
    expect((await page.locator('.signer-words').innerText()).split(' ')).toHaveLength(12);
    expect((await page.locator('.signer code').innerText()).replaceAll(' ', '')).toMatch(/^[0-9a-f]{64}$/);
    await page.getByRole('heading', { name: /^Files/ }).waitFor();
    await lookAt(window, 'verify-practice');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('says what is wrong with a report that was changed, failed checks first', async () => {
    const { page } = window;
    const changed = join(home, 'changed');
    await cp(report, changed, { recursive: true });
    const html = join(changed, 'report.html');
    await chmod(html, 0o644);
    await writeFile(html, (await readFile(html, 'utf8')).replace('A. Analyst', 'B. Analyst'));
    await choose(changed);
    await page.getByText('Not valid', { exact: true }).waitFor();
    const first = page.locator('.checks-area').first().locator('li').first();
    expect(await first.innerText()).toMatch(/failed\s+report\.html was changed/);
    await lookAt(window, 'verify-invalid');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('verifies a whole case, and says of a folder that is neither what it is', async () => {
    const { page } = window;
    await choose(join(home, 'case'));
    await page.getByText('The case is whole.').waitFor();
    await lookAt(window, 'verify-case');
    await choose(home);
    await page.getByText('neither a case nor a sealed report').waitFor();
    await window.screenshot('verify-nothing');
  });

  it('verifies a report that is dropped on the start view, where the window can learn its path', async () => {
    const { page } = window;
    await page.addInitScript((path) => {
      Object.assign(globalThis, {
        assayNative: { pathOfFile: () => path, choosePaths: () => Promise.resolve([]) },
      });
    }, report);
    await page.reload();
    await page.getByRole('button', { name: 'New case' }).waitFor();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'R001'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true }));
    });
    await page.getByText('Whole, practice seal').waitFor();
    await page.getByRole('button', { name: 'Back to the start' }).click();
    await page.getByRole('button', { name: 'New case' }).waitFor();
  });
});
