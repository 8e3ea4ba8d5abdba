import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExhibits, createCase, examine, writeReport } from '../../src/contract/operations.ts';
import { listExaminations, listNotes, openCase } from '../../src/contract/window-operations.ts';
import { forgeClip } from '../../src/lab/forge/forge-clip.ts';
import { testToolbox } from '../support/run-method.ts';
import { seriousProblems } from './axe.ts';
import { lookAt } from './look-at.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

/** A speaking face in sync, one whose sound is 200 ms ahead, and one with the voice of another. */
const clips = {
  together: {},
  ahead: { audioLeadMs: 200 },
  dubbed: { edits: [{ kind: 'cross-dub' as const, voice: { seed: 91 } }] },
};

describe('the preset for sync', () => {
  let scratch: string;
  let folder: string;
  let window: TestWindow;
  let page: Page;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'assay-sync-'));
    folder = join(scratch, 'case');
    const files = [];
    for (const [name, more] of Object.entries(clips)) {
      const path = join(scratch, `${name}.mp4`);
      await forgeClip({ seed: 22, seconds: 10, width: 480, height: 360, facePx: 220, ...more }, path, {
        toolbox: testToolbox,
      });
      files.push(path);
    }
    window = await openTestWindow();
    page = window.page;
    await operate(window, createCase, { folder, title: 'Sync', examiner: 'An examiner' });
    await operate(window, openCase, { folder });
    await operate(window, addExhibits, { folder, files });
    await operate(window, examine, { folder, methods: ['audio', 'av-sync'] });
    // Nobody has measured this one yet.
    const later = join(scratch, 'later.mp4');
    await forgeClip({ seed: 23, seconds: 8, width: 480, height: 360, facePx: 220 }, later, { toolbox: testToolbox });
    await operate(window, addExhibits, { folder, files: [later] });
    await page.reload();
    await page.locator('.start-form-actions button, .start-action').first().waitFor();
    const skip = page.locator('.start-form-actions button');
    if ((await skip.count()) > 0) await skip.nth(1).click();
    await page.locator('.recent-open').click();
    await page.getByRole('button', { name: 'Sync', exact: true }).click();
  }, 180_000);

  afterAll(async () => {
    await window.close();
    await rm(scratch, { recursive: true, force: true });
  });

  const choose = async (exhibit: string): Promise<void> => {
    await page.getByRole('option', { name: new RegExp(exhibit) }).click();
    await page.locator(`.viewer[data-frame][data-busy="false"]`).first().waitFor({ timeout: 20_000 });
    await page.locator('.axis-lane[data-lane="audio:waveform-1"][data-state="drawn"]').waitFor({ timeout: 20_000 });
  };
  const content = () => page.getByRole('region', { name: 'Voice against lips' });

  it('shows in sync, 200 ms off and cross-dubbed as what they are', async () => {
    for (const [exhibit, name, words] of [
      ['E001', 'in-sync', /come together|ms ahead|ms behind/],
      ['E002', '200-ms-off', /ahead of the lips/],
      ['E003', 'cross-dubbed', /not told/],
    ] as const) {
      await choose(exhibit);
      await content().getByText(words).first().waitFor({ timeout: 10_000 });
      await content().scrollIntoViewIfNeeded();
      await lookAt(window, `sync-${name}`);
    }
    const { examinations } = await operate(window, listExaminations, { folder, exhibit: 'E002' });
    const finding = examinations.flatMap(({ findings }) => findings).find(({ code }) => code === 'content-lag-ahead');
    const lead = Number(finding?.measures['audioLeadMs']?.value);
    expect(Math.abs(lead - 200)).toBeLessThan(60);
  });

  it('draws the curve with its bands, chance, the map over the picture, and the lanes of mouth and voice', async () => {
    await choose('E002');
    // One each: in the panel, and not as a lane, since a lag is no moment of the clip.
    await page.getByRole('img', { name: /How well voice and picture fit/ }).waitFor();
    await page.getByRole('img', { name: /Highest scores of voices that do not belong/ }).waitFor();
    await page
      .locator('.viewer-foot')
      .getByText(/correlation/i)
      .first()
      .waitFor();
    for (const lane of ['av-sync:mouth-motion', 'av-sync:speech-energy', 'av-sync:lag-over-time'])
      await page.locator(`.axis-lane[data-lane="${lane}"][data-state="drawn"]`).waitFor({ timeout: 10_000 });
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('slides the sound against the picture by dragging its lane, and keeps what was read beside what was measured', async () => {
    await choose('E002');
    await page.getByRole('button', { name: 'Slide in the lanes' }).click();
    const lane = page.locator('.axis-lane[data-lane="audio:waveform-1"] canvas');
    const before = await lane.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const box = (await lane.boundingBox())!;
    const perMs = box.width / 10_000;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 200 * perMs, y, { steps: 4 });
    await page.mouse.up();
    const shift = Number(await page.getByRole('slider', { name: 'Move the sound against the picture' }).inputValue());
    expect(Math.abs(shift + 200)).toBeLessThan(2 / perMs);
    await expect.poll(() => lane.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())).not.toBe(before);
    await page.getByRole('button', { name: 'Slide in the lanes' }).click();

    await page.getByRole('slider', { name: 'Move the sound against the picture' }).fill('-200');
    await page.getByText(/If it fits now, the sound is 200 ms, 5(\.0)? frames ahead of the picture/).waitFor();
    await page.getByRole('button', { name: 'Keep this reading' }).click();
    const readings = content().getByRole('region', { name: 'Read by hand' });
    await readings
      .getByText(/\+200 ms/)
      .first()
      .waitFor();
    const { notes } = await operate(window, listNotes, { folder });
    expect(notes.map(({ body }) => body)).toMatchObject([
      { kind: 'hand-reading', exhibit: 'E002', audioLeadMs: 200, measured: { index: expect.any(Number) as number } },
    ]);
    await readings.scrollIntoViewIfNeeded();
    await lookAt(window, 'sync-hand-reading');

    const { report } = await operate(window, writeReport, { folder });
    const html = await readFile(report.html, 'utf8');
    expect(html).toContain('Sync read by hand at');
    expect(await readdir(report.folder)).toContain('report.json');
    await page.locator('.panel-column').press('Control+z');
    await readings.waitFor({ state: 'detached' });
  });

  it('measures again in the region that the analyst marks, and says which run it shows', async () => {
    await choose('E001');
    await page.getByRole('button', { name: 'Mark a region' }).click();
    const canvas = (await page.locator('.viewer-canvas').first().boundingBox())!;
    await page.mouse.move(canvas.x + canvas.width * 0.4, canvas.y + canvas.height * 0.45);
    await page.mouse.down();
    await page.mouse.move(canvas.x + canvas.width * 0.6, canvas.y + canvas.height * 0.75, { steps: 3 });
    await page.mouse.up();
    await content()
      .getByText(/^Marked: /)
      .waitFor();
    await page.getByRole('button', { name: 'Measure in the marked region' }).click();
    const runs = page.getByRole('combobox', { name: 'Run that is shown' });
    await runs.waitFor({ timeout: 60_000 });
    expect(await runs.locator('option:checked').innerText()).toMatch(/^2 · region \d+ × \d+ at \d+, \d+$/);
    const { examinations } = await operate(window, listExaminations, { folder, exhibit: 'E001' });
    const regions = examinations
      .filter(({ method }) => method === 'av-sync')
      .map(({ parameters }) => parameters['region']);
    expect(regions).toHaveLength(2);
    expect(regions[1]).toMatchObject({ width: expect.any(Number) as number });
    await runs.selectOption({ index: 0 });
    expect(await runs.locator('option:checked').innerText()).toMatch(/^1 · region proposed by the method$/);
  });

  it('offers to measure a clip that nobody has measured yet, above the picture and not over it', async () => {
    await page.getByRole('option', { name: /E004/ }).click();
    await page.locator('.viewer[data-frame][data-busy="false"]').first().waitFor({ timeout: 20_000 });
    const note = page.locator('.viewer-note').first();
    await note.waitFor();
    await lookAt(window, 'sync-not-measured');
    const [words, canvas] = [await note.boundingBox(), await page.locator('.viewer-canvas').first().boundingBox()];
    expect((words?.y ?? 0) + (words?.height ?? 0)).toBeLessThanOrEqual((canvas?.y ?? 0) + 1);
    expect(await seriousProblems(page)).toEqual([]);
    await note.getByRole('button', { name: 'Measure it now' }).click();
    // The map that was just made stands over the picture, and there is nothing left to say.
    await page.locator('.viewer-note').waitFor({ state: 'detached', timeout: 60_000 });
    await page.locator('.viewer[data-frame][data-busy="false"]').first().waitFor();
  });
});
