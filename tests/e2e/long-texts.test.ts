import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { triage } from '../../src/contract/operations.ts';
import { pseudoLanguage } from '../../src/base/pseudo-catalogues.ts';
import { runAssay } from '../support/command-line.ts';
import { makeClip, makePicture } from '../support/make-media.ts';
import { openTestWindow } from './window.ts';

/** Buttons and headings whose words are cut without an ellipsis, and anything that makes the page scroll sideways. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) problems.push('the page scrolls sideways');
    for (const element of document.querySelectorAll<HTMLElement>('button, h1, h2, h3, th, label, [role=tab]')) {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0 || element.closest('.visually-hidden') !== null) continue;
      const style = getComputedStyle(element);
      const isCut = element.scrollWidth > element.clientWidth + 1 && style.overflowX !== 'visible';
      if (isCut && style.textOverflow !== 'ellipsis') problems.push(`${element.tagName}: ${element.innerText}`);
    }
    return problems;
  });
}

describe('texts that are 60 % longer', () => {
  let folder: string;
  let caseFolder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-long-texts-'));
    await makeClip(join(folder, 'clip.mp4'));
    await makePicture(join(folder, 'still.jpg'));
    const run = await runAssay(['triage', 'clip.mp4', 'still.jpg', '--out', 'case', '--json'], {
      cwd: folder,
      home: join(folder, 'home'),
    });
    caseFolder = triage.output.parse(JSON.parse(run.stdout)).case.folder;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are cut nowhere on the start view', async () => {
    const window = await openTestWindow({ language: pseudoLanguage });
    await window.page.getByRole('button').nth(3).waitFor();
    await window.screenshot('long-texts-start');
    expect(await cutTexts(window.page)).toEqual([]);
    await window.close();
  });

  it('are cut nowhere in the workspace and the report', async () => {
    const window = await openTestWindow({ language: pseudoLanguage, open: caseFolder, home: join(folder, 'home') });
    const tabs = window.page.getByRole('tab');
    await tabs.first().waitFor();
    for (let index = 0; index < (await tabs.count()); index++) {
      await tabs.nth(index).click();
      await window.page.waitForTimeout(400);
      expect(await cutTexts(window.page)).toEqual([]);
    }
    await window.screenshot('long-texts-workspace');
    await window.page.keyboard.press('Control+2');
    await window.page.waitForTimeout(1500);
    await window.screenshot('long-texts-report');
    expect(await cutTexts(window.page)).toEqual([]);
    await window.close();
  });
});
