import type { ArchivalDocument, PdfReference } from './archival-document.ts';
import { readGlyphMetrics, type GlyphMetrics } from './glyph-metrics.ts';
import type { Face } from '../layout/style.ts';

/** pdfkit's embedded font, as far as it is used here (pdfkit 0.20). */
interface EmbeddedFont {
  readonly id: string;
  readonly subset: { includeGlyph(glyph: number): number };
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
  ref(): PdfReference;
}

/**
 * One face of the document: measures letters and gives the codes that they have in the file. One glyph for each character at its own
 * advance: Latin and Cyrillic need no more here; kerning would make no line easier to read and costs most of a report's time, and
 * combining marks of these fonts stand over the letter before them by themselves.
 */
export class PdfFace {
  readonly #font: EmbeddedFont;
  readonly #metrics: GlyphMetrics;
  readonly #glyphs = new Map<number, number>();
  /** Codes in the subset, as they are written. */
  readonly #digits = new Map<number, string>();
  /** Widths of the first letters, which nearly all text is made of; NaN where not yet looked up. */
  readonly #widths = new Float64Array(0x600).fill(NaN);

  constructor(document: ArchivalDocument, face: Face, bytes: Uint8Array) {
    document.font(face);
    this.#font = (document as unknown as { _font: EmbeddedFont })._font;
    this.#metrics = readGlyphMetrics(bytes);
  }

  get id(): string {
    return this.#font.id;
  }

  ref(): PdfReference {
    return this.#font.ref();
  }

  has(codePoint: number): boolean {
    return this.#glyphOf(codePoint) !== 0;
  }

  /** In thousandths of the type's size. */
  widthOf(text: string): number {
    let sum = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.codePointAt(i) ?? 0;
      if (code > 0xffff) i += 1;
      let width = this.#widths[code] ?? NaN;
      if (Number.isNaN(width)) {
        width = this.#metrics.advanceOf(this.#glyphOf(code));
        if (code < this.#widths.length) this.#widths[code] = width;
      }
      sum += width;
    }
    return sum;
  }

  /** The text in the codes of the embedded subset, as hexadecimal digits. */
  encode(text: string): string {
    const { subset, widths, unicode } = this.#font;
    let codes = '';
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0xfffd;
      let digits = this.#digits.get(codePoint);
      if (digits === undefined) {
        const glyph = this.#glyphOf(codePoint);
        const code = subset.includeGlyph(glyph);
        widths[code] ??= this.#metrics.advanceOf(glyph);
        unicode[code] ??= [codePoint];
        digits = code.toString(16).padStart(4, '0');
        this.#digits.set(codePoint, digits);
      }
      codes += digits;
    }
    return codes;
  }

  #glyphOf(codePoint: number): number {
    const known = this.#glyphs.get(codePoint);
    if (known !== undefined) return known;
    const glyph = this.#metrics.glyphOf(codePoint);
    this.#glyphs.set(codePoint, glyph);
    return glyph;
  }
}
