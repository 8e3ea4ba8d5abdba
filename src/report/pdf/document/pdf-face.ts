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
  readonly #glyphs = new Map<string, { readonly glyph: number; readonly advance: number }>();

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

  has(character: string): boolean {
    return this.#of(character).glyph !== 0;
  }

  /** In thousandths of the type's size. */
  advance(character: string): number {
    return this.#of(character).advance;
  }

  /** The text in the codes of the embedded subset, as hexadecimal digits. */
  encode(text: string): string {
    const { subset, widths, unicode } = this.#font;
    let codes = '';
    for (const character of text) {
      const { glyph, advance } = this.#of(character);
      const code = subset.includeGlyph(glyph);
      widths[code] ??= advance;
      unicode[code] ??= [character.codePointAt(0) ?? 0xfffd];
      codes += code.toString(16).padStart(4, '0');
    }
    return codes;
  }

  #of(character: string): { readonly glyph: number; readonly advance: number } {
    const known = this.#glyphs.get(character);
    if (known !== undefined) return known;
    const glyph = this.#metrics.glyphOf(character.codePointAt(0) ?? 0);
    const made = { glyph, advance: this.#metrics.advanceOf(glyph) };
    this.#glyphs.set(character, made);
    return made;
  }
}
