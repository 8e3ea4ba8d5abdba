import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExhibits, createCase, createIdentity, examine } from '../../src/contract/operations.ts';
import { listNotes, loadSettings, openCase } from '../../src/contract/window-operations.ts';
import { createEngine } from '../../src/workbench/create-engine.ts';
import { createWorkbench } from '../../src/workbench/create-workbench.ts';
import { packageFolder } from '../../src/workbench/package-folder.ts';
import { makeMedia } from '../support/make-media.ts';
import { seriousProblems } from './axe.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

const passphrase = 'four plain words for tests';
const lengthMs = 12_000;

/** 12 s: a tone in the first half of every four seconds, digital silence in the second; a key frame every two seconds. */
async function makeToneClip(path: string): Promise<void> {
  await makeMedia([
    ...['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=12'],
    ...['-f', 'lavfi', '-i', "aevalsrc='if(lt(mod(t,4),2),0.5*sin(2*PI*1000*t),0)':s=48000:d=12"],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', '-c:a', 'aac', '-shortest', path],
  ]);
}

async function makeExaminedCase(folder: string, home: string, clip: string): Promise<void> {
  const engine = await createEngine({
    home: packageFolder(import.meta.dirname),
    env: { ...process.env, ASSAY_HOME: home },
    clock: () => new Date(),
  });
  const workbench = createWorkbench({ engine, language: 'en' });
  const window = { workbench } as TestWindow;
  await operate(window, createIdentity, { name: 'Tester', passphrase });
  await operate(window, createCase, { folder, title: 'Axis', examiner: 'Tester', passphrase });
  await operate(window, openCase, { folder });
  await operate(window, addExhibits, { folder, files: [clip] });
  await operate(window, examine, { folder, methods: ['packets', 'av-sync', 'audio', 'frames'] });
  await workbench.close();
}

const canvasOf = (page: Page, lane: string): Locator => page.locator(`[data-lane^="${lane}"] canvas`);

/** Drawn pixels of a lane's canvas in the column of a moment. */
async function inkAt(page: Page, lane: string, ms: number): Promise<number> {
  const share = ms / lengthMs;
  return canvasOf(page, lane).evaluate((canvas: HTMLCanvasElement, at) => {
    const context = canvas.getContext('2d');
    const column = context?.getImageData(Math.round(at * canvas.width), 0, 1, canvas.height).data ?? [];
    let ink = 0;
    for (let i = 3; i < column.length; i += 4) if ((column[i] ?? 0) > 0) ink += 1;
    return ink / canvas.height;
  }, share);
}

/** Brightest value in the column of a moment. */
async function brightestAt(page: Page, lane: string, ms: number): Promise<number> {
  return canvasOf(page, lane).evaluate((canvas: HTMLCanvasElement, at) => {
    const column = canvas.getContext('2d')?.getImageData(Math.round(at * canvas.width), 0, 1, canvas.height).data ?? [];
    return Math.max(...column.filter((_, i) => i % 4 === 0));
  }, ms / lengthMs);
}

