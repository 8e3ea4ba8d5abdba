import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apply,
  fitted,
  showPicture,
  type Look,
  type Orientation,
} from '../../renderer/workspace/viewers/picture-geometry.ts';
import { createEngine } from '../../src/workbench/create-engine.ts';
import { createWorkbench } from '../../src/workbench/create-workbench.ts';
import { nativeScaler } from '../../src/media/decode/command.ts';
import { packageFolder } from '../../src/workbench/package-folder.ts';
import { makeMedia } from '../support/make-media.ts';
import { askEngine } from './ask-engine.ts';
import { seriousProblems } from './axe.ts';
import { openTestWindow, type TestWindow } from './window.ts';

const run = promisify(execFile);
const film = { width: 320, height: 240 };
const keyDistance = 12;

/** Every frame of the clip as ffmpeg decodes it: RGB, converted as the engine converts. */
async function decodedFrames(clip: string, count: number): Promise<Uint8Array[]> {
  const scaler = nativeScaler;
  const { stdout } = await run(
    'ffmpeg',
    [
      '-nostdin',
      '-loglevel',
      'error',
      '-bitexact',
      '-i',
      clip,
      '-frames:v',
      String(count),
      '-fps_mode',
      'passthrough',
    ].concat(['-vf', `scale=flags=${scaler},format=rgb24`, '-f', 'rawvideo', 'pipe:1']),
    { encoding: 'buffer', maxBuffer: 1 << 28 },
  );
  const size = film.width * film.height * 3;
  return Array.from({ length: count }, (_, i) => stdout.subarray(i * size, (i + 1) * size));
}

