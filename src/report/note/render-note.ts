import type { PdfAssets, RenderedPdf } from '../pdf/render-pdf.ts';
import { ArchivalDocument } from '../pdf/document/archival-document.ts';
import { drawFooters } from '../pdf/document/draw-footers.ts';
import { drawPages } from '../pdf/document/draw-pages.ts';
import { addSignatureField } from '../pdf/document/signature-field.ts';
import { figurePieces } from '../pdf/figures/figure-pieces.ts';
import { pageRoom } from '../pdf/layout/card.ts';
import { heading } from '../pdf/layout/heading.ts';
import { styled } from '../pdf/layout/inline.ts';
import { drawStack, stackHeight, type Frame, type Piece } from '../pdf/layout/piece.ts';
import { colours, page, type } from '../pdf/layout/style.ts';
import { Surface } from '../pdf/layout/surface.ts';
import { tag, type Tag } from '../pdf/layout/tag.ts';
import { bullets, paragraph } from '../pdf/layout/text-pieces.ts';
import { Typesetter } from '../pdf/layout/typesetter.ts';
import type { PdfContext } from '../pdf/section-context.ts';
import type { ReportModel } from '../model/report-model.ts';
import { noteContent, type NoteContent } from './note-content.ts';
import { drawSquareCode } from './square-code.ts';

/** Side of the square code: large enough for a phone over a printed page. */
const codeSide = 96;

/**
 * The public note as a PDF/A-3b of one page, from the same model as the report. The same model gives the same bytes. The picture takes the
 * room that the words leave; where they leave none there is no picture.
 */
export async function renderNote(model: ReportModel, assets: Omit<PdfAssets, 'data'>): Promise<RenderedPdf> {
  const { text, figures, fonts, dataSha256 } = assets;
  const { title, subtitle } = noteContent(model, text, dataSha256);
  const document = new ArchivalDocument(
    {
      title: `${title} · ${subtitle}`,
      author: model.case.examiner,
      language: model.language,
      assayVersion: model.assayVersion,
      createdAt: new Date(model.createdAt.utc),
    },
    fonts,
  );
  const set = new Typesetter(document, fonts);
  const frame: Frame = { x: page.side, width: page.width - page.side * 2 };
  const root = tag('Document');
  const context: PdfContext = { text, model, figures, figureNumber: () => 1, set, frame, root, dataSha256 };
  const surface = new Surface(document, set.faces);
  const { content, words, foot, room } = fitting(context);
  await drawPages(surface, [...words, ...picturePieces(context, content, room), ...foot], () => Promise.resolve());
  drawFooters(surface, set, 1, {
    left: [model.case.reference ?? model.case.title, model.id].join(' · '),
    middle: (number, of) => text('report:footer.page', { page: number, pages: of }),
    right: `SHA-256 ${dataSha256.slice(0, 16)}`,
  });
  const signature = assets.signature === undefined ? undefined : addSignatureField(document, surface, assets.signature);
  const bytes = document.bytes();
  return { bytes, pages: 1, ...(signature?.offset === undefined ? {} : { signatureAt: signature.offset }) };
}

interface Fitting {
  readonly content: NoteContent;
  readonly words: readonly Piece[];
  readonly foot: readonly Piece[];
  /** What they leave of the page. */
  readonly room: number;
}

/** The words of the note, cut as far as they must be to stand on one page. */
function fitting(context: PdfContext): Fitting {
  const { model, text, dataSha256 } = context;
  const cutTo = (share: number): Fitting => {
    const content = noteContent(model, text, dataSha256, share);
    const words = [...headPieces(context, content), ...sectionPieces(context, content)];
    const foot = codePieces(context, content, context.root);
    return { content, words, foot, room: pageRoom - stackHeight([...words, ...foot]) - 20 };
  };
  for (const share of [1, 0.6, 0.35]) {
    const attempt = cutTo(share);
    if (attempt.room >= 0) return attempt;
  }
  return cutTo(0.2);
}

function headPieces({ set, frame, root }: PdfContext, { title, subtitle }: NoteContent): Piece[] {
  return [
    ...heading(set, frame, title, { level: 1, parent: root }),
    ...paragraph(set, frame, subtitle, { style: type.bodyMuted, parent: root, before: 3 }),
  ];
}

function sectionPieces({ set, frame, root }: PdfContext, { sections }: NoteContent): Piece[] {
  return sections.flatMap(({ heading: words, lines }) => [
    ...heading(set, frame, words, { level: 2, parent: root, before: 15 }),
    ...bullets(set, frame, lines, { parent: root }),
  ]);
}

/** The picture as large as the room allows; half as wide where it would be too tall, and none where even that does not fit. */
function picturePieces(context: PdfContext, { picture }: NoteContent, room: number): Piece[] {
  if (picture === undefined) return [];
  const { frame, root } = context;
  for (const share of [1, 0.8, 0.65, 0.5, 0.4, 0.3]) {
    const pieces = figurePieces(context, frame, picture.exhibit, picture.artefact, 'page', root, frame.width * share);
    if (stackHeight(pieces) + 10 <= room) return pieces;
  }
  return [];
}

/** The verification code in digits and as a square, with what it is for and who sealed. */
function codePieces({ set, frame, text }: PdfContext, content: NoteContent, root: Tag): Piece[] {
  const right: Frame = { x: frame.x + codeSide + 14, width: frame.width - codeSide - 14 };
  const words = [
    ...paragraph(set, right, text('note:code.heading'), { style: type.bodyBold, parent: root, before: 0 }),
    ...paragraph(set, right, styled({ face: 'mono', size: 15, colour: colours.text }, content.code), {
      style: { face: 'mono', size: 15, colour: colours.text },
      parent: root,
      before: 3,
    }),
    ...paragraph(set, right, content.codeMeaning, { style: type.small, parent: root }),
    ...paragraph(set, right, content.sealedBy, { style: type.smallMuted, parent: root }),
  ];
  const height = Math.max(codeSide, stackHeight(words));
  const figure = tag('Figure', root, { alt: content.codeText });
  return [
    {
      height,
      before: 14,
      draw: (surface, y) => {
        surface.inside(figure, () => {
          drawSquareCode(surface, content.codeText, { x: frame.x, y, width: codeSide, height: codeSide });
        });
        drawStack(words, surface, y);
        surface.signHere({ x: right.x, y, width: right.width, height });
      },
    },
  ];
}
