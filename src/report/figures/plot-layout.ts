import type { Unit } from '../../base/finding.ts';
import type { Text } from '../../base/text.ts';
import { axisOver, type Axis } from './axis.ts';
import { decimateLine, extent, type Point } from './decimate.ts';
import type { PlotColumn, PlotFigure } from './figure.ts';

/** One thing to draw, in pixels of the plot. `style` counts the columns of a panel: colour and dash go by it. */
export type Shape =
  | { readonly kind: 'line'; readonly style: number; readonly points: readonly Point[] }
  /** Closed: the band between the lowest and the highest. */
  | { readonly kind: 'area'; readonly style: number; readonly points: readonly Point[] }
  /** Upright bars: [x, top]; they stand on `base`. */
  | { readonly kind: 'bars'; readonly style: number; readonly points: readonly Point[]; readonly base: number }
  | { readonly kind: 'dots'; readonly style: number; readonly points: readonly Point[] };

export interface PlacedTick {
  readonly at: number;
  readonly label: string;
}

export interface Panel {
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly PlacedTick[];
  /** What the upright axis measures, with its unit. */
  readonly title: string;
  readonly shapes: readonly Shape[];
  /** Names of the columns by style, where there is more than one. */
  readonly legend: readonly string[];
}

export interface PlotLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly panels: readonly Panel[];
  readonly ticks: readonly PlacedTick[];
  readonly title: string;
  readonly samples: number;
  /** True when not every sample is a point of its own. */
  readonly decimated: boolean;
}

export interface PlotSize {
  readonly width: number;
  readonly panelHeight: number;
}

const margin = { left: 56, right: 12, title: 16, gap: 12, bottom: 34 } as const;
const mostPanels = 4;
const mostLines = 6;

/**
 * Where everything of a plot stands, in pixels: one panel for each unit all over one
 * axis. Undefined where there is nothing to draw. Pure, so that SVG and PDF draw the same.
 */
export function layoutPlot(text: Text, figure: PlotFigure, size: PlotSize): PlotLayout | undefined {
  const [axisColumn, ...columns] = figure.columns;
  const span = axisColumn && extent(axisColumn.values);
  const groups = groupColumns(columns).slice(0, mostPanels);
  if (!axisColumn || !span || groups.length === 0) return undefined;
  const wide = span.max > span.min ? span : { min: span.min - 0.5, max: span.max + 0.5 };
  // A bar needs room on both sides of its place.
  const pad = figure.draw === 'bars' ? (wide.max - wide.min) / Math.max(2, axisColumn.values.length * 2) : 0;
  const axis = axisOver(
    text,
    axisColumn.unit,
    wide.min - pad,
    wide.max + pad,
    Math.max(4, Math.floor(size.width / 90)),
  );
  const left = margin.left;
  const right = size.width - margin.right;
  const across = (value: number) => round(left + ((value - axis.min) / (axis.max - axis.min)) * (right - left));
  const x = Float64Array.from(axisColumn.values, across);
  const panels = groups.map((group, i) =>
    layoutPanel(
      text,
      figure,
      group,
      x,
      right - left,
      margin.title + i * (size.panelHeight + margin.title + margin.gap),
      size,
    ),
  );
  const bottom = panels.at(-1)?.bottom ?? 0;
  return {
    width: size.width,
    height: bottom + margin.bottom,
    left,
    right,
    panels,
    ticks: axis.ticks.map(({ value, label }) => ({ at: across(value), label })),
    title: withUnit(axisColumn.heading, axis.unit),
    samples: x.length,
    decimated: x.length > (right - left) * 2,
  };
}

/** Columns that share a panel: those of one unit. A place in the picture (px) is no quantity where there is another. */
function groupColumns(columns: readonly PlotColumn[]): PlotColumn[][] {
  const quantities = columns.filter(({ unit }) => unit !== 'text' && unit !== 'px');
  const groups = new Map<Unit, PlotColumn[]>();
  for (const column of quantities.length > 0 ? quantities : columns.filter(({ unit }) => unit === 'px'))
    groups.set(column.unit, [...(groups.get(column.unit) ?? []), column]);
  return [...groups.values()].map((group) => group.slice(0, mostLines));
}

function layoutPanel(
  text: Text,
  figure: PlotFigure,
  columns: readonly PlotColumn[],
  x: Float64Array,
  widthPx: number,
  top: number,
  size: PlotSize,
): Panel {
  const bottom = top + size.panelHeight;
  const axis = uprightAxis(text, figure.draw, columns, size);
  const up = (value: number) => round(bottom - ((value - axis.min) / (axis.max - axis.min)) * size.panelHeight);
  const [first, second, ...others] = columns;
  const lines = (columnsToDraw: readonly PlotColumn[], from: number) =>
    columnsToDraw.flatMap(({ values }, i) =>
      shapesOf(figure.draw, from + i, x, Float64Array.from(values, up), up, axis, widthPx),
    );
  // An envelope's first two columns are its lowest and highest; others, such as the effective value, run inside it.
  const shapes =
    figure.draw === 'envelope' && first && second
      ? [...area(x, first.values, second.values, up, widthPx), ...lines(others, 1)]
      : lines(columns, 0);
  return {
    top,
    bottom,
    ticks: axis.ticks.map(({ value, label }) => ({ at: up(value), label })),
    title: withUnit(columns.length === 1 ? (first?.heading ?? '') : '', axis.unit),
    shapes,
    legend: legendOf(figure.draw, columns),
  };
}