describe('the viewers', () => {
  let folder: string;
  let home: string;
  let caseFolder: string;
  let frames: Uint8Array[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-viewers-'));
    home = join(folder, 'state');
    caseFolder = join(folder, 'case');
    const clip = join(folder, 'clip.mp4');
    await makeMedia([
      ...['-f', 'lavfi', '-i', `testsrc2=size=320x240:rate=25:duration=2`, '-vf', 'noise=alls=12:all_seed=5:allf=t'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', String(keyDistance), clip],
    ]);
    frames = await decodedFrames(clip, 50);
    const turned = join(folder, 'turned.jpg');
    await sharp(frames[0], { raw: { ...film, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95 })
      .toFile(turned);
    const root = packageFolder(import.meta.dirname);
    const engine = await createEngine({
      home: root,
      env: { ...process.env, ASSAY_HOME: home },
      clock: () => new Date(),
    });
    const workbench = createWorkbench({ engine, language: 'en' });
    const { handle } = workbench;
    await askEngine(handle, 'case.create', { folder: caseFolder, title: 'Viewers', examiner: 'Examiner' });
    await askEngine(handle, 'case.open', { folder: caseFolder });
    await askEngine(handle, 'exhibit.add', { folder: caseFolder, files: [clip, turned] });
    await workbench.close();
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const opened = async (more: { onRequest?: (request: Request) => void } = {}): Promise<TestWindow> => {
    const window = await openTestWindow({ home, open: caseFolder, ...more });
    await shows(window.page, 0, 0);
    return window;
  };

  it('step to frames whose pixels, times and hashes are those of the whole decode', async () => {
    const window = await opened();
    try {
      const { page } = window;
      await page.getByText('not examined yet').first().waitFor();
      for (const [key, frame] of [
        ['ArrowRight', 1],
        ['.', 2],
        [',', 1],
        ['Shift+ArrowRight', 12],
        ['Control+ArrowRight', 24],
        ['ArrowLeft', 23],
        ['Shift+ArrowLeft', 12],
      ] as const) {
        await page.keyboard.press(key);
        await shows(page, 0, frame);
      }
      expect(await page.locator('.viewer-foot').innerText()).toContain('00:00:00.480');
      await page.keyboard.press('g');
      await page.getByLabel(/Number of the frame/).waitFor();
      await page.keyboard.type('37');
      await page.keyboard.press('Enter');
      await shows(page, 0, 37);
      for (const [x, y] of [
        [0, 0],
        [319, 239],
        [100, 57],
        [211, 160],
      ] as const) {
        await pointAt(page, 0, x, y);
        expect(await readout(page, 0)).toMatchObject({ x, y, rgb: rgbAt(frames[37], x, y) });
      }

      await askEngine(window.workbench.handle, 'examination.run', { folder: caseFolder, methods: ['frames', 'ela'] });
      await page.reload();
      await shows(page, 0, 0);
      await page.getByText('= as examined').waitFor();
      expect(await seriousProblems(page)).toEqual([]);
    } finally {
      await window.close();
    }
  });

  it('show every pixel as a square of its own colour when zoomed in', async () => {
    const window = await opened();
    try {
      const { page } = window;
      const [x, y] = [123, 77];
      await pointAt(page, 0, x, y);
      for (let i = 0; i < 12; i += 1) await page.mouse.wheel(0, -250);
      await page.waitForTimeout(300);
      const drawn = await page.evaluate(async () => {
        const canvas = document.querySelector<HTMLCanvasElement>('.viewer-canvas canvas')!;
        const { width, height } = canvas;
        return { width, height, data: [...canvas.getContext('2d')!.getImageData(0, 0, width, height).data] };
      });
      const at = await pointer(page);
      const pixel = ((px: number, py: number) => {
        const i = (Math.round(py) * drawn.width + Math.round(px)) * 4;
        return drawn.data.slice(i, i + 3).join(' ');
      }) satisfies (px: number, py: number) => string;
      expect(pixel(at.x, at.y)).toBe(rgbAt(frames[0], x, y));
      const colours = new Set<string>();
      for (let dx = -60; dx <= 60; dx += 1) colours.add(pixel(at.x + dx, at.y));
      const row = Array.from({ length: 21 }, (_, i) => rgbAt(frames[0], x - 10 + i, y));
      for (const colour of colours) expect(row).toContain(colour);
      await window.screenshot('viewers-zoomed');
    } finally {
      await window.close();
    }
  });

  it('show error levels that are those of the method, and scale them without asking again', async () => {
    const asked: string[] = [];
    const window = await opened({ onRequest: ({ url }) => void asked.push(url) });
    try {
      const { page } = window;
      await askEngine(window.workbench.handle, 'examination.run', { folder: caseFolder, methods: ['ela'] });
      const { examinations } = (await askEngine(window.workbench.handle, 'examination.list', {
        ...{ folder: caseFolder, exhibit: 'E001' },
      })) as {
        examinations: { key: string; artefacts: { title: string; file: string; over?: { frame: number } }[] }[];
      };
      const kept = examinations.flatMap(({ key, artefacts }) => artefacts.map((one) => ({ key, ...one })));
      const map = kept.find(({ title }) => title === 'map')!;
      const levels = await sharp(await readFile(join(caseFolder, 'exhibits/E001/examinations', map.key, map.file)))
        .extractChannel(0)
        .raw()
        .toBuffer();
      const frame = map.over?.frame ?? 0;

      await page.getByRole('button', { name: 'Compare' }).click();
      await page.keyboard.press('g');
      await page.getByLabel(/Number of the frame/).fill(String(frame));
      await page.keyboard.press('Enter');
      await shows(page, 1, frame);
      for (const [x, y] of [
        [40, 30],
        [200, 100],
        [310, 235],
      ] as const) {
        await pointAt(page, 1, x, y);
        const value = levels[y * film.width + x];
        expect(await readout(page, 1)).toMatchObject({ x, y, value: String(value), rgb: rgbAt(frames[frame], x, y) });
      }

      const before = asked.length;
      await page.locator('.viewer').nth(1).getByTitle('Settings of the lens').click();
      const scale = page.locator('#viewer-1-scale');
      await scale.focus();
      const beforeScale = await drawnBytes(page, 1);
      const took = await page.evaluate(async () => {
        const slider = document.querySelector<HTMLInputElement>('#viewer-1-scale')!;
        const canvas = document.querySelectorAll<HTMLCanvasElement>('.viewer-canvas canvas:first-child')[1]!;
        const read = () =>
          canvas
            .getContext('2d')!
            .getImageData(canvas.width / 2, canvas.height / 2 - 40, 60, 80)
            .data.join();
        const old = read();
        const start = performance.now();
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(slider, '60');
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        while (read() === old && performance.now() - start < 5000) await new Promise((next) => setTimeout(next, 1));
        return performance.now() - start;
      });
      expect(took).toBeLessThan(1000);
      expect(await drawnBytes(page, 1)).not.toBe(beforeScale);
      expect(asked.slice(before).filter((url) => url.includes('/lens/'))).toEqual([]);

      await page.locator('#viewer-1-quality').fill('60');
      await expect.poll(() => asked.slice(before).some((url) => url.includes('/lens/')), { timeout: 5000 }).toBe(true);
      await window.screenshot('viewers-ela-settings');
      await page.keyboard.press('Escape');
      expect(await seriousProblems(page)).toEqual([]);
    } finally {
      await window.close();
    }
  });

  it('show the difference to another frame, pixel by pixel', async () => {
    const window = await opened();
    try {
      const { page } = window;
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await shows(page, 0, 2);
      await chooseLens(page, 0, 'Difference to another frame');
      for (const [x, y] of [
        [50, 60],
        [160, 120],
        [300, 200],
      ] as const) {
        await pointAt(page, 0, x, y);
        const [a, b] = [rgbAt(frames[2], x, y), rgbAt(frames[1], x, y)].map((rgb) => rgb.split(' ').map(Number));
        const largest = Math.max(...a!.map((value, i) => Math.abs(value - b![i]!)));
        await expect.poll(async () => (await readout(page, 0)).value, { timeout: 5000 }).toBe(String(largest));
      }
      await page.keyboard.press('Home');
      await window.screenshot('viewers-difference');
    } finally {
      await window.close();
    }
  });

  it('mark a region by pointer and keys, and link zoom, pan, pointer and time until they are taken apart', async () => {
    const window = await opened();
    try {
      const { page } = window;
      await page.getByRole('button', { name: 'Compare' }).click();
      await shows(page, 1, 0);
      await page.keyboard.press('r');
      const from = await placeOf(page, 0, 40.5, 30.5);
      const to = await placeOf(page, 0, 99.5, 89.5);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 3 });
      await page.mouse.up();
      const region = page.locator('.viewer-region').first();
      await expect.poll(() => region.innerText(), { timeout: 3000 }).toContain('60 × 60');
      expect(await region.innerText()).toContain('40, 30');
      await page.locator('.viewer-canvas').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowDown');
      await expect.poll(() => region.innerText(), { timeout: 3000 }).toMatch(/41, 30.*60 × 61/s);
      await page.keyboard.press('Escape');

      await pointAt(page, 0, 80, 60);
      expect(await readout(page, 1)).toMatchObject({ x: 80, y: 60 });
      const [left, right] = [await drawnBytes(page, 0), await drawnBytes(page, 1)];
      await page.mouse.wheel(0, -600);
      await expect.poll(() => drawnBytes(page, 0), { timeout: 3000 }).not.toBe(left);
      const linked = await drawnBytes(page, 1);
      expect(linked).not.toBe(right);
      await page.getByRole('button', { name: 'Linked' }).click();
      await pointAt(page, 0, 160, 120, fitted);
      await page.mouse.wheel(0, 600);
      await page.waitForTimeout(300);
      expect(await drawnBytes(page, 1)).toBe(linked);

      // Taken apart, each viewer has its own time: steps move the one that is worked in.
      await page.locator('.viewer-canvas').nth(1).click();
      await page.keyboard.press('Shift+ArrowRight');
      await shows(page, 1, 12);
      await shows(page, 0, 0);
      await page.locator('.viewer-canvas').first().click();
      await page.keyboard.press('.');
      await shows(page, 0, 1);
      await shows(page, 1, 12);
      await page.keyboard.press('Alt+x');
      await shows(page, 0, 12);
      await page.keyboard.press('y');
      await page.keyboard.press('Alt+a');
      await shows(page, 1, 12);
      await page.keyboard.press('Home');
      await shows(page, 0, 0);
      await shows(page, 1, 0);
    } finally {
      await window.close();
    }
  });

  it('stand a turned picture upright and say its coordinates as stored', async () => {
    const window = await opened();
    try {
      const { page } = window;
      await page.getByRole('option', { name: /E002/ }).click();
      await expect.poll(() => page.locator('.viewer').getAttribute('data-busy'), { timeout: 10_000 }).toBe('false');
      const stored = await sharp(join(caseFolder, 'exhibits/E002/original.jpg')).raw().toBuffer();
      await page.waitForTimeout(400);
      for (const [x, y] of [
        [10, 200],
        [300, 20],
      ] as const) {
        await pointAt(page, 0, x, y, fitted, 6);
        expect(await readout(page, 0)).toMatchObject({ x, y, rgb: rgbAt(stored, x, y) });
      }
      await window.screenshot('viewers-turned');
    } finally {
      await window.close();
    }
  });
});

/** Waits until a viewer shows a frame, and shows all of it. */
async function shows(page: Page, viewer: number, frame: number): Promise<void> {
  const place = page
    .locator(`.viewer >> nth=${viewer}`)
    .and(page.locator(`[data-frame="${frame}"][data-busy="false"]`));
  await place.waitFor({ timeout: 20_000 });
}

async function chooseLens(page: Page, viewer: number, name: string): Promise<void> {
  await page.locator('.viewer').nth(viewer).locator('.viewer-menu-lens').click();
  await page.getByRole('menuitemradio', { name }).click();
}

/** Where a stored pixel's place (its middle for whole numbers) stands on the page. */
async function placeOf(
  page: Page,
  viewer: number,
  x: number,
  y: number,
  look: Look = fitted,
  orientation: Orientation = 1,
) {
  const box = page.locator('.viewer-canvas').nth(viewer);
  const rect = await box.boundingBox();
  if (rect === null) throw new Error('no canvas');
  const size = await box
    .locator('canvas')
    .first()
    .evaluate(({ width, height }: HTMLCanvasElement) => ({ width, height }));
  const at = apply(showPicture(film, orientation, size, look).matrix, { x, y });
  return { x: rect.x + (at.x * rect.width) / size.width, y: rect.y + (at.y * rect.height) / size.height };
}

async function pointAt(
  page: Page,
  viewer: number,
  x: number,
  y: number,
  look: Look = fitted,
  orientation: Orientation = 1,
) {
  const at = await placeOf(page, viewer, x + 0.5, y + 0.5, look, orientation);
  await page.mouse.move(at.x, at.y);
}

/** The pointer's place in device pixels of the first viewer's canvas. */
async function pointer(page: Page): Promise<{ x: number; y: number }> {
  const rect = await page.locator('.viewer-canvas').first().boundingBox();
  const at = await placeOf(page, 0, 123.5, 77.5);
  return { x: Math.floor(at.x - (rect?.x ?? 0)), y: Math.floor(at.y - (rect?.y ?? 0)) };
}

interface ReadPixel {
  readonly x: number;
  readonly y: number;
  readonly rgb: string | null;
  readonly value: string | null;
}

/** What a viewer says of the pixel under the pointer, once the stored pixels are there. */
async function readout(page: Page, viewer: number): Promise<ReadPixel> {
  const line = page.locator('.viewer').nth(viewer).locator('.viewer-readout[data-rgb]');
  await line.waitFor({ timeout: 10_000 });
  const read = (name: string): Promise<string | null> => line.getAttribute(`data-${name}`);
  return { x: Number(await read('x')), y: Number(await read('y')), rgb: await read('rgb'), value: await read('value') };
}

function rgbAt(picture: Uint8Array | undefined, x: number, y: number): string {
  const at = (y * film.width + x) * 3;
  return [...(picture ?? new Uint8Array()).subarray(at, at + 3)].join(' ');
}

/** A digest of what a viewer's canvas shows. */
async function drawnBytes(page: Page, viewer: number): Promise<string> {
  return page.evaluate(async (at) => {
    const canvas = document.querySelectorAll<HTMLCanvasElement>('.viewer-canvas canvas:first-child')[at]!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let digest = 0;
    for (const byte of data) digest = (digest * 31 + byte) | 0;
    return String(digest);
  }, viewer);
}
