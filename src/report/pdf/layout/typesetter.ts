import type { ArchivalDocument } from '../document/archival-document.ts';
import type { PdfFonts } from '../document/load-pdf-fonts.ts';
import { PdfFace } from '../document/pdf-face.ts';
import { runsOf, type Inline, type Run } from './inline.ts';
import type { Face, Style } from './style.ts';
import { wrapLines, type Line } from './wrap-lines.ts';

/**
 * Measures and breaks text in the document's own fonts. A sign that a face lacks is taken from the mono face, and what that
 * lacks too is written out as `‹U+XXXX›`: never an empty box, never a letter of the reader's machine.
 */
export class Typesetter {
  readonly faces: Readonly<Record<Face, PdfFace>>;

  constructor(document: ArchivalDocument, fonts: PdfFonts) {
    this.faces = {
      sans: new PdfFace(document, 'sans', fonts.sans),
      bold: new PdfFace(document, 'bold', fonts.bold),
      mono: new PdfFace(document, 'mono', fonts.mono),
    };
  }

  readonly measure = (text: string, { face, size }: Style): number => (this.faces[face].widthOf(text) * size) / 1000;

  /** The text in lines of at most this width. */
  lines(inline: Inline, style: Style, width: number): Line[] {
    return wrapLines(this.#covered(runsOf(inline, style)), width, this.measure);
  }

  /** The whole text on one line. */
  line(inline: Inline, style: Style): Line {
    const [line] = this.lines(inline, style, Infinity);
    return line ?? { segments: [], width: 0 };
  }

  /** The same runs, each in a face that has all its signs. */
  #covered(runs: readonly Run[]): Run[] {
    return runs.flatMap((run) => {
      const { text, style } = run;
      if (/^[\n\u0020-\u007e]*$/.test(text)) return [run];
      const parts: { text: string; style: Style }[] = [];
      for (const character of text) {
        const [face, shown] = this.#shownIn(style.face, character);
        const last = parts.at(-1);
        if (last?.style.face === face) last.text += shown;
        else parts.push({ text: shown, style: face === style.face ? style : this.#styleIn(style, face) });
      }
      return parts;
    });
  }

  #shownIn(face: Face, character: string): readonly [Face, string] {
    if (character === '\n') return [face, character];
    const code = character.codePointAt(0) ?? 0xfffd;
    if (this.faces[face].has(code)) return [face, character];
    if (this.faces.mono.has(code)) return ['mono', character];
    return [face, `\u2039U+${code.toString(16).toUpperCase().padStart(4, '0')}\u203a`];
  }

  readonly #substitutes = new Map<Style, Style>();

  /** One object for each style that stands in, so that neighbours in it join to one segment. */
  #styleIn(style: Style, face: Face): Style {
    const known = this.#substitutes.get(style) ?? { ...style, face };
    this.#substitutes.set(style, known);
    return known;
  }
}
