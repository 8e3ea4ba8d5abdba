import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { canonicalJsonFile } from '../../../../src/base/canonical-json.ts';
import type { Figure } from '../../../../src/report/figures/figure.ts';
import type { ReportModel } from '../../../../src/report/model/report-model.ts';
import { loadPdfFonts } from '../../../../src/report/pdf/document/load-pdf-fonts.ts';
import { renderPdf, type RenderedPdf } from '../../../../src/report/pdf/render-pdf.ts';
import type { SignatureRoom } from '../../../../src/seal/pades/signature-room.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';

export const text = await fixtureText();
export const fonts = await loadPdfFonts(resolve(import.meta.dirname, '../../../../resources'));

export function render(
  model: ReportModel,
  figures: ReadonlyMap<string, Figure> = new Map(),
  signature?: SignatureRoom,
): Promise<RenderedPdf> {
  const data = Buffer.from(canonicalJsonFile(model), 'utf8');
  const dataSha256 = createHash('sha256').update(data).digest('hex');
  return renderPdf(model, {
    text,
    figures,
    fonts,
    data,
    dataSha256,
    ...(signature === undefined ? {} : { signature }),
  });
}

/** The file as text, with every stream that can be unpacked unpacked in its place. */
export function opened(pdf: Uint8Array): string {
  const file = Buffer.from(pdf).toString('latin1');
  return file.replace(/stream\n([^]*?)\nendstream/g, (whole, body: string) => {
    try {
      return `stream\n${inflateSync(Buffer.from(body, 'latin1')).toString('latin1')}\nendstream`;
    } catch {
      return whole;
    }
  });
}

/** Only the bytes. */
export async function bytesOf(model: ReportModel, figures?: ReadonlyMap<string, Figure>): Promise<Uint8Array> {
  return (await render(model, figures)).bytes;
}
