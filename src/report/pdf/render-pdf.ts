import type { Text } from '../../base/text.ts';
import type { SignatureRoom } from '../../seal/pades/signature-room.ts';
import type { Figure } from '../figures/figure.ts';
import { figureOrder } from '../figures/figure-order.ts';
import type { ReportModel } from '../model/report-model.ts';
import { ArchivalDocument } from './document/archival-document.ts';
import { attachData } from './document/attach-data.ts';
import { drawFooters } from './document/draw-footers.ts';
import { drawPages, type Breathe } from './document/draw-pages.ts';
import type { PdfFonts } from './document/load-pdf-fonts.ts';
import { addSignatureField } from './document/signature-field.ts';
import type { Piece } from './layout/piece.ts';
import { page } from './layout/style.ts';
import { Surface } from './layout/surface.ts';
import { tag } from './layout/tag.ts';
import { Typesetter } from './layout/typesetter.ts';
import type { PdfContext } from './section-context.ts';
import { askedSection } from './sections/asked-section.ts';
import { custodySection } from './sections/custody-section.ts';
import { detailsSection } from './sections/details-section.ts';
import { exhibitsSection } from './sections/exhibits-section.ts';
import { findingsSection } from './sections/findings-section.ts';
import { methodsSection } from './sections/methods-section.ts';
import { limitsSection, notExaminedSection } from './sections/not-examined-section.ts';
import { opinionSection } from './sections/opinion-section.ts';
import { reproductionSection } from './sections/reproduction-section.ts';
import { summarySection } from './sections/summary-section.ts';
import { titleBlock } from './sections/title-block.ts';

export interface PdfAssets {
  readonly text: Text;
  readonly figures: ReadonlyMap<string, Figure>;
  readonly fonts: PdfFonts;
  /** `report.json`, which is attached. */
  readonly data: Uint8Array;
  /** Its SHA-256, lower-case hex. */
  readonly dataSha256: string;
  /** Called between parts of the work; without it the work is done in one go. */
  readonly breathe?: Breathe;
  /** Makes room for a signature. */
  readonly signature?: SignatureRoom;
}

export interface RenderedPdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** Where the signature's object begins in the file, where room for one was asked for. */
  readonly signatureAt?: number;
}

/** In the order of the report. */
const sections = [
  titleBlock,
  summarySection,
  askedSection,
  exhibitsSection,
  findingsSection,
  opinionSection,
  notExaminedSection,
  limitsSection,
  custodySection,
  methodsSection,
  reproductionSection,
  detailsSection,
] as const;

const noBreath: Breathe = () => Promise.resolve();

/**
 * The report as PDF/A-3b: tagged, with bookmarks, embedded fonts, report.json inside, and vectors for what was measured. The same model
 * and assets give the same bytes: its date is the model's, its identifier is made from its facts.
 */
export async function renderPdf(model: ReportModel, assets: PdfAssets): Promise<RenderedPdf> {
  const { text, figures, fonts, data, dataSha256, breathe = noBreath } = assets;
  const createdAt = new Date(model.createdAt.utc);
  const title = [model.case.reference, model.case.title, model.id].filter((part) => part !== undefined).join(' · ');
  const document = new ArchivalDocument(
    { title, author: model.case.examiner, language: model.language, assayVersion: model.assayVersion, createdAt },
    fonts,
  );
  const set = new Typesetter(document, fonts);
  const numbers = new Map(figureOrder(model).map((id, i) => [id, i + 1]));
  const context: PdfContext = {
    text,
    model,
    figures,
    figureNumber: (id) => numbers.get(id) ?? 0,
    set,
    frame: { x: page.side, width: page.width - page.side * 2 },
    root: tag('Document'),
    dataSha256,
  };
  const surface = new Surface(document, set.faces);
  const pieces: Piece[] = [];
  for (const section of sections) {
    for (const piece of section(context)) pieces.push(piece);
    await breathe();
  }
  const pages = await drawPages(surface, pieces, breathe);
  drawFooters(surface, set, pages, {
    left: [model.case.reference ?? model.case.title, model.id].join(' · '),
    middle: (number, of) => text('report:footer.page', { page: number, pages: of }),
    right: `SHA-256 ${dataSha256.slice(0, 16)}`,
  });
  attachData(document, {
    name: 'report.json',
    bytes: data,
    mediaType: 'application/json',
    description: text('pdf:attachment'),
    createdAt,
  });
  const signature = assets.signature === undefined ? undefined : addSignatureField(document, surface, assets.signature);
  const bytes = document.bytes();
  return { bytes, pages, ...(signature?.offset === undefined ? {} : { signatureAt: signature.offset }) };
}
