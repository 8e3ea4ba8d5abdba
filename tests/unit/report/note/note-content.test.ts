import { describe, expect, it } from 'vitest';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { noteContent } from '../../../../src/report/note/note-content.ts';
import { renderNote } from '../../../../src/report/note/render-note.ts';
import { renderNoteHtml } from '../../../../src/report/note/render-note-html.ts';
import { escapeHtml } from '../../../../src/report/html/html.ts';
import { richInput } from '../../../support/report/rich-input.ts';
import { smallInput } from '../../../support/report/small-input.ts';
import { fonts, opened, text } from '../pdf/pdf-fixture.ts';

const dataSha256 = '0123456789abcdef'.repeat(4);
const small = buildReportModel(smallInput(), text);
const rich = buildReportModel(await richInput(), text);
const render = async (model: typeof small) =>
  (await renderNote(model, { text, figures: new Map(), fonts, dataSha256 })).bytes;
const pagesOf = (pdf: Uint8Array) => opened(pdf).match(/\/Type \/Page\n/g)?.length;

describe('a public note', () => {
  it('says what circulates, what was examined, what was found and what that does not mean', () => {
    const { sections } = noteContent(small, text, dataSha256);
    expect(sections.map(({ heading }) => heading)).toEqual([
      'What circulates',
      'What was examined',
      'What was found',
      'What this does not mean',
    ]);
    for (const { lines } of sections) expect(lines.length).toBeGreaterThan(0);
  });

  it("repeats findings against a proposition and the examiner's opinion, and weighs nothing itself", () => {
    const found = noteContent(rich, text, dataSha256).sections[2]?.lines.join(' ') ?? '';
    expect(found).toContain('The sound is ahead of the picture by');
    expect(found).toContain('moderate support for the alternative over the proposition');
    expect(noteContent(small, text, dataSha256).sections[2]?.lines.at(-1)).toContain('no opinion');
  });

  it("carries the beginning of the report's hash for the eye and all of it in the square", () => {
    const { code, codeText } = noteContent(small, text, dataSha256);
    expect(code).toBe('0123 4567 89ab cdef');
    expect(codeText).toContain(dataSha256);
  });

  it('fits on one page, whatever the words', async () => {
    const endless = 'ы'.repeat(5000);
    const wordy = {
      ...rich,
      case: { ...rich.case, title: endless, reference: endless },
      opinions: rich.opinions.map((opinion) => ({ ...opinion, proposition: endless })),
      exhibits: rich.exhibits.map((exhibit) => ({
        ...exhibit,
        name: endless,
        source: endless,
        findings: exhibit.findings.map((finding) => ({ ...finding, observation: endless })),
      })),
    };
    for (const model of [small, rich, wordy]) expect(pagesOf(await render(model))).toBe(1);
  });

  it('is a page too, with the same words and nothing from outside', () => {
    const page = renderNoteHtml(rich, { text, figures: new Map(), style: '', dataSha256 });
    for (const { lines } of noteContent(rich, text, dataSha256).sections)
      for (const line of lines) expect(page).toContain(escapeHtml(line));
    expect(page).toContain('0123 4567 89ab cdef');
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/<script|(?:href|src)="(?!#|data:)/);
  });

  it('gives the same bytes for the same report', async () => {
    expect(Buffer.compare(await render(rich), await render(rich))).toBe(0);
  });
});