function legendOf(draw: PlotFigure['draw'], columns: readonly PlotColumn[]): string[] {
  const names = columns.map(({ heading }) => heading);
  if (draw === 'envelope' && names.length > 1) return [names.slice(0, 2).join(' – '), ...names.slice(2)];
  return names.length > 1 ? names : [];
}

function uprightAxis(text: Text, draw: PlotFigure['draw'], columns: readonly PlotColumn[], size: PlotSize): Axis {
  const extents = columns.map(({ values }) => extent(values)).filter((e) => e !== undefined);
  let min = Math.min(...extents.map((e) => e.min), Infinity);
  let max = Math.max(...extents.map((e) => e.max), -Infinity);
  if (min > max) [min, max] = [0, 1];
  // Lengths are only compared rightly from zero.
  if (draw === 'bars' || (min > 0 && min < max * 0.6)) min = Math.min(min, 0);
  if (draw === 'bars') max = Math.max(max, 0);
  if (min === max)
    [min, max] = min === 0 ? [draw === 'bars' ? 0 : -1, 1] : [min - Math.abs(min) * 0.1, max + Math.abs(max) * 0.1];
  const pad = (max - min) * 0.06;
  return axisOver(
    text,
    columns[0]?.unit ?? '1',
    min === 0 ? 0 : min - pad,
    max === 0 ? 0 : max + pad,
    Math.max(2, Math.floor(size.panelHeight / 26)),
  );
}

function shapesOf(
  draw: PlotFigure['draw'],
  style: number,
  x: Float64Array,
  y: Float64Array,
  up: (value: number) => number,
  axis: Axis,
  widthPx: number,
): Shape[] {
  const base = up(Math.max(axis.min, Math.min(0, axis.max)));
  switch (draw) {
    case 'points':
      return [{ kind: 'dots', style, points: dots(x, y) }];
    case 'bars':
      return [{ kind: 'bars', style, base, points: highestPerColumn(x, y, base) }];
    case 'steps':
      return decimateLine(x, y, widthPx).map((points) => ({ kind: 'line', style, points: asSteps(points) }));
    case 'line':
    case 'envelope':
      return decimateLine(x, y, widthPx).map((points) => ({ kind: 'line', style, points }));
  }
}

function area(
  x: Float64Array,
  lowest: Float64Array,
  highest: Float64Array,
  up: (value: number) => number,
  widthPx: number,
): Shape[] {
  const lows = decimateLine(x, Float64Array.from(lowest, up), widthPx);
  const highs = decimateLine(x, Float64Array.from(highest, up), widthPx);
  return highs.map((high, i) => ({ kind: 'area', style: 0, points: [...high, ...[...(lows[i] ?? [])].reverse()] }));
}

/** One dot a pixel: more would not be seen. */
function dots(x: Float64Array, y: Float64Array): Point[] {
  const seen = new Map<string, Point>();
  for (let i = 0; i < x.length; i += 1) {
    const point: Point = [x[i] ?? NaN, y[i] ?? NaN];
    if (!Number.isFinite(point[0]) || !Number.isFinite(point[1])) continue;
    seen.set(`${Math.round(point[0])} ${Math.round(point[1])}`, point);
  }
  return [...seen.values()];
}

/** Of the bars that fall on one pixel the one that reaches furthest from the base: an outlier must not vanish. */
function highestPerColumn(x: Float64Array, y: Float64Array, base: number): Point[] {
  const bars = new Map<number, Point>();
  for (let i = 0; i < x.length; i += 1) {
    const point: Point = [x[i] ?? NaN, y[i] ?? NaN];
    if (!Number.isFinite(point[0]) || !Number.isFinite(point[1])) continue;
    const column = Math.round(point[0] * 2);
    const there = bars.get(column);
    if (!there || Math.abs(point[1] - base) > Math.abs(there[1] - base)) bars.set(column, point);
  }
  return [...bars.values()];
}

/** Each value holds until the next begins. */
function asSteps(points: readonly Point[]): Point[] {
  return points.flatMap(([x, y], i): Point[] => {
    const before = points[i - 1];
    return before === undefined
      ? [[x, y]]
      : [
          [x, before[1]],
          [x, y],
        ];
  });
}

function withUnit(heading: string, unit: string): string {
  return unit === '' ? heading : heading === '' ? unit : `${heading} (${unit})`;
}

/** A tenth of a pixel is finer than any page shows, and keeps the file small. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
