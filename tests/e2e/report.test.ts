import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addExhibits, createCase, createIdentity, examine } from '../../src/contract/operations.ts';
import { addNote, listExaminations, listNotes, openCase } from '../../src/contract/window-operations.ts';
import { makeClip, makePicture } from '../support/make-media.ts';
import { seriousProblems } from './axe.ts';
import { lookAt } from './look-at.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

const passphrase = 'four words in a row';

describe('the report view', () => {
  let home: string;
  let folder: string;
  let window: TestWindow;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'assay-home-'));
    vi.stubEnv('HOME', home);
    // A desktop with a file manager that only tells what it was asked to show.
    await mkdir(join(home, 'bin'));
    await writeFile(join(home, 'bin/xdg-open'), `#!/bin/sh\nprintf '%s' "$*" > '${join(home, 'shown')}'\n`, {
      mode: 0o755,
    });
    vi.stubEnv('PATH', `${join(home, 'bin')}:${process.env['PATH']}`);
    vi.stubEnv('DISPLAY', ':0');
    folder = join(home, 'case');
    await makeClip(join(home, 'interview.mp4'), { seconds: 2 });
    await makePicture(join(home, 'still.jpg'));
    window = await openTestWindow({ home: join(home, 'state') });
    await operate(window, createIdentity, { name: 'A. Analyst', passphrase });
    await operate(window, createCase, {
      folder,
      title: 'Interview clip',
      reference: '2026-014',
      examiner: 'A. Analyst',
      passphrase,
    });
    await operate(window, openCase, { folder });
    await operate(window, addExhibits, { folder, files: [join(home, 'interview.mp4'), join(home, 'still.jpg')] });
    await operate(window, examine, { folder, methods: ['file-type', 'container', 'packets', 'ela'] });
    const { examinations } = await operate(window, listExaminations, { folder, exhibit: 'E001' });
    const container = examinations.find(({ method }) => method === 'container');
    await operate(window, addNote, {
      folder,
      body: { kind: 'marked-finding', exhibit: 'E001', key: container?.key ?? '', index: 0, words: 'Looks remuxed.' },
    });
    await operate(window, addNote, {
      folder,
      body: {
        kind: 'bookmark',
        exhibit: 'E001',
        startMs: 480,
        frame: 12,
        region: { x: 10, y: 20, width: 100, height: 80 },
        words: 'The picture repeats here.',
        status: 'to-check',
      },
    });
    await window.page.reload();
    await window.page.getByRole('button', { name: /^Interview clip/ }).click();
    await window.page.getByRole('button', { name: 'Report', exact: true }).click();
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await window.close();
    await rm(home, { recursive: true, force: true });
  });

  it('shows what was examined and what not, beside a draft that says that it is one', async () => {
    const { page } = window;
    await page.getByText(/Draft, not sealed$/).waitFor();
    const paper = page.frameLocator('iframe');
    await paper.getByText('This page is not sealed and is no report').waitFor();
    await page.getByRole('row', { name: /Packets and times.*completed.*not applicable/ }).waitFor();
    await page.getByText('Nobody asked for this method on this exhibit.').first().waitFor();
    await lookAt(window, 'report-coverage');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('keeps an opinion that nobody chose beforehand, and takes it back and again by key', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: 'Opinion' }).click();
    await page.getByText('You have not written an opinion.').waitFor();
    await page.getByRole('button', { name: 'Write an opinion' }).click();
    await page.getByRole('button', { name: 'Keep' }).click();
    expect(await page.getByText('This is needed.').count()).toBe(4);
    await page.getByLabel('Proposition', { exact: true }).fill('The sound was recorded together with the picture.');
    await page.getByLabel('Alternative', { exact: true }).fill('The sound was put under the picture later.');
    await page.getByLabel('Inconsistent').check();
    await page.getByLabel('Strength of support').selectOption({ label: 'weak support' });
    await page.getByLabel('Your words').fill('Sync was not measured.\nNothing else speaks for or against it.');
    await lookAt(window, 'report-opinion-form');
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('Nothing else speaks for or against it.').first().waitFor();
    await page.frameLocator('iframe').getByText('Nothing else speaks for or against it.').waitFor();
    await lookAt(window, 'report-opinion');

    const opinions = async (): Promise<number> =>
      page.getByRole('tabpanel').getByText('Nothing else speaks for or against it.').count();
    await page.getByRole('tab', { name: 'Opinion' }).focus();
    await page.keyboard.press('Control+z');
    await page.getByText('You have not written an opinion.').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(opinions).toBe(1);
    const { notes } = await operate(window, listNotes, { folder });
    // Nothing was taken out of the log: written, withdrawn, written again.
    expect(notes.slice(-3).map(({ body }) => body.kind)).toEqual(['assessment', 'withdrawn', 'assessment']);
  });

  it('shows marked findings and bookmarks with the examiner’s words, and lets them be changed', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: 'Marked' }).click();
    await page.getByText('Looks remuxed.').first().waitFor();
    await window.screenshot('report-marked');
    await page.getByRole('tab', { name: 'Bookmarks' }).click();
    await page.getByText('E001 00:00:00.480 · frame 12 · region 100 × 80 px at 10, 20').waitFor();
    await page.getByLabel('Status of the bookmark').selectOption({ label: 'relevant' });
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Your words on this bookmark').fill('Two pictures are the same.');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('Two pictures are the same.').first().waitFor();
    await lookAt(window, 'report-bookmarks');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('asks for provenance question by question, each with a reason', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: 'Provenance' }).click();
    const question = page.getByRole('group', { name: 'Was it published by an anonymous or unknown page?' });
    await question.getByLabel('yes').check();
    await question.getByRole('textbox').fill('A channel without a name, opened the day before.');
    await question.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('1 of 8 answered.').waitFor();
    await lookAt(window, 'report-provenance');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('seals with the passphrase, says where, and verifies at once', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Seal the report…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Seal the report' });
    await sheet.getByText('1 opinion').waitFor();
    await sheet.getByText('1 provenance answer').waitFor();
    await page.keyboard.type('something else');
    expect(await sheet.getByLabel('Passphrase of A. Analyst').inputValue()).toBe('something else');
    await sheet.getByLabel('Also write the public note').check();
    await lookAt(window, 'report-seal');
    expect(await seriousProblems(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Seal', exact: true }).click();
    await sheet.getByText('does not open the key').waitFor();
    expect(await readdir(join(folder, 'reports')).catch(() => [])).toEqual([]);
    await sheet.getByLabel('Passphrase of A. Analyst').fill(passphrase);
    await sheet.getByRole('button', { name: 'Seal', exact: true }).click();
    const done = page.getByRole('dialog', { name: 'Report R001 is sealed' });
    await done.getByText(join(folder, 'reports/R001')).waitFor();
    await done.getByText('report.pdf: for paper and the court').waitFor();
    expect(await readdir(join(folder, 'reports/R001'))).toEqual(
      expect.arrayContaining(['report.pdf', 'public-note.pdf', 'public-note.html']),
    );
    await lookAt(window, 'report-sealed');
    expect(await seriousProblems(page)).toEqual([]);
    await done.getByRole('button', { name: 'Open the folder' }).click();
    await expect.poll(() => readFile(join(home, 'shown'), 'utf8').catch(() => '')).toBe(join(folder, 'reports/R001'));

    const report = JSON.parse(await readFile(join(folder, 'reports/R001/report.json'), 'utf8')) as Record<
      string,
      never
    >;
    expect(report).toMatchObject({
      opinions: [
        {
          outcome: 'inconsistent',
          strength: { key: 'weak', text: 'weak support for the alternative over the proposition' },
          author: 'A. Analyst',
        },
      ],
      bookmarks: [{ shown: '00:00:00.480 · frame 12 · region 100 × 80 px at 10, 20', status: 'relevant' }],
      provenance: [{ exhibit: 'E001', question: { key: 'unknown-page' }, answer: 'yes' }],
    });
    await done.getByRole('button', { name: 'Verify it now' }).click();
    await page.getByText('Valid', { exact: true }).waitFor();
    await lookAt(window, 'verify-valid');
    expect(await seriousProblems(page)).toEqual([]);
  });
});
