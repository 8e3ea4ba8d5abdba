import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../src/base/finding.ts';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { FixtureExamination } from '../../../support/report/fixture-examination.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';
import { smallInput } from '../../../support/report/small-input.ts';

const text = await fixtureText();

function summaryOf(outcomes: readonly Outcome[]) {
  const input = smallInput();
  const [exhibit] = input.exhibits;
  if (!exhibit) throw new Error('fixture');
  const findings = outcomes.map((outcome) => ({
    code: 'sound-shifted',
    outcome,
    ...(outcome === 'abstained'
      ? { reason: 'wide-shot' }
      : outcome === 'information'
        ? {}
        : { proposition: 'synchronous' }),
    measures: { audioLeadMs: { value: 160, unit: 'ms' as const } },
  }));
  const examinations = [new FixtureExamination().finish('E001', 'av-sync', findings)];
  return buildReportModel({ ...input, exhibits: [{ ...exhibit, examinations }] }, text).summary;
}

describe('the summary', () => {
  it('never has more than eight lines', () => {
    const many = Array.from(
      { length: 30 },
      (_, i): Outcome =>
        (['inconsistent', 'inconclusive', 'abstained', 'consistent', 'information'] as const)[i % 5] ?? 'information',
    );
    const lines = summaryOf(many);
    expect(lines.length).toBeLessThanOrEqual(8);
    expect(lines.map(({ code }) => code)).toEqual([
      'scope',
      'inconsistent',
      'inconsistent',
      'inconsistent',
      'inconclusive',
      'consistent',
      'not-examined',
      'caution',
    ]);
    expect(lines[3]?.text).toBe('4 further findings: E001-F03, E001-F04, E001-F05, E001-F06.');
  });

  it('says that nothing inconsistent clears nobody', () => {
    const lines = summaryOf(['information']);
    expect(lines.find(({ code }) => code === 'none-inconsistent')?.text).toContain(
      'does not show that an exhibit is unaltered',
    );
  });

  it('says when nothing was examined, and calls that no result', () => {
    const lines = buildReportModel({ ...smallInput(), exhibits: [] }, text).summary;
    expect(lines.map(({ code }) => code)).toEqual(['scope', 'nothing-examined']);
  });

  it('names the outcome with each line that has one', () => {
    expect(summaryOf(['inconsistent', 'consistent']).map(({ outcome }) => outcome)).toEqual([
      undefined,
      'inconsistent',
      'consistent',
      undefined,
    ]);
  });
});
