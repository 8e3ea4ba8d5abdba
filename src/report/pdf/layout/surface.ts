import type { ArchivalDocument, PdfReference } from '../document/archival-document.ts';
import { visibleText } from '../../../base/visible-text.ts';
import { embedPng } from '../document/embed-png.ts';
import type { PdfFace } from '../document/pdf-face.ts';
import { page as paper, type Face, type Style } from './style.ts';
import type { Tag } from './tag.ts';
import type { Line } from './wrap-lines.ts';

type StructureElement = PDFKit.PDFStructureElement;

export interface Bookmark {
  addItem(title: string, options: Record<string, unknown>): Bookmark;
}

/** A rectangle in points from the page's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The pages as they are drawn on: coordinates in points from the upper left corner. Everything on them is either part of the
 * document's structure (`inside`) or an ornament (`ornament`), as tagged PDF asks.
 */
export class Surface {
  readonly document: ArchivalDocument;
  readonly #faces: Readonly<Record<Face, PdfFace>>;
  /** What text on this page is filled with at the moment. */
  #filled: string | undefined;
  readonly #elements = new Map<Tag, StructureElement>();
  /** Number of the page that a mark stands on, known before anything is drawn. */
  readonly pageOf = new Map<string, number>();
  /** Where a signature goes, once `signHere` has named the place. */
  signaturePlace: { readonly page: PdfReference; readonly box: Box } | undefined;

  constructor(document: ArchivalDocument, faces: Readonly<Record<Face, PdfFace>>) {
    this.document = document;
    this.#faces = faces;
  }

  newPage(): void {
    this.document.addPage();
    this.#filled = undefined;
  }

  /** Draws on a page that was drawn before, counted from 0. */
  backTo(page: number): void {
    this.document.switchToPage(page);
    this.#filled = undefined;
  }

  /** Draws what belongs to a structure element; may be called again for the same one, on the same page or the next. */
  inside(tag: Tag, draw: () => void): void {
    const element = this.#element(tag);
    const content = this.document.markStructureContent(tag.type);
    draw();
    this.document.endMarkedContent();
    element.add(content);
  }

  /** Draws what carries no meaning of its own: rules, backgrounds, repeated heads, page numbers. */
  ornament(draw: () => void, kind: 'Layout' | 'Pagination' = 'Layout'): void {
    this.document.markContent('Artifact', { type: kind });
    draw();
    this.document.endMarkedContent();
  }

  #element(tag: Tag): StructureElement {
    const known = this.#elements.get(tag);
    if (known !== undefined) return known;
    const parent = tag.parent === undefined ? undefined : this.#element(tag.parent);
    const element = this.document.struct(tag.type, spoken(tag.options));
    if (parent === undefined) this.document.addStructure(element);
    else parent.add(element);
    this.#elements.set(tag, element);
    return element;
  }

  /** A line of text whose box begins at `x`, `y` and is `leading` high; moved by `shift` to the right. */
  line(line: Line, x: number, y: number, leading: number): void {
    const size = Math.max(0, ...line.segments.map(({ style }) => style.size));
    const baseline = y + leading / 2 + size * 0.36;
    for (const segment of line.segments) this.textAt(segment.text, segment.style, x + segment.x, baseline);
  }

  /** Text at a baseline. The page's coordinates run downwards, so the letters are turned up again. */
  textAt(text: string, { face, size, colour }: Style, x: number, baseline: number): void {
    const font = this.#faces[face];
    const page = this.#page;
    page.fonts[font.id] ??= font.ref();
    this.#fillWith(colour);
    this.document.addContent(
      `BT /${font.id} ${rounded(size)} Tf 1 0 0 -1 ${rounded(x)} ${rounded(baseline)} Tm <${font.encode(text)}> Tj ET`,
    );
  }

  #fillWith(colour: string): void {
    if (this.#filled === colour) return;
    this.document.fillColor(colour);
    this.#filled = colour;
  }

  get #page(): OpenPage {
    return (this.document as unknown as { page: OpenPage }).page;
  }

  rule(x1: number, y1: number, x2: number, y2: number, colour: string, width = 0.5): void {
    this.document.lineWidth(width).strokeColor(colour).moveTo(x1, y1).lineTo(x2, y2).stroke();
  }

  /** Fills the path that was drawn. */
  fillPath(colour: string): void {
    this.#fillWith(colour);
    this.document.closePath().fill();
  }

  fill({ x, y, width, height }: Box, colour: string): void {
    this.#fillWith(colour);
    this.document.rect(x, y, width, height).fill();
  }

  picture(png: Uint8Array, { x, y, width, height }: Box): void {
    const image = embedPng(this.document, png);
    if (image === undefined) {
      this.document.image(Buffer.from(png.buffer, png.byteOffset, png.byteLength), x, y, { width, height });
      return;
    }
    this.#pictures += 1;
    const name = `P${this.#pictures}`;
    this.#page.xobjects[name] = image;
    const [w, h, left, bottom] = [width, height, x, y + height].map(rounded);
    this.document.addContent(`q ${w} 0 0 -${h} ${left} ${bottom} cm /${name} Do Q`);
  }

  #pictures = 0;

  /** A bookmark to this height of the page, under `parent` or at the top. */
  bookmark(title: string, y: number, parent?: Bookmark): Bookmark {
    const at = parent ?? this.document.outline;
    // `left` counts from the right edge here: this is the left edge of the page.
    return at.addItem(visibleText(title), {
      fit: false,
      top: Math.max(0, y - 8),
      left: paper.width,
      zoom: 0,
      expanded: false,
    });
  }

  /** Names the place on this page that stands for the signature. */
  signHere(box: Box): void {
    this.signaturePlace = { page: this.#page.dictionary, box };
  }
}

/** A page while it is drawn on (pdfkit 0.20). */
interface OpenPage {
  readonly dictionary: PdfReference;
  readonly fonts: Record<string, PdfReference>;
  readonly xobjects: Record<string, PdfReference>;
}

/** SECURITY: what a program reads aloud is a stranger's text as well. */
function spoken({ alt, ...options }: Tag['options']): Record<string, string> {
  return { ...options, ...(alt === undefined ? {} : { alt: visibleText(alt) }) };
}

/** To a thousandth of a point: finer than any printer. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
