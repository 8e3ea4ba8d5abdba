import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJsonFile } from '../../../src/base/canonical-json.ts';
import { loadFigures } from '../../../src/report/figures/load-figures.ts';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import { loadReportStyle } from '../../../src/report/load-report-style.ts';
import { buildReportModel } from '../../../src/report/model/build-report-model.ts';
import { MethodText } from '../../../src/report/model/method-text.ts';
import type { ReportInput } from '../../../src/report/model/report-input.ts';
import { fixtureText } from '../../support/report/fixture-text.ts';
import { richInput } from '../../support/report/rich-input.ts';
import { smallInput } from '../../support/report/small-input.ts';

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const resources = resolve(import.meta.dirname, '../../../resources');
/** Set to a folder to keep the pages for looking at. */
const keep = process.env['ASSAY_KEEP_REPORT'];

async function pageOf(input: ReportInput): Promise<string> {
  const text = await fixtureText();
  const model = buildReportModel(input, text);
  const read = (exhibit: string, key: string, file: string) => {
    const examination = input.exhibits
      .find(({ record }) => record.id === exhibit)
      ?.examinations.find(({ result }) => result.key === key);
    return examination ? examination.readArtefact(file) : Promise.reject(new Error('no such examination'));
  };
  const figures = await loadFigures(model, read, (id) => new MethodText(text, id));
  const dataSha256 = createHash('sha256').update(canonicalJsonFile(model)).digest('hex');
  return renderHtml(model, { text, figures, style: await loadReportStyle(resources), dataSha256 });
}

const layoutFaults = readFileSync(resolve(import.meta.dirname, 'layout-faults.js'), 'utf8');

/** Headings that stand last on a printed page, as pdftotext reads it. */
function orphanedHeadings(pdf: string, headings: readonly string[]): string[] {
  const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\f')
    .slice(0, -1);
  return pages.flatMap((page, i) => {
    const lines = page
      .split('\n')
      .map((line) => line.trim().replace(/\s+/g, ' '))
      .filter((line) => line !== '');
    // The last line is the page's foot.
    const last = lines.at(-2) ?? '';
    return headings.includes(last) ? [`page ${i + 1}: ${last}`] : [];
  });
}

describe.skipIf(executable === undefined)('a report in a real browser', () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  let rich: string;
  /** What the page asked for and what it wrote to the console. */
  const heard: string[] = [];

  beforeAll(async () => {
    folder = keep ?? (await mkdtemp(join(tmpdir(), 'assay-page-')));
    await mkdir(folder, { recursive: true });
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: executable ?? '', args: sandbox });
    page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    page.on('request', (request) => heard.push(request.url()));
    page.on('console', (message) => heard.push(`console: ${message.text()}`));
    rich = await pageOf(await richInput());
  });
  afterAll(async () => {
    await browser.close();
    if (keep === undefined) await rm(folder, { recursive: true, force: true });
  });

  async function open(name: string, source: string): Promise<void> {
    const path = join(folder, `${name}.html`);
    await writeFile(path, source);
    heard.length = 0;
    await page.goto(pathToFileURL(path).href);
    await page.evaluate('document.fonts.ready.then(() => true)');
  }

  it('asks for nothing but itself, runs nothing, and breaks no policy', async () => {
    await open('rich', rich);
    expect(heard.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(heard.filter((url) => url.startsWith('file:'))).toHaveLength(1);
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    expect(await page.evaluate('[...document.fonts].filter(({ status }) => status === "loaded").length')).toBe(3);
  });

  it.each([1400, 658, 420])('cuts nothing off and leaves nothing empty at a width of %i pixels', async (width) => {
    await open('rich', rich);
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(layoutFaults)).toEqual([]);
  });

  it('prints on A4 in light colours whatever the screen, with headings beside what they head', async () => {
    await open('rich', rich);
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).toBe('rgb(20, 20, 20)');
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark', media: null });
    const pdf = join(folder, 'rich.pdf');
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    await page.emulateMedia({ colorScheme: null });
    expect(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' })).toMatch(/Page size:.*\(A4\)/);
    const headings = await page.evaluate<string[]>(
      String.raw`[...document.querySelectorAll('h2, h3, h4, h5')].map(({ textContent }) => textContent.trim().replace(/\s+/g, ' '))`,
    );
    expect(headings.length).toBeGreaterThan(20);
    expect(orphanedHeadings(pdf, headings)).toEqual([]);
  });

  it('carries on each printed page the reference, the page and the way back to the data', async () => {
    await open('small', await pageOf({ ...smallInput(), case: { ...smallInput().case, reference: '2026-014/Қ' } }));
    const pdf = join(folder, 'small.pdf');
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
    pages.forEach((text, i) => {
      expect(text.trimEnd().split('\n').at(-1)).toMatch(
        new RegExp(`2026-014/Қ · R001\\s+Page ${i + 1} of ${pages.length}\\s+SHA-256 [0-9a-f]{16}`),
      );
    });
  });

  it('makes no element out of hostile names', async () => {
    const count = async (words: string) => {
      const input = smallInput({ title: words, name: words, software: words, node: words, source: words });
      await open('hostile', await pageOf(input));
      expect(heard.filter((line) => !line.startsWith('file:') && !line.startsWith('data:'))).toEqual([]);
      return page.evaluate('document.querySelectorAll("*").length');
    };
    const harmless = await count('x');
    for (const words of [
      '<img src=x onerror=console.log(1)>',
      '"><script>console.log(1)</script>',
      '</style></title><b>',
      '<!--',
      ']]><svg/onload=console.log(1)>',
    ])
      expect(await count(words), words).toBe(harmless);
  });
});