describe('the time axis', () => {
  let root: string;
  let window: TestWindow;
  let page: Page;
  const ruler = (): Locator => page.getByRole('slider', { name: 'Time cursor' });
  const cursorMs = async (): Promise<number> => Number(await ruler().getAttribute('aria-valuenow'));
  const visible = async (): Promise<{ startMs: number; endMs: number; lengthMs: number }> => {
    const [startMs = NaN, endMs = NaN] = ((await ruler().getAttribute('data-visible')) ?? '').split(' ').map(Number);
    return { startMs, endMs, lengthMs: endMs - startMs };
  };
  /** Place on the page of a moment in a lane, while the whole exhibit is seen. */
  const pointAt = async (lane: string, ms: number): Promise<{ x: number; y: number }> => {
    const box = await canvasOf(page, lane).boundingBox();
    if (box === null) throw new Error(`${lane} is not seen`);
    return { x: box.x + (ms / lengthMs) * box.width, y: box.y + box.height / 2 };
  };
  const span = async (): Promise<number[]> => {
    const shown = page.locator('[data-span]');
    return (await shown.count()) === 0 ? [] : ((await shown.getAttribute('data-span')) ?? '').split(' ').map(Number);
  };
  const drag = async (lane: string, fromMs: number, toMs: number): Promise<void> => {
    const [from, to] = [await pointAt(lane, fromMs), await pointAt(lane, toMs)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, from.y);
    await page.mouse.move(to.x, from.y);
    await page.mouse.up();
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'assay-axis-'));
    const [clip, folder, home] = [join(root, 'tone.mp4'), join(root, 'case'), join(root, 'home')];
    await makeToneClip(clip);
    await makeExaminedCase(folder, home, clip);
    window = await openTestWindow({ open: folder, home });
    ({ page } = window);
    await page.locator('[data-lane^="audio:waveform"][data-state="drawn"]').waitFor();
    await page.locator('[data-lane^="audio:spectrogram"][data-state="drawn"]').waitFor();
  });
  afterAll(async () => {
    await window.close();
    await rm(root, { recursive: true, force: true });
  });

  it('draws sound where there is sound, and silence where there is none', async () => {
    expect(await inkAt(page, 'audio:waveform', 1000)).toBeGreaterThan(0.5);
    expect(await inkAt(page, 'audio:waveform', 3000)).toBeLessThan(0.1);
    expect(await inkAt(page, 'audio:waveform', 5000)).toBeGreaterThan(0.5);
    expect(await brightestAt(page, 'audio:spectrogram', 1000)).toBeGreaterThan(180);
    expect(await brightestAt(page, 'audio:spectrogram', 3000)).toBeLessThan(80);
  });

  it('has a lane for each thing that was measured over time', async () => {
    const states = await page
      .locator('.axis-lane')
      .evaluateAll((lanes) =>
        lanes.map((lane) => `${lane.getAttribute('data-lane')} ${lane.getAttribute('data-state')}`),
      );
    expect(states.join('\n')).toMatchInlineSnapshot(`
      "findings drawn
      bookmarks empty
      av-sync:lag-over-time empty
      av-sync:mouth-motion drawn
      audio:waveform-1 drawn
      av-sync:speech-energy drawn
      audio:spectrogram-1 drawn
      packets:packet-sizes-0 drawn
      packets:picture-groups-0 drawn
      frames:frame-events-0 empty
      frames:scene-score-0 drawn
      frames:motion-0 drawn
      av-sync:offset-0 drawn
      av-sync:offset-1 drawn
      audio:sound-events-1 drawn"
    `);
    expect(await inkAt(page, 'packets:packet-sizes', 2010)).toBeGreaterThan(0.5);
    expect(await inkAt(page, 'packets:packet-sizes', 3010)).toBeLessThan(0.5);
  });

  it('selects the span that is dragged, shows it, and clears it', async () => {
    await drag('audio:waveform', 4000, 6000);
    const [startMs = 0, endMs = 0] = await span();
    expect(startMs).toBeGreaterThan(3950);
    expect(startMs).toBeLessThan(4050);
    expect(endMs - startMs).toBeGreaterThan(1950);
    expect(endMs - startMs).toBeLessThan(2050);
    await page.keyboard.press('s');
    await expect.poll(async () => (await visible()).lengthMs).toBeCloseTo(endMs - startMs, 3);
    await page.keyboard.press('Shift+S');
    await expect.poll(async () => (await visible()).lengthMs).toBeGreaterThan(lengthMs - 100);
    await page.keyboard.press('Shift+X');
    await expect.poll(span).toEqual([]);
  });

  it('zooms at the pointer, down to single samples, and back', async () => {
    const at = await pointAt('audio:waveform', 1000);
    await page.mouse.move(at.x, at.y);
    for (let i = 0; i < 30; i++) await page.mouse.wheel(0, -300);
    await expect.poll(async () => (await visible()).lengthMs).toBeLessThan(25);
    const { startMs, endMs } = await visible();
    // The mouse knows whole pixels: one of them is some 18 ms at the start.
    expect(startMs).toBeLessThan(1018);
    expect(endMs).toBeGreaterThan(982);
    // A tone of 1 kHz in 20 ms: a curve, where the envelope would be a filled band.
    await expect
      .poll(() =>
        canvasOf(page, 'audio:waveform').evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
          let ink = 0;
          for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) ink += 1;
          return ink / (canvas.width * canvas.height);
        }),
      )
      .toBeLessThan(0.35);
    await window.screenshot('axis-samples');
    await page.keyboard.press('Shift+S');
    await expect.poll(async () => (await visible()).lengthMs).toBeGreaterThan(lengthMs - 100);
  });

  it('is led by keys: start, end, span in and out, zoom', async () => {
    await page.keyboard.press('End');
    await expect.poll(cursorMs).toBeGreaterThan(lengthMs - 100);
    await page.keyboard.press('Home');
    await expect.poll(cursorMs).toBe(0);
    const at = await pointAt('audio:waveform', 3000);
    await page.mouse.click(at.x, at.y);
    await expect.poll(cursorMs).toBeGreaterThan(2900);
    await page.keyboard.press('i');
    const end = await pointAt('audio:waveform', 8000);
    await page.mouse.click(end.x, end.y);
    await page.keyboard.press('o');
    const [startMs = 0, endMs = 0] = await span();
    expect(Math.abs(startMs - 3000)).toBeLessThan(50);
    expect(Math.abs(endMs - 8000)).toBeLessThan(50);
    await page.keyboard.press('Alt+=');
    await expect.poll(async () => (await visible()).lengthMs).toBeLessThan(9000);
    await page.keyboard.press('Shift+S');
    await page.keyboard.press('Shift+X');
  });

  it('plays in real time, and stops', async () => {
    await page.keyboard.press('Home');
    await expect.poll(cursorMs).toBe(0);
    await page.keyboard.press('l');
    await expect.poll(cursorMs, { timeout: 5000 }).toBeGreaterThan(200);
    const [first, began] = [await cursorMs(), performance.now()];
    await page.waitForTimeout(2000);
    const [second, ended] = [await cursorMs(), performance.now()];
    const clock = await page.getByRole('button', { name: 'Sound', exact: true }).getAttribute('data-clock');
    await page.keyboard.press('k');
    expect((second - first) / (ended - began)).toBeGreaterThan(0.9);
    expect((second - first) / (ended - began)).toBeLessThan(1.1);
    expect(clock).toBe('sound');
    // The picture of the screen that was being drawn at the key's moment still comes.
    await page.waitForTimeout(100);
    const stopped = await cursorMs();
    await page.waitForTimeout(300);
    expect(await cursorMs()).toBe(stopped);
  });

  it('loops the span, slower than real time', async () => {
    await drag('audio:waveform', 4000, 4400);
    await page.getByRole('button', { name: 'Loop' }).click();
    await page.getByRole('button', { name: 'Speed: 1×' }).click();
    await page.getByRole('menuitemradio', { name: '0.5×' }).click();
    await page.keyboard.press('l');
    const seen: number[] = [];
    for (let i = 0; i < 30; i++) {
      seen.push(await cursorMs());
      await page.waitForTimeout(70);
    }
    await page.keyboard.press('k');
    expect(Math.min(...seen)).toBeGreaterThan(3940);
    expect(Math.max(...seen)).toBeLessThan(4460);
    expect(seen.some((ms, i) => i > 0 && ms < (seen[i - 1] ?? 0))).toBe(true);
    await page.getByRole('button', { name: 'Loop' }).click();
    await page.getByRole('button', { name: 'Speed: 0.5×' }).click();
    await page.getByRole('menuitemradio', { name: '1×', exact: true }).click();
    await page.keyboard.press('Shift+X');
  });

  it('keeps at least 30 frames a second while the cursor is scrubbed over all lanes', async () => {
    const box = await ruler().boundingBox();
    if (box === null) throw new Error('no ruler');
    await page.evaluate(() => {
      const times: number[] = [];
      (globalThis as { frameTimes?: number[] }).frameTimes = times;
      const tick = (now: number): void => {
        times.push(now);
        if (times.length < 2000) requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    await page.mouse.move(box.x + 5, box.y + 8);
    await page.mouse.down();
    for (let i = 0; i < 150; i++) await page.mouse.move(box.x + 5 + (i / 150) * (box.width - 10), box.y + 8);
    await page.mouse.up();
    const times = await page.evaluate(() => (globalThis as { frameTimes?: number[] }).frameTimes ?? []);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    expect(times.length / seconds).toBeGreaterThan(30);
    expect(await cursorMs()).toBeGreaterThan(lengthMs * 0.9);
  });

  it('hides a lane and shows it again, and keeps that with the settings', async () => {
    await page.getByRole('button', { name: 'Lane Waveform' }).click();
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await expect.poll(() => canvasOf(page, 'audio:waveform').count()).toBe(0);
    await expect
      .poll(async () => JSON.stringify((await operate(window, loadSettings, {})).settings['axis']))
      .toContain('"audio:waveform-1":{"hidden":true}');
    await page.getByRole('button', { name: 'Lanes' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Waveform' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => canvasOf(page, 'audio:waveform').count()).toBe(1);
  });

  it('slides sound against picture, and keeps the reading', async () => {
    await page.getByRole('tab', { name: 'Sync' }).click();
    await expect.poll(() => inkAt(page, 'audio:waveform', 1900)).toBeGreaterThan(0.5);
    const slider = page.getByRole('slider', { name: 'Move the sound against the picture' });
    await slider.fill('320');
    // The tone ends at 2 s of the file: played 320 ms early, it ends at 1.68 s.
    await expect.poll(() => inkAt(page, 'audio:waveform', 1800)).toBeLessThan(0.1);
    await page.getByText('the sound is 320 ms, 8.0 frames behind the picture in the file').waitFor();
    await page.getByRole('button', { name: 'Keep this reading' }).click();
    await page.getByText('Kept beside the measured reading').waitFor();
    await window.screenshot('axis-sync');
    const { notes } = await operate(window, listNotes, { folder: join(root, 'case') });
    expect(notes.at(-1)?.body).toMatchObject({ kind: 'hand-reading', exhibit: 'E001', audioLeadMs: -320 });
    await page.locator('[data-lane="bookmarks"][data-state="drawn"]').waitFor();
    await page.getByRole('button', { name: 'Reset' }).first().click();
    await expect.poll(() => inkAt(page, 'audio:waveform', 1800)).toBeGreaterThan(0.5);
  });

  it('has no serious problem for people who use aids', async () => {
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Sound' }).click();
    await page.getByText('Loudness (EBU R 128)').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await window.screenshot('axis-sound');
  });
});
