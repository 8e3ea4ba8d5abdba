import type { Inline } from './inline.ts';
import { columnWidths } from './column-widths.ts';
import type { Frame, Piece } from './piece.ts';
import { colours, leadingOf, page, type, type Style } from './style.ts';
import type { Surface } from './surface.ts';
import { tag, type Tag } from './tag.ts';
import type { Typesetter } from './typesetter.ts';
import type { Line } from './wrap-lines.ts';

export interface TableColumn {
  readonly heading?: Inline;
  readonly align?: 'left' | 'right';
  /** Style of its cells. */
  readonly style?: Style;
  /** The cells of this column name their rows. */
  readonly rowHeading?: boolean;
  /** Width in points; by its texts where it has none. */
  readonly width?: number;
}

export interface TableOptions {
  readonly parent: Tag;
  readonly before?: number;
  /** Draws no rules between the rows: for short lists of names and values. */
  readonly plain?: boolean;
}

const padding = { x: 4, y: 2.2 };

/**
 * A table as its rows: no row is cut unless it is taller than a page, and the head is repeated on every page that the table
 * reaches. Without any heading it has no head.
 */
export function table(
  set: Typesetter,
  frame: Frame,
  columns: readonly TableColumn[],
  rows: readonly (readonly Inline[])[],
  options: TableOptions,
): Piece[] {
  const { plain = false, before = 6 } = options;
  const as = tag('Table', options.parent);
  const hasHead = columns.some(({ heading }) => heading !== undefined);
  const widths = columnWidths(
    set,
    columns.map((column, c) => ({
      fixed: column.width,
      heading: column.heading,
      cells: rows.map((row) => row[c]),
      style: column.style ?? type.small,
    })),
    frame.width,
    plain ? 8 : padding.x * 2,
  );
  const lefts = widths.map((_, c) => frame.x + widths.slice(0, c).reduce((sum, width) => sum + width, 0));
  const tableFrame = { x: frame.x, width: widths.reduce((sum, width) => sum + width, 0) };
  const place = { columns, widths, lefts, frame: tableFrame, plain };
  const headRow = hasHead
    ? rowOf(
        set,
        place,
        columns.map(({ heading }) => heading),
        true,
      )
    : undefined;
  const head: Piece | undefined =
    headRow === undefined
      ? undefined
      : { height: headRow.height, keepWithNext: true, before, draw: (surface, y) => headRow.draw(surface, y, as) };
  const again: Piece | undefined =
    headRow === undefined
      ? undefined
      : { height: headRow.height, draw: (surface, y) => headRow.draw(surface, y, undefined) };
  const body = rows.flatMap((row, r): Piece[] =>
    splitTall(rowOf(set, place, row, false)).map(({ height, draw }, part): Piece => {
      const rowTag = as;
      return {
        height,
        ...(head === undefined && r === 0 && part === 0 ? { before } : {}),
        ...(again === undefined ? {} : { head: again }),
        draw: (surface, y) => {
          draw(surface, y, rowTag);
        },
      };
    }),
  );
  // Neither a first row nor a last one stands alone on its page.
  const kept = body.map((piece, i) =>
    body.length > 2 && (i === 0 || i === body.length - 2) ? { ...piece, keepWithNext: true } : piece,
  );
  return head === undefined ? kept : [head, ...kept];
}

interface Place {
  readonly columns: readonly TableColumn[];
  readonly widths: readonly number[];
  readonly lefts: readonly number[];
  readonly frame: Frame;
  readonly plain: boolean;
}

interface Row {
  readonly height: number;
  /** Draws it as part of a table, or, without one, as an ornament. */
  readonly draw: (surface: Surface, y: number, table: Tag | undefined) => void;
  readonly cells: readonly Cell[];
  readonly place: Place;
  readonly rowTag: Map<Tag, Tag>;
}

interface Cell {
  readonly lines: readonly Line[];
  readonly leading: number;
  readonly tags: Map<Tag, Tag>;
}

function rowOf(set: Typesetter, place: Place, contents: readonly Inline[], isHead: boolean): Row {
  const { columns, widths, plain } = place;
  const cells = columns.map((column, c): Cell => {
    const style = isHead ? type.smallBold : (column.style ?? type.small);
    const room = (widths[c] ?? 0) - (plain ? 8 : padding.x * 2);
    return { lines: set.lines(contents[c], style, room), leading: leadingOf(style), tags: new Map() };
  });
  return makeRow(place, cells, isHead, new Map());
}

function makeRow(place: Place, cells: readonly Cell[], isHead: boolean, rowTag: Map<Tag, Tag>): Row {
  const { columns, widths, lefts, frame, plain } = place;
  const upper = plain ? 1 : padding.y;
  const inner = Math.max(0, ...cells.map(({ lines, leading }) => lines.length * leading));
  const height = inner + upper * 2;
  const draw = (surface: Surface, y: number, table: Tag | undefined): void => {
    if (!plain)
      surface.ornament(() => {
        if (isHead) surface.fill({ x: frame.x, y, width: frame.width, height }, colours.raised);
        surface.rule(frame.x, y + height, frame.x + frame.width, y + height, colours.line);
      });
    const rowAs = table === undefined ? undefined : tagIn(rowTag, table, () => tag('TR', table));
    for (const [c, { lines, leading, tags }] of cells.entries()) {
      const { align, rowHeading = false } = columns[c] ?? {};
      const left = (lefts[c] ?? 0) + (plain ? 0 : padding.x);
      const room = (widths[c] ?? 0) - (plain ? 8 : padding.x * 2);
      const drawCell = () => {
        for (const [i, line] of lines.entries())
          surface.line(line, align === 'right' ? left + room - line.width : left, y + upper + i * leading, leading);
      };
      if (rowAs === undefined) surface.ornament(drawCell, 'Pagination');
      else
        surface.inside(
          tagIn(tags, rowAs, () =>
            isHead || rowHeading ? tag('TH', rowAs, { scope: isHead ? 'Column' : 'Row' }) : tag('TD', rowAs),
          ),
          drawCell,
        );
    }
  };
  return { height, draw, cells, place, rowTag };
}

function tagIn(known: Map<Tag, Tag>, parent: Tag, make: () => Tag): Tag {
  const there = known.get(parent) ?? make();
  known.set(parent, there);
  return there;
}

/** A row that no page can hold goes over several, line by line; all others stay whole. */
function splitTall(row: Row): Row[] {
  const most = page.height - page.top - page.bottom - 40;
  if (row.height <= most) return [row];
  const leading = Math.max(...row.cells.map((cell) => cell.leading));
  const perPart = Math.floor((most - padding.y * 2) / leading);
  const parts = Math.ceil(Math.max(...row.cells.map(({ lines }) => lines.length)) / perPart);
  return Array.from({ length: parts }, (_, part) =>
    makeRow(
      row.place,
      row.cells.map((cell) => ({ ...cell, lines: cell.lines.slice(part * perPart, (part + 1) * perPart) })),
      false,
      row.rowTag,
    ),
  );
}
