import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadReportStyle } from '../../../src/report/load-report-style.ts';

const resources = resolve(import.meta.dirname, '../../../resources');
const folder = resolve(resources, 'report/style');
const sheet = readdirSync(folder)
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

type Tokens = Record<string, string>;
const tokensOf = (block: string): Tokens =>
  Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value] as const),
  );
const [light = '', dark = ''] = [...sheet.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => block);

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe("the report's style", () => {
  it.each([
    ['light', tokensOf(light)],
    ['dark', { ...tokensOf(light), ...tokensOf(dark) }],
  ])('has enough contrast in %s', (_, tokens) => {
    for (const ground of ['page', 'raised']) {
      expect(contrast(tokens['text'] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(7);
      for (const name of ['muted', 'accent', 'inconsistent', 'consistent', 'inconclusive', 'abstained'])
        expect(contrast(tokens[name] ?? '', tokens[ground] ?? ''), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has neutral greys only, so that nothing tints a picture', () => {
    for (const block of [light, dark])
      for (const name of ['page', 'raised', 'line', 'grid', 'text', 'muted'])
        expect(tokensOf(block)[name] ?? '').toMatch(/^#([0-9a-f]{2})\1\1$/);
  });

  it('carries its fonts inside and points at nothing outside', async () => {
    const style = await loadReportStyle(resources);
    for (const [, target] of style.matchAll(/url\(([^)]*)\)/g)) expect(target).toMatch(/^data:font\/woff2;base64,/);
    expect([...style.matchAll(/@font-face/g)]).toHaveLength(3);
    expect(/@import|@assay-fonts|<\//.exec(style)).toBeNull();
  });

  it('says where its own files should be when they are not', async () => {
    await expect(loadReportStyle('/nonexistent')).rejects.toMatchObject({ code: 'defect' });
  });
});
