import { MalformedPdf, PdfReader } from './pdf-value.ts';

/** SECURITY: versions of one file that are followed, and objects of all of them. */
const mostSections = 64;
const mostObjects = 1_000_000;

/**
 * Offsets of a PDF's objects, of all its versions, from its cross-reference tables (ISO 32000-1 §7.5.4). Cross-reference streams are not
 * read: Assay's own PDFs have tables.
 *
 * @throws MalformedPdf
 */
export function objectOffsets(pdf: Uint8Array): readonly number[] {
  const offsets = new Set<number>();
  const seen = new Set<number>();
  let at: number | undefined = lastStart(pdf);
  while (at !== undefined) {
    if (seen.has(at) || seen.size >= mostSections) throw new MalformedPdf('cross-references run in a circle');
    seen.add(at);
    at = readSection(pdf, at, offsets);
  }
  return [...offsets].sort((a, b) => a - b);
}

function lastStart(pdf: Uint8Array): number {
  const tail = Buffer.from(pdf.subarray(Math.max(0, pdf.length - 1024))).toString('latin1');
  const found = /startxref\s+(\d{1,12})\s+%%EOF\s*$/.exec(tail);
  if (found === null) throw new MalformedPdf('no startxref at the end');
  return Number(found[1]);
}

function readSection(pdf: Uint8Array, start: number, offsets: Set<number>): number | undefined {
  const reader = new PdfReader(pdf, start);
  if (reader.word() !== 'xref') throw new MalformedPdf('no table of cross-references');
  for (;;) {
    const word = reader.word();
    if (word === 'trailer') break;
    const count = Number(reader.word());
    if (!/^\d+$/.test(word) || !Number.isSafeInteger(count) || count > mostObjects)
      throw new MalformedPdf('cross-references cannot be read');
    for (let i = 0; i < count; i += 1) {
      const offset = reader.word();
      reader.word();
      const kind = reader.word();
      if (!/^\d{1,12}$/.test(offset) || (kind !== 'n' && kind !== 'f'))
        throw new MalformedPdf('a cross-reference cannot be read');
      if (kind === 'n') offsets.add(Number(offset));
    }
    if (offsets.size > mostObjects) throw new MalformedPdf('too many objects');
  }
  const trailer = reader.value();
  if (trailer.kind !== 'dictionary') throw new MalformedPdf('no trailer');
  const before = trailer.entries.get('/Prev');
  return before?.kind === 'number' ? before.value : undefined;
}
