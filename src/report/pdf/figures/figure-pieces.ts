import { formatClock } from '../../../base/format-time.ts';
import { shorten } from '../../../base/shorten.ts';
import type { Figure, MarksFigure, PictureFigure, TableFigure } from '../../figures/figure.ts';
import { layoutPlot } from '../../figures/plot-layout.ts';
import { longestCell, viewTable } from '../../figures/table-view.ts';
import type { ReportArtefact } from '../../model/report-model.ts';
import { together } from '../layout/card.ts';
import { styled, type Inline } from '../layout/inline.ts';
import { withNote, type Frame, type Piece } from '../layout/piece.ts';
import { leadingOf, type } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';
import { table } from '../layout/table.ts';
import { tag, type Tag } from '../layout/tag.ts';
import { linePieces, paragraph } from '../layout/text-pieces.ts';
import type { PdfContext } from '../section-context.ts';
import { drawMap, mapSize } from './map-piece.ts';
import { drawMarks, marksHeight } from './marks-piece.ts';
import { drawPlot } from './plot-piece.ts';

/** Pixels that a drawing is laid out on, across the page and beside a finding's limits: as in the page. */
const sizes = { page: { width: 680, panelHeight: 92 }, card: { width: 460, panelHeight: 96 } } as const;
type Place = keyof typeof sizes;

interface Drawn {
  readonly pieces: readonly Piece[];
  /** How the drawing relates to the artefact: its resolution on paper, how much of a series a line shows. */
  readonly note?: string;
  /** True where the drawing must not leave its caption. */
  readonly whole: boolean;
}

/**
 * A pictured artefact with its number and caption: exhibit, frame, time, size shown and the SHA-256 of the whole artefact.
 * The caption goes over the whole frame; the drawing may be narrower.
 */
export function figurePieces(
  context: PdfContext,
  frame: Frame,
  exhibit: string,
  artefact: ReportArtefact,
  place: Place,
  parent: Tag,
  drawnWidth: number = frame.width,
): Piece[] {
  const figure: Figure = context.figures.get(artefact.id) ?? { kind: 'unreadable', reason: 'missing' };
  const as = tag('Figure', parent, { alt: altOf(context, exhibit, artefact) });
  const { pieces, note, whole } = draw(context, { ...frame, width: drawnWidth }, artefact, figure, place, {
    parent,
    as,
  });
  const caption = captionPieces(context, frame, exhibit, artefact, note, parent);
  if (whole) return together([...pieces, ...caption], 10);
  // A table is broken over pages; its caption stands above it, so that nobody reads rows without knowing of what.
  return [
    ...caption.map((piece, i) => ({ ...piece, keepWithNext: true, ...(i === 0 ? { before: 10 } : {}) })),
    ...pieces,
  ];
}

function altOf({ text, figureNumber }: PdfContext, exhibit: string, { id, caption }: ReportArtefact): string {
  return `${text('report:figures.number', { number: String(figureNumber(id)) })} ${exhibit}: ${caption}`;
}

function captionPieces(
  { text, set, figureNumber }: PdfContext,
  frame: Frame,
  exhibit: string,
  { id, caption, artefact: stored, atMs }: ReportArtefact,
  note: string | undefined,
  parent: Tag,
): Piece[] {
  const at = stored.kind === 'map' && stored.over?.plane === 'picture' ? stored.over.frame : undefined;
  const facts = [
    exhibit,
    at === undefined ? undefined : text('report:places.frame', { frame: String(at) }),
    atMs === undefined ? undefined : formatClock(atMs),
    note,
  ].filter((fact) => fact !== undefined);
  const words: Inline = [
    styled(type.captionBold, text('report:figures.number', { number: String(figureNumber(id)) })),
    ` ${caption}${/[.!?]$/.test(caption) ? '' : '.'} ${facts.join(' · ')}`,
    '\n',
    styled(type.captionMono, hashIn(set, stored.sha256, frame.width)),
  ];
  const lines = set.lines(words, type.caption, frame.width);
  return linePieces(lines, frame.x, type.caption, tag('Caption', parent), 3, false);
}

/** On one line where there is room, else in two halves of 32 digits: never cut at random. */
function hashIn(set: PdfContext['set'], sha256: string, width: number): string {
  const whole = `SHA-256 ${sha256}`;
  if (set.measure(whole, type.captionMono) <= width) return whole;
  return `SHA-256 ${sha256.slice(0, 32)}\n        ${sha256.slice(32)}`;
}

interface Tags {
  readonly parent: Tag;
  readonly as: Tag;
}

