import { setImmediate as nextTurn } from 'node:timers/promises';
import { AssayError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import type { SignatureRoom } from '../seal/pades/signature-room.ts';
import type { DrawnReport } from './draw-report.ts';
import { loadReportStyle } from './load-report-style.ts';
import { loadPdfFonts } from './pdf/document/load-pdf-fonts.ts';
import type { RenderedPdf } from './pdf/render-pdf.ts';

export interface DrawPdfOptions {
  /** Room to be left for a signature. */
  readonly signature?: SignatureRoom;
  readonly signal?: AbortSignal;
}

/**
 * The drawn report as PDF. The PDF library is loaded when the first PDF is drawn, not before; between its parts others have their
 * turn.
 *
 * @throws AssayError `cancelled`
 */
export async function drawPdf(
  { json, model, figures, dataSha256 }: DrawnReport,
  text: Text,
  resourcesFolder: string,
  { signature, signal }: DrawPdfOptions = {},
): Promise<RenderedPdf> {
  const breathe = async (): Promise<void> => {
    if (signal?.aborted === true) throw new AssayError('cancelled', { what: model.id });
    await nextTurn();
  };
  const [{ renderPdf }, fonts] = await Promise.all([import('./pdf/render-pdf.ts'), loadPdfFonts(resourcesFolder)]);
  return renderPdf(model, {
    text,
    figures,
    fonts,
    data: Buffer.from(json, 'utf8'),
    dataSha256,
    breathe,
    ...(signature === undefined ? {} : { signature }),
  });
}

/** The drawn report's public note: one page for people who will not read the report. */
export async function drawNote(
  { model, figures, dataSha256 }: DrawnReport,
  text: Text,
  resourcesFolder: string,
  { signature }: DrawPdfOptions = {},
): Promise<RenderedPdf> {
  const [{ renderNote }, fonts] = await Promise.all([import('./note/render-note.ts'), loadPdfFonts(resourcesFolder)]);
  return renderNote(model, { text, figures, fonts, dataSha256, ...(signature === undefined ? {} : { signature }) });
}

/** The public note as a page, for those who copy from it. */
export async function drawNotePage(
  { model, figures, dataSha256 }: DrawnReport,
  text: Text,
  resourcesFolder: string,
): Promise<string> {
  const [{ renderNoteHtml }, style] = await Promise.all([
    import('./note/render-note-html.ts'),
    loadReportStyle(resourcesFolder),
  ]);
  return renderNoteHtml(model, { text, figures, style, dataSha256 });
}
