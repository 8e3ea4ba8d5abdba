import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/base/check.ts';
import { describeChecks } from '../../../src/base/describe-checks.ts';
import { createText, type Catalogue } from '../../../src/base/text.ts';

const report = JSON.parse(readFileSync('resources/locales/en/report.json', 'utf8')) as Catalogue;
const seal: Catalogue = { checks: { 'file-unchanged': { failed: '{{subject}} was changed at {{at}}.' } } };
const text = createText({ en: { report, seal } }, 'en', { onMissing: 'throw' });
const check = (area: Check['area'], outcome: Check['outcome'], more: Partial<Check> = {}): Check => ({
  area,
  outcome,
  code: 'some-code',
  subject: 'report.json',
  details: {},
  ...more,
});

describe('describeChecks', () => {
  it('keeps the areas apart, in their order, with what failed first', () => {
    const areas = describeChecks(
      [
        check('custody', 'passed'),
        check('integrity', 'passed'),
        check('integrity', 'failed'),
        check('timestamp', 'not-checked'),
      ],
      text,
    );
    expect(areas.map(({ area, outcome }) => [area, outcome])).toEqual([
      ['integrity', 'failed'],
      ['timestamp', 'not-checked'],
      ['custody', 'passed'],
    ]);
    expect(areas[0]?.checks.map(({ outcomeText }) => outcomeText)).toEqual(['failed', 'passed']);
  });

  it('never counts as passed what was not checked', () => {
    const [area] = describeChecks([check('certificate', 'not-checked')], text);
    expect([area?.outcome, area?.outcomeText]).toEqual(['not-checked', 'not checked']);
  });

  it('says a check in the words of the room that made it, with the hostile part made visible', () => {
    const [area] = describeChecks(
      [check('integrity', 'failed', { code: 'file-unchanged', subject: 'a\u001b[2J\u202eb', details: { at: 12 } })],
      text,
    );
    expect(area?.checks[0]?.text).toBe('a‹U+001B›[2J‹U+202E›b was changed at 12.');
  });

  it('names a check that has no sentence', () => {
    expect(describeChecks([check('schema', 'failed')], text)[0]?.checks[0]?.text).toBe('some-code: report.json.');
  });

  it('does not call an area passed whose first question nobody could answer', () => {
    const whole = (code: string): string | undefined =>
      describeChecks(
        [
          check('certificate', 'passed', { code: 'certificate-validity' }),
          check('certificate', 'not-checked', { code }),
        ],
        text,
      )[0]?.outcome;
    expect([whole('signer-recognised'), whole('signer-practice'), whole('timestamp-token')]).toEqual([
      'not-checked',
      'not-checked',
      'not-checked',
    ]);
    expect(whole('revocation')).toBe('passed');
  });
});