function draw(
  context: PdfContext,
  frame: Frame,
  artefact: ReportArtefact,
  figure: Figure,
  place: Place,
  { parent, as }: Tags,
): Drawn {
  const { text, set } = context;
  const say = (key: string): Drawn => ({
    pieces: paragraph(set, frame, text(key), { style: type.smallMuted, parent }),
    whole: true,
  });
  const drawing = (height: number, paint: (surface: Surface, y: number) => void): Piece => ({
    height,
    draw: (surface, y) => {
      surface.inside(as, () => {
        paint(surface, y);
      });
    },
  });
  switch (figure.kind) {
    case 'picture': {
      const { artefact: map } = artefact;
      if (map.kind !== 'map') return say('report:figures.nothing');
      const size = mapSize(map, figure, frame.width);
      return {
        pieces: [
          drawing(size.height, (surface, y) => {
            drawMap(surface, set, text, artefact, map, figure, size, frame.x, y);
          }),
        ],
        note: sizeNote(context, figure, size.pixelsPerInch),
        whole: true,
      };
    }
    case 'plot': {
      const layout = layoutPlot(text, figure, sizes[place]);
      if (layout === undefined) return say('report:figures.nothing');
      const scale = frame.width / layout.width;
      const note = layout.decimated ? `decimated-${figure.draw === 'bars' ? 'bars' : 'line'}` : 'samples';
      return {
        pieces: [
          drawing(layout.height * scale, (surface, y) => {
            drawPlot(surface, set, layout, { x: frame.x, y, scale });
          }),
        ],
        note: text(`report:figures.${note}`, { count: layout.samples }),
        whole: true,
      };
    }
    case 'table':
      return { pieces: tablePieces(context, frame, artefact, figure, parent), whole: false };
    case 'marks': {
      const { width } = sizes[place];
      const scale = frame.width / width;
      const rows = eventPieces(context, frame, artefact, figure, place === 'card' ? 5 : 12, parent);
      if (figure.marks.length === 0) return say('report:figures.nothing');
      return {
        pieces: [
          drawing(marksHeight * scale, (surface, y) => {
            drawMarks(surface, set, text, figure, width, { x: frame.x, y, scale });
          }),
          ...rows,
        ],
        whole: true,
      };
    }
    case 'unreadable':
      return say(`report:figures.unreadable.${figure.reason}`);
  }
}

function sizeNote({ text }: PdfContext, picture: PictureFigure, pixelsPerInch: number | undefined): string {
  const { shownWidth, shownHeight, fullWidth, fullHeight } = picture;
  const full = { fullWidth: String(fullWidth), fullHeight: String(fullHeight) };
  const size =
    shownWidth === fullWidth && shownHeight === fullHeight
      ? text('report:figures.full-size', full)
      : text('report:figures.reduced', { ...full, width: String(shownWidth), height: String(shownHeight) });
  return pixelsPerInch === undefined
    ? size
    : `${size}, ${text('pdf:figures.resolution', { ppi: String(pixelsPerInch) })}`;
}

function tablePieces(
  { text, set }: PdfContext,
  frame: Frame,
  artefact: ReportArtefact,
  figure: TableFigure,
  parent: Tag,
): Piece[] {
  const { columns, rows, cut } = viewTable(text, artefact, figure);
  const style = type.caption;
  return withNote(
    table(
      set,
      frame,
      columns.map(({ heading, numeric }) => ({
        heading,
        style: numeric ? type.captionMono : { ...style, colour: type.body.colour },
        align: numeric ? 'right' : 'left',
      })),
      rows.map((row) => row.map(({ shown, depth }) => `${'\u2003'.repeat(depth)}${shown}`)),
      { parent, before: 3 },
    ),
    cut === undefined ? [] : paragraph(set, frame, cut, { style: type.caption, parent, before: 3 }),
  );
}

/** The first events of an artefact as rows below their marks. */
function eventPieces(
  { text, set }: PdfContext,
  frame: Frame,
  { artefact }: ReportArtefact,
  figure: MarksFigure,
  most: number,
  parent: Tag,
): Piece[] {
  const rows = figure.marks.slice(0, most);
  if (rows.length === 0) return [];
  const cut = text('report:tables.cut-rows', { shown: rows.length, total: figure.total, file: artefact.file });
  const clock = { style: type.smallMono, width: set.measure('\u221200:00:00.000', type.smallMono) + 10 };
  return [
    ...table(
      set,
      frame,
      [
        { heading: text('report:tables.from'), ...clock },
        { heading: text('report:tables.to'), ...clock },
        { heading: text('report:tables.event') },
      ],
      rows.map(({ startMs, endMs, label }) => [
        formatClock(startMs),
        endMs === undefined ? '' : formatClock(endMs),
        shorten(label, longestCell),
      ]),
      { parent, before: 4 },
    ),
    ...(rows.length < figure.total ? paragraph(set, frame, cut, { style: type.caption, parent, before: 3 }) : []),
  ];
}

/** Height of a line of a caption, for those who lay figures out side by side. */
export const captionLeading = leadingOf(type.caption);
