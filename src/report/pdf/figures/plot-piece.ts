import type { PlacedTick, Panel, PlotLayout, Shape } from '../../figures/plot-layout.ts';
import { colours, type Style } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';
import type { Typesetter } from '../layout/typesetter.ts';

/** Where a drawing stands: its pixels begin at `x`, `y` and are `scale` points large. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const tickStyle = (scale: number): Style => ({ face: 'sans', size: 10.5 * scale, colour: colours.muted });
const titleStyle = (scale: number): Style => ({ face: 'sans', size: 11 * scale, colour: colours.muted });

/** A laid-out series as lines, areas, bars and dots with its axes: vectors that stay sharp at any size. */
export function drawPlot(surface: Surface, set: Typesetter, layout: PlotLayout, place: Placement): void {
  for (const panel of layout.panels) drawPanel(surface, set, layout, panel, place);
  const bottom = layout.panels.at(-1)?.bottom ?? 0;
  drawTicks(surface, set, layout.ticks, bottom + 14, place);
  label(
    surface,
    set,
    layout.title,
    titleStyle(place.scale),
    (layout.left + layout.right) / 2,
    bottom + 29,
    'middle',
    place,
  );
}

/** Numbers below an axis that runs from left to right. */
export function drawTicks(
  surface: Surface,
  set: Typesetter,
  ticks: readonly PlacedTick[],
  baseline: number,
  place: Placement,
): void {
  for (const tick of ticks) label(surface, set, tick.label, tickStyle(place.scale), tick.at, baseline, 'middle', place);
}

function drawPanel(surface: Surface, set: Typesetter, layout: PlotLayout, panel: Panel, place: Placement): void {
  const { left, right, ticks } = layout;
  const { top, bottom } = panel;
  const { scale } = place;
  label(surface, set, panel.title, titleStyle(scale), left, top - 5, 'start', place);
  drawLegend(surface, set, layout, panel, place);
  for (const { at } of ticks) line(surface, [at, top, at, bottom], colours.grid, 1, place);
  for (const tick of panel.ticks) {
    line(surface, [left, tick.at, right, tick.at], colours.grid, 1, place);
    label(surface, set, tick.label, tickStyle(scale), left - 5, tick.at + 3.5, 'end', place);
  }
  for (const shape of panel.shapes) drawShape(surface, shape, place);
  const at = pointAt(place);
  surface.document
    .lineWidth(scale)
    .strokeColor(colours.muted)
    .moveTo(...at(left, top))
    .lineTo(...at(left, bottom))
    .lineTo(...at(right, bottom))
    .stroke();
}

/** Names of the columns with a sample of their line. */
function drawLegend(
  surface: Surface,
  set: Typesetter,
  { left, right }: PlotLayout,
  panel: Panel,
  place: Placement,
): void {
  const style = titleStyle(place.scale);
  const wide = (words: string) => set.line(words, style).width / place.scale;
  let x = left + (panel.title === '' ? 0 : wide(panel.title) + 16);
  for (const [index, name] of panel.legend.entries()) {
    const end = x + 18 + wide(name);
    if (end > right + 20) return;
    line(surface, [x, panel.top - 9, x + 14, panel.top - 9], colourOf(index), 1.6, place);
    label(surface, set, name, style, x + 18, panel.top - 5, 'start', place);
    x = end + 12;
  }
}

function colourOf(style: number): string {
  return colours.plot[style % colours.plot.length] ?? colours.text;
}

function drawShape(surface: Surface, shape: Shape, place: Placement): void {
  const { document } = surface;
  const at = pointAt(place);
  const { scale } = place;
  if (shape.points.length === 0) return;
  switch (shape.kind) {
    case 'line':
    case 'area': {
      const [[x, y] = [0, 0], ...rest] = shape.points;
      document.moveTo(...at(x, y));
      // A sample between two gaps is a line of no length, which round ends make visible.
      if (rest.length === 0) document.lineTo(...at(x + 0.01, y));
      for (const [nextX, nextY] of rest) document.lineTo(...at(nextX, nextY));
      if (shape.kind === 'area') surface.fillPath(colours.area);
      else
        document
          .lineWidth(1.3 * scale)
          .lineCap('round')
          .lineJoin('round')
          .strokeColor(colourOf(shape.style))
          .stroke();
      return;
    }
    case 'bars':
      for (const [x, y] of shape.points) document.moveTo(...at(x, shape.base)).lineTo(...at(x, y));
      document.lineWidth(scale).lineCap('butt').strokeColor(colourOf(shape.style)).stroke();
      return;
    case 'dots':
      for (const [x, y] of shape.points) document.moveTo(...at(x, y)).lineTo(...at(x + 0.01, y));
      document
        .lineWidth(3 * scale)
        .lineCap('round')
        .strokeColor(colourOf(shape.style))
        .stroke();
  }
}

/** Points of the page for pixels of a drawing, to a hundredth. */
export function pointAt({ x, y, scale }: Placement): (px: number, py: number) => [number, number] {
  const round = (value: number) => Math.round(value * 100) / 100;
  return (px, py) => [round(x + px * scale), round(y + py * scale)];
}

function line(
  surface: Surface,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  colour: string,
  width: number,
  place: Placement,
): void {
  const at = pointAt(place);
  surface.document.lineCap('butt');
  surface.rule(...at(x1, y1), ...at(x2, y2), colour, width * place.scale);
}

/** A label at a baseline, before, around or behind its place. */
export function label(
  surface: Surface,
  set: Typesetter,
  words: string,
  style: Style,
  x: number,
  baseline: number,
  anchor: 'start' | 'middle' | 'end',
  place: Placement,
): void {
  const made = set.line(words, style);
  const [left, top] = pointAt(place)(x, baseline);
  const shift = anchor === 'start' ? 0 : anchor === 'middle' ? made.width / 2 : made.width;
  for (const segment of made.segments) surface.textAt(segment.text, segment.style, left - shift + segment.x, top);
}
