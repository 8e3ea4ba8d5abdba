import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { loadFigures } from '../../../../src/report/figures/load-figures.ts';
import { MethodText } from '../../../../src/report/model/method-text.ts';
import { richInput } from '../../../support/report/rich-input.ts';
import { smallInput } from '../../../support/report/small-input.ts';
import { bytesOf, opened, render, text } from './pdf-fixture.ts';

const small = buildReportModel(smallInput(), text);
const richest = await richInput();
const rich = buildReportModel(richest, text);
const figures = await loadFigures(
  rich,
  (exhibit, key, file) => {
    const found = richest.exhibits
      .find(({ record }) => record.id === exhibit)
      ?.examinations.find(({ result }) => result.key === key);
    return found === undefined ? Promise.reject(new Error('gone')) : found.readArtefact(file);
  },
  (method) => new MethodText(text, method),
);
const richPdf = await render(rich, figures);
const richFile = opened(richPdf.bytes);
const dictionary = (file: string, pattern: RegExp): string => pattern.exec(file)?.[0] ?? '';

describe('renderPdf', () => {
  it('gives the same bytes for the same report, whatever the clock and the time zone', async () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Kiritimati';
    try {
      expect(Buffer.compare(await bytesOf(rich, figures), richPdf.bytes)).toBe(0);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    expect(richFile).toContain('/CreationDate');
    expect(richFile).toContain('(D:20260314103000Z)');
  });

  it('says that it is PDF/A-3b and has what that asks for', () => {
    expect(richFile.startsWith('%PDF-1.7')).toBe(true);
    expect(richFile).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(richFile).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    // §6.2.3: an output intent with its profile; §6.1.3: an identifier, no encryption
    expect(dictionary(richFile, /<<[^<]*\/GTS_PDFA1[^>]*>>/)).toMatch(/\/DestOutputProfile \d+ 0 R/);
    expect(richFile).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/);
    expect(richFile).not.toMatch(/\/Encrypt|\/JavaScript|\/JS |\/AA |\/LZWDecode|\/Interpolate true/);
    // §6.2.11.4: every font is embedded
    for (const [descriptor] of richFile.matchAll(/<<\n\/Type \/FontDescriptor[^>]*>>/g))
      expect(descriptor).toMatch(/\/FontFile2 \d+ 0 R/);
    expect(richFile).not.toContain('/Helvetica');
    // §6.6.2.1: dates and titles stand alike in both places
    expect(richFile).toContain('<xmp:CreateDate>2026-03-14T10:30:00Z</xmp:CreateDate>');
  });

  it('carries report.json as the data that it was made from', () => {
    const specification = dictionary(richFile, /<<\n\/Type \/Filespec[^]*?\/Desc/);
    expect(specification).toContain('/AFRelationship /Data');
    expect(specification).toContain('(report.json)');
    expect(richFile).toMatch(/\/AF \[\d+ 0 R\]/);
    expect(dictionary(richFile, /<<\n\/Type \/EmbeddedFile[^]*?\/Subtype[^\n]*/)).toContain(
      '/Subtype /application#2Fjson',
    );
    expect(richFile).toContain('"schema":"assay.report/1"');
  });

  it('is tagged: headings, paragraphs, tables with their heads, lists, figures that say what they show', () => {
    expect(richFile).toMatch(/\/MarkInfo \d+ 0 R/);
    expect(richFile).toContain('/Marked true');
    for (const type of [
      'Document',
      'H1',
      'H2',
      'H3',
      'P',
      'Table',
      'TR',
      'TH',
      'TD',
      'L',
      'LI',
      'LBody',
      'Figure',
      'Caption',
    ])
      expect(richFile, type).toContain(`/S /${type}\n`);
    for (const [figure] of richFile.matchAll(/<<\n\/S \/Figure[^>]*>>/g)) expect(figure).toContain('/Alt (');
    expect(richFile).toContain('/Artifact <<\n/Type /Pagination\n>> BDC');
    // Whatever is drawn is either part of the structure or an ornament.
    for (const [, content = ''] of richFile.matchAll(/stream\n([^]*? BDC[^]*?)\nendstream/g))
      expect(unmarked(content)).toEqual([]);
  });

  it('shows what its fonts lack as an escape, and what cannot be seen too', async () => {
    const model = buildReportModel(smallInput({ name: '你\u202eمر🙂.mp4' }), text);
    const shown = textOf(await bytesOf(model));
    expect(shown).toContain('‹U+4F60›‹U+202E›‹U+0645›‹U+0631›‹U+1F642›.mp4');
    expect(usedCodes(await bytesOf(model))).not.toContain('0000');
  });

  it('has the letters of Kazakh, Kyrgyz and Tajik', async () => {
    const letters = 'ӘәҒғҚқҢңӨөҰұҮүҺһІі ҢңӨөҮү ҒғӢӣҚқӮӯҲҳҶҷ Ўўʻ';
    const shown = textOf(await bytesOf(buildReportModel(smallInput({ title: letters }), text)));
    expect(shown).toContain(letters);
    expect(shown).not.toContain('‹U+');
  });

  it("keeps hostile words out of the file's own syntax", async () => {
    const title = '</rdf:li><x>&"\u0000\u0007 >> endobj';
    const name = ') >> endobj\n(/JavaScript \\';
    const file = opened(await bytesOf(buildReportModel(smallInput({ title, name }), text)));
    const metadata = dictionary(file, /<x:xmpmeta[^]*<\/x:xmpmeta>/);
    expect(metadata).toContain('&lt;/rdf:li&gt;&lt;x&gt;&amp;&quot;');
    expect(metadata).not.toContain('<x>');
    for (const control of ['\u0000', '\u0007']) expect(metadata).not.toContain(control);
    // Bookmarks hold signs beyond ASCII here, so they are written in UTF-16.
    const utf16 = Buffer.from(') >> endobj', 'utf16le').swap16().toString('latin1');
    expect(file).not.toContain(utf16);
    expect(file).toContain(utf16.replace('\u0000)', '\u0000\\)'));
    const objects = (pdf: string) => pdf.match(/^endobj$/gm)?.length;
    expect(objects(file)).toBe(objects(opened(await bytesOf(small))));
  });

  it('is drawn whatever an exhibit calls itself: no string adds an object, ends one, or asks for a letter that is not there', async () => {
    const plain = opened(await bytesOf(small)).match(/^endobj$/gm)?.length ?? 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (words) => {
        const model = buildReportModel(smallInput({ title: words, name: words, source: words, software: words }), text);
        const { bytes, pages } = await render(model);
        expect(pages).toBeLessThan(8);
        expect(usedCodes(bytes)).not.toContain('0000');
        // One more row for the source, which the plain report does not have.
        expect((opened(bytes).match(/^endobj$/gm)?.length ?? 0) - plain).toBeLessThan(60);
      }),
      { numRuns: 40 },
    );
  });

  it('has a foot on every page with reference, number of pages and the hash of the data', () => {
    const shown = textOf(richPdf.bytes);
    for (const page of [1, richPdf.pages]) expect(shown).toContain(`Page ${page} of ${richPdf.pages}`);
    expect(shown.split('2026-014/Қ · R001').length - 1).toBeGreaterThanOrEqual(richPdf.pages);
  });

  it('says that there is no opinion, and prints the scale either way', async () => {
    const shown = textOf(await bytesOf(small));
    expect(shown).toContain('The examiner has put down no opinion');
    expect(shown).toContain('extremely strong support');
    expect(textOf(richPdf.bytes)).toContain('opinion 1');
  });
});

