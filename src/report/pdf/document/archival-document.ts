import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { visibleText } from '../../../base/visible-text.ts';
import type { PdfFonts } from './load-pdf-fonts.ts';

/** What pdfkit keeps inside and its type declarations do not show, as far as it is needed here (pdfkit 0.20). */
interface Inside {
  readonly _root: { data: Record<string, unknown> };
  appendXML(xml: string, newline?: boolean): void;
}

/** A reference to an object of the file. */
export interface PdfReference {
  readonly data: Record<string, unknown>;
  end(): void;
}

export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  /** BCP 47. */
  readonly language: string;
  readonly assayVersion: string;
  /** FORENSIC: the moment of the report, never the clock's: the same report gives the same bytes. */
  readonly createdAt: Date;
}

/**
 * A tagged PDF/A-3b document whose bytes depend on nothing but what is put into it. The identifier of the file is made from the
 * facts; nothing of the machine or its clock enters.
 */
export class ArchivalDocument extends PDFDocument {
  readonly #facts: DocumentFacts;

  constructor(given: DocumentFacts, fonts: PdfFonts) {
    const facts = { ...given, title: visibleText(given.title), author: visibleText(given.author) };
    super({
      autoFirstPage: false,
      bufferPages: true,
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      tagged: true,
      displayTitle: true,
      lang: facts.language,
      // The types know of names only; without a font at all the document does not begin with Helvetica, which is not embedded.
      font: null as unknown as string,
      info: {
        Title: facts.title,
        Author: facts.author,
        Creator: `Assay ${facts.assayVersion}`,
        Producer: `Assay ${facts.assayVersion} (PDFKit)`,
        CreationDate: facts.createdAt,
        ModDate: facts.createdAt,
      },
    });
    this.#facts = facts;
    for (const [face, bytes] of Object.entries(fonts)) this.registerFont(face, Buffer.from(bytes));
  }

  get inside(): Inside {
    return this as unknown as Inside;
  }

  newObject(data: Record<string, unknown>): PdfReference {
    return (this as unknown as { ref(data: Record<string, unknown>): PdfReference }).ref(data);
  }

  /**
   * The metadata that PDF/A wants beside the information dictionary (ISO 19005-3 §6.6.2), in its place in pdfkit. SECURITY: pdfkit
   * puts titles into the XML as they are; a case's title is a stranger's text.
   */
  _addInfo(): void {
    const { title, author, assayVersion, createdAt } = this.#facts;
    const moment = `${createdAt.toISOString().slice(0, 19)}Z`;
    const about = (prefix: string, uri: string, body: string) =>
      `<rdf:Description rdf:about="" xmlns:${prefix}="${uri}">${body}</rdf:Description>`;
    this.inside.appendXML(
      [
        about(
          'dc',
          'http://purl.org/dc/elements/1.1/',
          `<dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>`,
        ),
        about(
          'xmp',
          'http://ns.adobe.com/xap/1.0/',
          `<xmp:CreateDate>${moment}</xmp:CreateDate><xmp:ModifyDate>${moment}</xmp:ModifyDate><xmp:CreatorTool>Assay ${escapeXml(assayVersion)}</xmp:CreatorTool>`,
        ),
        about(
          'pdf',
          'http://ns.adobe.com/pdf/1.3/',
          `<pdf:Producer>Assay ${escapeXml(assayVersion)} (PDFKit)</pdf:Producer>`,
        ),
      ].join('\n'),
    );
  }

  /** pdfkit's own form dictionary names fonts for fields that are filled in; a signature has none. */
  override endAcroForm(): this {
    const form = this.inside._root.data['AcroForm'] as PdfReference | undefined;
    form?.end();
    return this;
  }

  /** Lines of the pages' contents, each page's kept together until it ends: pdfkit turns every line into bytes by itself. */
  readonly #lines = new Map<unknown, string[]>();

  override addContent(line: unknown): this {
    const page: unknown = this.page;
    const lines = this.#lines.get(page);
    if (lines === undefined) this.#lines.set(page, [String(line)]);
    else lines.push(String(line));
    return this;
  }

  override flushPages(): void {
    for (const [page, lines] of this.#lines) {
      const { content } = page as { content: PdfReference & { compress: boolean; write(chunk: Uint8Array): void } };
      content.compress = false;
      content.data['Filter'] = 'FlateDecode';
      content.write(deflateSync(Buffer.from(`${lines.join('\n')}\n`, 'latin1'), { level: quick }));
    }
    this.#lines.clear();
    super.flushPages();
  }

  /** Parts of the file in their order. Set by the first that comes, which is while pdfkit's own constructor runs. */
  declare private parts?: Uint8Array[];

  /** pdfkit hands its parts to a stream here; thousands of small ones are kept sooner than streamed. */
  override push(part: Uint8Array | null): boolean {
    if (part !== null) (this.parts ??= []).push(part);
    return true;
  }

  /** Ends the document and gives its bytes. */
  bytes(): Uint8Array {
    this.end();
    return new Uint8Array(Buffer.concat(this.parts ?? []));
  }
}

/** A third of the usual level's time, and a few per cent more bytes. */
const quick = 3;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
