import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../support/make-media.ts';
import { addExhibits, createCase, examine } from '../../src/contract/operations.ts';
import { listNotes } from '../../src/contract/window-operations.ts';
import { seriousProblems } from './axe.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

describe('the panels beside the picture', () => {
  let scratch: string;
  let folder: string;
  let window: TestWindow;
  let page: Page;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'assay-panels-'));
    folder = join(scratch, 'case');
    const clip = join(scratch, 'clip.mp4');
    await makeClip(clip, { more: ['-metadata', 'title=A title of its own'] });
    window = await openTestWindow({ open: folder });
    await operate(window, createCase, { folder, title: 'Panels', examiner: 'An examiner' });
    await operate(window, addExhibits, { folder, files: [clip] });
    await operate(window, examine, { folder, methods: ['file-type', 'container', 'metadata', 'packets'] });
    page = window.page;
    await page.reload();
    await page.locator('.panel-column').waitFor();
  });

  afterAll(async () => {
    await window.close();
    await rm(scratch, { recursive: true, force: true });
  });

  const notes = async () => (await operate(window, listNotes, { folder })).notes.map(({ body }) => body);
  const show = (name: string) => page.getByRole('tab', { name, exact: true }).click();

  it('list the findings, and mark one for the report so that it can be undone', async () => {
    await show('Findings');
    const findings = page.getByRole('list', { name: 'Findings, gravest first' });
    const first = findings.getByRole('article').first();
    await first.getByRole('button', { name: 'Mark for the report' }).click();
    await page.getByRole('textbox', { name: 'Your own words on this finding' }).fill('Seen on every copy.');
    await page.keyboard.press('Control+Enter');
    await first.getByText('Marked for the report').waitFor();
    expect(await notes()).toMatchObject([{ kind: 'marked-finding', exhibit: 'E001', words: 'Seen on every copy.' }]);
    await page.locator('.panel-column').press('Control+z');
    await first.getByText('Marked for the report').waitFor({ state: 'detached' });
    await window.screenshot('panels-findings');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('say which methods did not examine the exhibit', async () => {
    const states = page.getByRole('region', { name: 'What was examined' });
    expect(await states.getByText('not chosen').count()).toBeGreaterThan(0);
    expect(await states.getByText('completed').count()).toBe(4);
  });

  it('find a value of the metadata and show its bytes', async () => {
    await show('Metadata');
    await page.getByRole('searchbox', { name: 'Search the metadata' }).fill('of its own');
    const row = page.getByRole('row').filter({ hasText: 'A title of its own' }).first();
    await row.click();
    await window.screenshot('panels-metadata');
    expect(await seriousProblems(page)).toEqual([]);
    await row.getByRole('button').click();
    const bytes = page.getByRole('grid', { name: 'Bytes' });
    await bytes.locator('.hex-marked').first().waitFor();
    await expect
      .poll(async () => (await bytes.locator('.hex-ascii').allTextContents()).join(''))
      .toContain('A title of its own');
  });

  it('lead from a part to its fields and bytes, and from a byte back to its field', async () => {
    await show('Tree');
    const tree = page.getByRole('tree', { name: 'Parts of the file' });
    await tree.focus();
    await page.keyboard.press('Home');
    const fields = page.getByRole('listbox', { name: 'Fields of the part' });
    await fields.getByRole('option').first().click();
    const bytes = page.getByRole('grid', { name: 'Bytes' });
    const marked = () => bytes.locator('.hex-byte.hex-marked').allTextContents();
    await expect.poll(marked).toEqual(['69', '73', '6f', '6d']);
    await bytes.locator('#hex-12').click();
    await expect.poll(() => fields.locator('[aria-selected=true]').textContent()).toContain('minorVersion');
    await window.screenshot('panels-structure');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('open and fold the tree by key', async () => {
    const tree = page.getByRole('tree', { name: 'Parts of the file' });
    const chosen = () => tree.locator('[aria-selected=true]').getAttribute('title');
    await tree.focus();
    await page.keyboard.press('Home');
    expect(await chosen()).toBe('ftyp');
    const moov = tree.getByRole('treeitem').filter({ hasText: 'moov' });
    await moov.click();
    await tree.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => moov.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(chosen).toMatch(/^moov.mvhd/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(chosen).toBe('moov');
  });

  it('run a method with other parameters, and keep both examinations', async () => {
    await show('Methods');
    const method = page.getByRole('region', { name: 'Packets and times' });
    await method.getByRole('button', { name: 'Packets and times' }).click();
    const window_ = method.getByRole('spinbutton', { name: 'Bit rate window (ms)' });
    await window_.fill('5');
    await method.getByText('outside the bounds').waitFor();
    expect(await method.getByRole('button', { name: 'Run on this exhibit' }).isDisabled()).toBe(true);
    await window_.fill('500');
    await method.getByRole('button', { name: 'Run on this exhibit' }).click();
    await method.getByText('Done. The results are in the panels.').waitFor();
    await expect.poll(() => method.getByText(/windowMs (500|1000)/).count()).toBe(2);
    await window.screenshot('panels-methods');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('bookmark what the window points at by key, and lead to its words', async () => {
    await show('Findings');
    await page.locator('.panel-column-content[data-state=active]').press('b');
    const words = page.getByRole('textbox', { name: 'Your words', exact: true });
    await expect.poll(() => words.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('Look here again');
    await page.keyboard.press('Control+Enter');
    await page.locator('.note p').getByText('Look here again').waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('relevant');
    await expect
      .poll(async () => (await notes()).findLast(({ kind }) => kind === 'bookmark'))
      .toMatchObject({ exhibit: 'E001', startMs: 0, words: 'Look here again', status: 'relevant' });
    await page.getByRole('textbox', { name: 'New note on this exhibit' }).fill('Ask for the source.');
    await page.getByRole('button', { name: 'Keep', exact: true }).last().click();
    await page.locator('.note').getByText('Ask for the source.').waitFor();
    await window.screenshot('panels-notes');
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('lead through 100,000 parts by key, and draw no more than can be seen', async () => {
    const film = await readFile(join(scratch, 'clip.mp4'));
    const part = Buffer.from([0, 0, 0, 8, ...Buffer.from('free')]);
    const many = join(scratch, 'many.mp4');
    await writeFile(many, Buffer.concat([film, Buffer.alloc(100_000 * part.length, part)]));
    await operate(window, addExhibits, { folder, files: [many] });
    await operate(window, examine, { folder, exhibits: ['E002'], methods: ['container'] });
    await page.reload();
    await page.getByRole('option', { name: /E002/ }).click();
    await show('Tree');
    const tree = page.getByRole('tree', { name: 'Parts of the file' });
    await tree.getByRole('treeitem').first().waitFor({ timeout: 20_000 });
    await tree.focus();
    await page.keyboard.press('End');
    await expect.poll(() => tree.locator('[aria-selected=true]').getAttribute('title')).toContain('free[');
    const last = film.length + 99_999 * part.length;
    await expect.poll(() => tree.locator('[aria-selected=true]').textContent()).toContain(`${last} + 8`);
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(100);
    await window.screenshot('panels-many-parts');
  });
});
