import type { MapArtefact } from '../../../base/artefact.ts';
import { colourTable } from '../../../base/colour-table.ts';
import { formatMeasure } from '../../../base/format-measure.ts';
import type { Text } from '../../../base/text.ts';
import { axisOver, type Axis } from '../../figures/axis.ts';
import type { PictureFigure } from '../../figures/figure.ts';
import type { ReportArtefact } from '../../model/report-model.ts';
import { colours, type Style } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';
import type { Typesetter } from '../layout/typesetter.ts';
import { drawTicks, label, pointAt, type Placement } from './plot-piece.ts';

const plane = { width: 680, height: 250, left: 56, right: 12, top: 20, bottom: 36 } as const;
/** Height in points of a picture of a scene and of a sheet; a taller one is made narrower, so that a card keeps to its page. */
const tallest = { scene: 240, sheet: 330 } as const;
const legendHeight = 30;
/** Points up to which a pixel is printed: cells of a map are read one by one, a small picture only gets coarse. */
const largestPixel = { cell: 12, picture: 3 } as const;

export interface MapSize {
  readonly width: number;
  /** With the legend below. */
  readonly height: number;
  readonly pictureHeight: number;
  /** Pixels of the stored picture on an inch of paper; absent for planes, which are stretched to their axes. */
  readonly pixelsPerInch?: number;
}

/** The size at which a map stands in a frame of this width. */
export function mapSize(map: MapArtefact, { shownWidth, shownHeight }: PictureFigure, room: number): MapSize {
  const legend = hasLegend(map) ? legendHeight : 0;
  if (map.over?.plane === 'time-frequency') {
    const pictureHeight = plane.height * (room / plane.width);
    return { width: room, pictureHeight, height: pictureHeight + legend };
  }
  const most = tallest[map.over?.plane === 'picture' ? 'scene' : 'sheet'];
  const pixel = largestPixel[map.scale === 'picture' ? 'picture' : 'cell'];
  const width = Math.min(room, shownWidth * pixel, most * (shownWidth / shownHeight));
  const pictureHeight = width * (shownHeight / shownWidth);
  return { width, pictureHeight, height: pictureHeight + legend, pixelsPerInch: Math.round((shownWidth * 72) / width) };
}

function hasLegend(map: MapArtefact): boolean {
  return map.legend !== undefined && map.scale !== 'picture';
}

/** A map as a picture: a plane of time and frequency with its axes, any other as it is; with its legend where it has one. */
export function drawMap(
  surface: Surface,
  set: Typesetter,
  text: Text,
  artefact: ReportArtefact,
  map: MapArtefact,
  figure: PictureFigure,
  size: MapSize,
  x: number,
  y: number,
): void {
  if (map.over?.plane === 'time-frequency')
    drawPlane(surface, set, text, map.over, figure, { x, y, scale: size.width / plane.width });
  else surface.picture(figure.png, { x, y, width: size.width, height: size.pictureHeight });
  if (hasLegend(map)) drawLegend(surface, set, text, artefact, map, x, y + size.pictureHeight + 4);
}

function drawPlane(
  surface: Surface,
  set: Typesetter,
  text: Text,
  over: Extract<NonNullable<MapArtefact['over']>, { plane: 'time-frequency' }>,
  figure: PictureFigure,
  place: Placement,
): void {
  const time = axisOver(text, 'ms', over.startMs, Math.max(over.endMs, over.startMs + 1), 7);
  const pitch = axisOver(text, 'Hz', over.minHz, Math.max(over.maxHz, over.minHz + 1), 5);
  const { left, top } = plane;
  const right = plane.width - plane.right;
  const bottom = plane.height - plane.bottom;
  const along = (axis: Axis, value: number, from: number, to: number) =>
    from + ((value - axis.min) / (axis.max - axis.min)) * (to - from);
  const { scale } = place;
  const title: Style = { face: 'sans', size: 11 * scale, colour: colours.muted };
  const tick: Style = { ...title, size: 10.5 * scale };
  const at = pointAt(place);
  const [x, y] = at(left, top);
  surface.picture(figure.png, { x, y, width: (right - left) * scale, height: (bottom - top) * scale });
  label(surface, set, `${text('report:figures.frequency')} (${pitch.unit})`, title, left, top - 7, 'start', place);
  for (const { value, label: number } of pitch.ticks)
    label(surface, set, number, tick, left - 5, along(pitch, value, bottom, top) + 3.5, 'end', place);
  drawTicks(
    surface,
    set,
    time.ticks.map(({ value, label: number }) => ({ at: along(time, value, left, right), label: number })),
    bottom + 14,
    place,
  );
  surface.rule(...at(left, top), ...at(left, bottom), colours.muted, scale);
  surface.rule(...at(left, bottom), ...at(right, bottom), colours.muted, scale);
  const middle = (left + right) / 2;
  label(surface, set, `${text('report:figures.time')} (${time.unit})`, title, middle, bottom + 29, 'middle', place);
}

function drawLegend(
  surface: Surface,
  set: Typesetter,
  text: Text,
  artefact: ReportArtefact,
  map: MapArtefact,
  x: number,
  y: number,
): void {
  const { legend, scale } = map;
  if (legend === undefined || scale === 'picture') return;
  const { min, max, unit } = legend;
  const table = colourTable(scale);
  const width = 150;
  const style: Style = { face: 'sans', size: 7, colour: colours.muted };
  const place: Placement = { x, y, scale: 1 };
  label(surface, set, artefact.legendLabel ?? legend.label, style, 0, 6, 'start', place);
  const steps = 32;
  for (let i = 0; i < steps; i += 1) {
    const at = Math.round((i * 255) / (steps - 1)) * 3;
    const colour = `#${[0, 1, 2].map((c) => (table[at + c] ?? 0).toString(16).padStart(2, '0')).join('')}`;
    surface.fill({ x: x + (i * width) / steps, y: y + 9, width: width / steps + 0.2, height: 6 }, colour);
  }
  const shown = (value: number) => formatMeasure(text, 'level', { value, unit });
  label(surface, set, shown(min), style, 0, 23, 'start', place);
  label(surface, set, shown((min + max) / 2), style, width / 2, 23, 'middle', place);
  label(surface, set, shown(max), style, width, 23, 'end', place);
}
