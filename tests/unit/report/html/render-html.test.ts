import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../src/report/figures/figure.ts';
import { renderHtml } from '../../../../src/report/html/render-html.ts';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import type { ReportModel } from '../../../../src/report/model/report-model.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';
import { richInput } from '../../../support/report/rich-input.ts';
import { smallInput } from '../../../support/report/small-input.ts';

const text = await fixtureText();
const dataSha256 = '0123456789abcdef'.repeat(4);
const figures = new Map<string, Figure>();
const render = (model: ReportModel, shown = figures) =>
  renderHtml(model, { text, figures: shown, style: 'p { color: black; }', dataSha256 });
const small = buildReportModel(smallInput(), text);
const rich = buildReportModel(await richInput(), text);

/** Every tag of a page with its attributes' names: what a string of an exhibit must never add to. */
function skeleton(page: string): string[] {
  const body = page.replace(/<style>[^]*?<\/style>/, '');
  return [...body.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '=""'));
}

/** Puts a string in the place of every string of the model that comes from an exhibit, a person or a program. */
function withHostile(model: ReportModel, hostile: string): ReportModel {
  const fixed = new Set([
    'schema',
    'id',
    'outcome',
    'status',
    'role',
    'kind',
    'shown',
    'sha256',
    'key',
    'scale',
    'plane',
    'draw',
    'unit',
    'sandbox',
    'stoppedBy',
    'code',
    'exhibit',
    'utc',
    'hash',
    'figures',
    'artefacts',
    'finding',
  ]);
  const spoken = new Set(['words', 'remark', 'reason', 'proposition', 'alternative']);
  const replace = (value: unknown, name: string): unknown => {
    // Line breaks in what a person wrote make paragraphs, as they should.
    if (spoken.has(name) && typeof value === 'string') return hostile.replace(/[\r\n]/g, '');
    if (typeof value === 'string')
      return fixed.has(name) && name !== 'shown'
        ? value
        : name === 'shown' && ['with-finding', 'in-details', 'listed'].includes(value)
          ? value
          : hostile;
    if (Array.isArray(value)) return value.map((item) => replace(item, name));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, key)]));
  };
  return replace(model, '') as ReportModel;
}

describe('renderHtml', () => {
  it('renders the smallest report as the golden page', async () => {
    // After a wanted change: npx vitest run --project unit tests/unit/report/html/render-html -u, and read the difference.
    await expect(render(small)).toMatchFileSnapshot(join(import.meta.dirname, '../golden/small.html'));
  });

  it('gives the same bytes for the same report', () => {
    expect(render(rich) === render(rich)).toBe(true);
  });

  it('holds no script, no handler and nothing from outside', () => {
    const page = render(rich);
    expect(/<script|<iframe|<object|<embed|<link|<base|<form|javascript:/i.exec(page)).toBeNull();
    for (const tag of skeleton(page)) expect(tag).not.toMatch(/\son\w+=/i);
    for (const [, target] of page.matchAll(/(?:src|href)="([^"]*)"/g))
      expect(target).toMatch(/^#|^data:image\/png;base64,/);
    expect(page.replace(/<style>[^]*?<\/style>/, '').includes('style="')).toBe(false);
  });

  it('names the hash of its only style in its policy', () => {
    expect(render(small).slice(0, 2000)).toMatch(
      /content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]{44}&#39;; img-src data:; font-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;"/,
    );
  });

  it('lets no string of a report add an element or an attribute', () => {
    const harmless = skeleton(render(withHostile(rich, 'x')));
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><svg onload=alert(1)>',
        "'><b>",
        '</style><script>',
        '</title><img src=x>',
        '<!--',
        '-->',
        ']]>',
        '&#x3c;b&#x3e;',
        '\u0000<b>',
        '${html}',
        '{{x}}',
      ),
    );
    fc.assert(
      fc.property(hostile, (string) => {
        // An empty string leaves some parts out, and so does one that is blank.
        expect(skeleton(render(withHostile(rich, `x${string}`)))).toEqual(harmless);
      }),
      { numRuns: 40 },
    );
  });

  it('writes out what cannot be seen, in names and everywhere', () => {
    const page = render(
      buildReportModel(smallInput({ name: 'a\u202egpj.exe', source: 'x\u0007', title: '\u2066t' }), text),
    );
    for (const shown of ['a‹U+202E›gpj.exe', 'x‹U+0007›', '‹U+2066›t']) expect(page.includes(shown)).toBe(true);
    expect(/[\p{Cc}\p{Cf}]/u.exec(page.replaceAll('\n', ''))).toBeNull();
  });

  it('says each outcome in words beside its symbol', () => {
    const page = render(rich).replace(/\s+/g, ' ');
    for (const [outcome, symbol, word] of [
      ['inconsistent', '▲', 'Inconsistent'],
      ['consistent', '●', 'Consistent'],
      ['inconclusive', '◆', 'Inconclusive'],
      ['abstained', '○', 'Abstained'],
    ])
      expect(
        page.includes(
          `<span class="outcome ${outcome}"><span class="symbol" aria-hidden="true">${symbol}</span> ${word}</span`,
        ),
        outcome,
      ).toBe(true);
  });

  it('tells what stands in the place of a picture that could not be read', () => {
    const [artefact] = rich.exhibits
      .flatMap(({ examinations }) => examinations.flatMap(({ artefacts }) => artefacts))
      .filter(({ shown }) => shown !== 'listed');
    const page = render(rich, new Map([[artefact?.id ?? '', { kind: 'unreadable', reason: 'changed' }]]));
    expect(page.includes('its file is not the one that the result names')).toBe(true);
    expect(page.includes('its file is not in the case any more')).toBe(true);
  });

  it('never leaves a heading without what it heads', () => {
    const page = render(buildReportModel({ ...smallInput(), exhibits: [] }, text));
    for (const sentence of ['The case has no exhibits.', 'Nothing was examined', 'Every method ran'])
      expect(page.includes(sentence)).toBe(true);
  });

  it('has headings that never skip a level', () => {
    const levels = [...render(rich).matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
  });

  it('gives every table headings with a scope and every picture a text', () => {
    const page = render(rich);
    for (const [tag] of page.matchAll(/<th[\s>][^>]*>/g)) expect(tag).toContain('scope="');
    for (const [tag] of page.matchAll(/<img[^>]*>/g)) expect(tag).toMatch(/alt="[^"]+"/);
    for (const [tag] of page.matchAll(/<svg[^>]*>/g)) expect(tag).toMatch(/role="img"\s+aria-label="[^"]+"/);
  });
});
