import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../../src/report/html/render-html.ts';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';
import { richInput } from '../../../support/report/rich-input.ts';
import { smallInput } from '../../../support/report/small-input.ts';

const text = await fixtureText();
const page = (model: ReturnType<typeof buildReportModel>, draft = false): string =>
  renderHtml(model, { text, figures: new Map(), style: '', dataSha256: 'ab'.repeat(32), draft }).replace(/\s+/g, ' ');
const rich = buildReportModel(await richInput(), text);
const small = buildReportModel(smallInput(), text);

describe("the report's section of the examiner's words", () => {
  it('is not there where the examiner added nothing', () => {
    expect(page(small)).not.toContain('id="opinion"');
    expect(page(small)).not.toContain('href="#opinion"');
  });

  it('holds opinion, marked findings, answers, bookmarks and notes, each with its words', () => {
    const [section = ''] = /<section id="opinion">.*?<\/section>/.exec(page(rich)) ?? [];
    for (const words of [
      'The sound was put under the picture later.',
      'moderate support for the alternative over the proposition',
      'Seen and heard as well.',
      'A channel without a name.<br />It was opened on the day before.',
      'The mouth closes while the word goes on.',
      'The broadcaster was asked for the recording.',
    ])
      expect(section).toContain(words);
  });

  it("shows the examiner's words on the marked finding's own card too", () => {
    const marked = rich.exhibits[0]?.findings.find((finding) => finding.marked);
    const [card = ''] = new RegExp(`<article[^>]* id="${marked?.id ?? ''}">.*?</article>`).exec(page(rich)) ?? [];
    expect(card).toContain('Seen and heard as well.');
    expect(card).toContain('marked by the examiner');
  });
});

describe('a draft of a report', () => {
  it('says that it is not sealed at its head and on every printed page, and names no hash', () => {
    const draft = page(small, true);
    expect(draft).toContain('This page is not sealed and is no report');
    expect(draft).toMatch(/@bottom-right \{ content: "Draft/);
    expect(draft).not.toContain('This report is sealed');
    expect(draft).not.toContain('abababab');
  });
});