/** Operators that paint outside any marked content. */
function unmarked(content: string): string[] {
  let depth = 0;
  return content.split('\n').filter((line) => {
    if (/ (?:BDC|BMC)$/.test(line)) depth += 1;
    else if (line === 'EMC') depth -= 1;
    return depth === 0 && /(?:^| )(?:Tj|S|f|Do Q|B)(?: ET)?$/.test(line);
  });
}

/** Codes of glyphs that are drawn: 0000 would be the empty box. */
function usedCodes(pdf: Uint8Array): string[] {
  return [...opened(pdf).matchAll(/<([0-9a-f]+)> Tj/g)].flatMap(([, codes = '']) => codes.match(/.{4}/g) ?? []);
}

/** The text of a file as a reader takes it out: through the fonts' own tables of characters. */
function textOf(pdf: Uint8Array): string {
  const file = opened(pdf);
  const fonts = [...file.matchAll(/1 begincodespacerange[^]*?endbfrange/g)].map(([table]) => {
    const entries = [...table.matchAll(/^<[0-9a-f]{4}> <[0-9a-f]{4}> \[(.*)\]$/gm)].flatMap(
      ([, list = '']) => list.match(/<[^>]*>/g) ?? [],
    );
    return entries.map((entry) =>
      String.fromCodePoint(...(entry.match(/[0-9a-f]{4}/g) ?? []).map((code) => parseInt(code, 16))),
    );
  });
  const order = [...new Set([...file.matchAll(/BT \/(F\d+) /g)].map(([, id = '']) => id))].sort(
    (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
  );
  return [...file.matchAll(/BT \/(F\d+) .*? Tm <([0-9a-f]*)> Tj ET/g)]
    .map(([, id = '', codes = '']) =>
      (codes.match(/.{4}/g) ?? []).map((code) => fonts[order.indexOf(id)]?.[parseInt(code, 16)] ?? '?').join(''),
    )
    .join('\n')
    .replace(/\n/g, '');
}
