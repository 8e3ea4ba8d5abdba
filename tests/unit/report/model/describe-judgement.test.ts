import { describe, expect, it } from 'vitest';
import { describeJudgement } from '../../../../src/report/model/describe-judgement.ts';
import type { ReportInput } from '../../../../src/report/model/report-input.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';
import { smallInput } from '../../../support/report/small-input.ts';

const text = await fixtureText();
const written = { at: '2026-03-14T10:00:00.000Z', author: 'Examiner' };
const moment = (utc: string) => ({ utc, shown: utc });
const describeInput = (added: Partial<ReportInput>) => describeJudgement(text, { ...smallInput(), ...added }, moment);

describe('describeJudgement', () => {
  it.each([
    ['consistent', 'moderate', 'moderate support for the proposition over the alternative'],
    ['inconsistent', 'strong', 'strong support for the alternative over the proposition'],
    ['inconclusive', 'none', 'no support for one over the other'],
    ['inconsistent', 'none', 'no support for one over the other'],
  ] as const)('says for which side %s findings with strength “%s” speak', (outcome, strength, words) => {
    const opinion = { ...written, proposition: 'P', alternative: 'A', outcome, strength, words: '' };
    expect(describeInput({ opinions: [opinion] }).opinions[0]?.strength).toEqual({ key: strength, text: words });
  });

  it('orders answers by exhibit and then as the checklist asks', () => {
    const answer = (exhibit: string, question: string) => ({
      ...written,
      exhibit,
      question,
      answer: 'yes' as const,
      reason: '',
    });
    const { provenance } = describeInput({
      provenance: [
        answer('E002', 'unknown-page'),
        answer('E001', 'of-a-later-version'),
        answer('E001', 'source-file'),
        answer('E001', 'first-publication-known'),
      ],
    });
    expect(provenance.map(({ exhibit, question }) => [exhibit, question.key, question.text])).toEqual([
      ['E001', 'first-publication-known', 'Is it known where it was first published?'],
      ['E001', 'source-file', 'Is this the source file, not a re-upload?'],
      ['E001', 'of-a-later-version', 'of-a-later-version'],
      ['E002', 'unknown-page', 'Was it published by an anonymous or unknown page?'],
    ]);
  });

  it('puts relevant bookmarks first and says where each lies', () => {
    const bookmark = { ...written, exhibit: 'E001', startMs: 40, endMs: 80, words: '' };
    const { bookmarks } = describeInput({
      bookmarks: [
        { ...bookmark, status: 'not-relevant' },
        { ...bookmark, status: 'relevant', region: { x: 1, y: 2, width: 30, height: 40 } },
      ],
    });
    expect(bookmarks.map(({ status, shown }) => [status, shown])).toEqual([
      ['relevant', '00:00:00.040 to 00:00:00.080 · region 30 × 40 px at 1, 2'],
      ['not-relevant', '00:00:00.040 to 00:00:00.080'],
    ]);
  });
});
