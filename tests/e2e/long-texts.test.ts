import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExhibits, createCase, examine } from '../../src/contract/operations.ts';
import { openCase } from '../../src/contract/window-operations.ts';
import { makePicture } from '../support/make-media.ts';
import { operate } from './operate.ts';
import { openTestWindow, type TestWindow } from './window.ts';

type Texts = string | readonly string[] | { readonly [key: string]: Texts };

/** Every text 60 % longer, in words as long as those of Russian and Kazakh. */
function longer(texts: Texts): Texts {
  if (typeof texts === 'string') {
    const more = Math.ceil(texts.length * 0.6);
    return `${texts} ${'ўжщющийся '.repeat(more).slice(0, more).trim()}`;
  }
  if (Array.isArray(texts)) return (texts as readonly string[]).map((text) => longer(text) as string);
  return Object.fromEntries(Object.entries(texts).map(([key, inner]) => [key, longer(inner)]));
}

describe('texts that are 60 % longer', () => {
  let home: string;
  let folder: string;
  let window: TestWindow;
  const env = { HOME: process.env['HOME'] };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'assay-home-'));
    process.env['HOME'] = home;
    await mkdir(join(home, 'Documents'));
    await makePicture(join(home, 'still.jpg'));
    folder = join(home, 'case');
    window = await openTestWindow({ home: join(home, 'state') });
    await operate(window, createCase, { folder, title: 'A clip that circulates', examiner: 'A. Analyst' });
    await operate(window, openCase, { folder });
    await operate(window, addExhibits, { folder, files: [join(home, 'still.jpg')] });
    await operate(window, examine, { folder, methods: ['file-type'] });
    await window.page.route('**/locales/*', async (route) => {
      const request = new Request('https://assay.invalid/locales/en');
      const texts = (await (await window.workbench.handle(request)).json()) as Texts;
      await route.fulfill({ json: longer(texts) });
    });
    await window.page.reload();
  });

  afterAll(async () => {
    process.env['HOME'] = env.HOME;
    await window.close();
    await rm(home, { recursive: true, force: true });
  });

  /** Parts whose content is wider than they are, and is cut or makes them scroll sideways. */
  async function cut(): Promise<string[]> {
    return window.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body, body *')]
        .filter((element) => {
          const { overflowX, textOverflow, clipPath } = getComputedStyle(element);
          // Cut on purpose: with an ellipsis and the whole text elsewhere, or for screen readers only.
          const meant =
            textOverflow === 'ellipsis' || clipPath !== 'none' || element.matches('input, select, progress');
          return (
            !meant &&
            overflowX !== 'visible' &&
            element.clientWidth > 0 &&
            element.scrollWidth > element.clientWidth + 1
          );
        })
        .map((element) => `${element.tagName}.${element.className} ${element.scrollWidth} > ${element.clientWidth}`),
    );
  }

  async function shown(name: string): Promise<void> {
    await window.page.waitForTimeout(200);
    await window.screenshot(`long-${name}`);
    expect(await cut()).toEqual([]);
  }

  it('fit where one begins', async () => {
    const { page } = window;
    await page.locator('.start-form').waitFor();
    await shown('identity');
    await page.locator('.start-form-actions button').nth(1).click();
    await page.locator('.start-action').first().waitFor();
    await shown('start');
    await page.locator('.start-action').first().click();
    await page.locator('.start-folder .input').waitFor();
    await shown('new-case');
    await page.locator('.sheet-actions .button').first().click();
  });

  it('fit where the report is made', async () => {
    const { page } = window;
    await page.locator('.recent-open').click();
    await page.locator('.title-bar-views button').nth(1).click();
    await page.locator('.coverage-table').waitFor();
    await shown('coverage');
    for (const tab of [1, 4]) {
      await page.getByRole('tab').nth(tab).click();
      if (tab === 1) await page.locator('[role=tabpanel][data-state=active] .button').first().click();
      await shown(`report-${tab}`);
    }
    await page.locator('.report-head .button-primary').click();
    await page.locator('.seal-contents li').nth(4).waitFor();
    await shown('seal');
    await page.locator('.sheet-actions .button').first().click();
  });

  it('fit where evidence comes in and where it is verified', async () => {
    const { page } = window;
    await page.locator('.report-head h1').click();
    await page.keyboard.press('Control+o');
    await page.locator('.file-rows').waitFor();
    await shown('intake');
    await page.locator('.sheet-actions .button').first().click();
    await page.keyboard.press('Control+3');
    await page.locator('.verify-actions .button').first().click();
    await page.locator('.verdict').waitFor();
    await shown('verify');
  });
});
