import { formatMeasure } from '../../../src/base/format-measure.ts';
import type { Text } from '../../../src/base/text.ts';
import { visibleText } from '../../../src/base/visible-text.ts';
import type { Span } from '../../state/time.ts';
import type { AxisData, SeriesPiece } from './axis-data.ts';
import { drawEnvelope, drawSamples } from './draw-envelope.ts';
import { drawEvents, drawMoments, type MarkedMoment } from './draw-events.ts';
import { drawSyncBands, withBands } from './draw-sync-bands.ts';
import { drawPlane } from './draw-plane.ts';
import { drawSeries, rangeOf, sampleAt, type Range } from './draw-series.ts';
import { drawLabel, type LaneCanvas } from './lane-canvas.ts';
import {
  slidesWithSound,
  type ArtefactLane,
  type EnvelopeLane,
  type EventLane,
  type Lane,
  type SeriesLane,
} from './lane-registry.ts';
import { msPerPixel } from './time-scale.ts';

export interface PainterContext {
  readonly data: AxisData;
  readonly text: Text;
  /** What the lanes of findings and bookmarks show. */
  readonly moments: readonly MarkedMoment[];
}

export interface PaintTime {
  readonly whole: Span;
  readonly soundShiftMs: number;
}

/** Draws one lane and reads its value at a moment. */
export interface LanePainter {
  /** `empty`: there is nothing to draw in the whole lane; `waiting`: nothing came yet. */
  paint(canvas: LaneCanvas, time: PaintTime): 'drawn' | 'waiting' | 'empty';
  /** The value under the cursor in words; empty where there is none. */
  valueAt(ms: number, time: PaintTime): string;
}

export function lanePainter(lane: Lane, context: PainterContext): LanePainter {
  switch (lane.kind) {
    case 'findings':
    case 'bookmarks':
      return momentsPainter(context.moments);
    case 'envelope':
      return envelopePainter(lane, context);
    case 'series':
      return seriesPainter(lane, context);
    case 'plane':
      return {
        paint: (canvas, { soundShiftMs }) => {
          const top = lane.maps[0]?.over.maxHz ?? 0;
          const label = formatMeasure(context.text, 'frequency', { value: top, unit: 'Hz' });
          return drawPlane(canvas, lane, context.data, soundShiftMs, label) ? 'drawn' : 'waiting';
        },
        valueAt: () => '',
      };
    case 'event':
      return eventPainter(lane, context);
  }
}

function momentsPainter(moments: readonly MarkedMoment[]): LanePainter {
  return {
    paint(canvas) {
      drawMoments(canvas, moments);
      return moments.length === 0 ? 'empty' : 'drawn';
    },
    valueAt: (ms) =>
      moments.find(({ startMs, endMs }) => startMs <= ms && ms < Math.max(endMs ?? startMs, startMs + 40))?.words ?? '',
  };
}

function seriesPainter(lane: SeriesLane, { data, text }: PainterContext): LanePainter {
  const { id, series } = lane;
  const slides = slidesWithSound(lane);
  let range: { of: SeriesPiece; range: Range } | undefined;
  let drawn: readonly SeriesPiece[] = [];
  return {
    paint(canvas, { whole, soundShiftMs }) {
      const overview = data.overview(id, series, whole);
      if (overview === undefined) return 'waiting';
      if (overview.axis.length === 0) return 'empty';
      // The scale is the whole exhibit's, so that it does not move while one pans.
      const isLead = `${lane.method}:${lane.title}` === 'av-sync:lag-over-time';
      if (range?.of !== overview) {
        const own = rangeOf(overview);
        range = { of: overview, range: isLead ? withBands(own) : own };
      }
      const shiftMs = slides ? soundShiftMs : 0;
      const visible = { startMs: canvas.visible.startMs + shiftMs, endMs: canvas.visible.endMs + shiftMs };
      drawn = data.series(id, series, whole, visible, msPerPixel(canvas));
      if (isLead) drawSyncBands(canvas, range.range);
      drawSeries({ ...canvas, visible }, series, drawn, range.range);
      const column = series.columns[1];
      if (column !== undefined && canvas.height >= 28)
        drawLabel(canvas, shortMeasure(text, column.id, range.range.high, column.unit), canvas.width - 4, 1, 'right');
      return 'drawn';
    },
    valueAt(ms, { soundShiftMs }) {
      const found = pieceAt(drawn, slides ? ms + soundShiftMs : ms);
      if (found === undefined) return '';
      const values = series.columns.slice(1).map(({ id: name, unit }, column) => {
        const value = found.piece.max[column]?.[found.at] ?? NaN;
        return Number.isNaN(value) || (column > 0 && value === 0 && series.draw === 'bars')
          ? undefined
          : shortMeasure(text, name, value, unit);
      });
      // The second column of bars repeats the first where it holds.
      const shown = series.draw === 'bars' ? values.slice(0, 1) : values;
      return shown.filter((value) => value !== undefined).join(' · ');
    },
  };
}

/** A measure without what it is in exact bytes: in the head of a lane there is room for one number. */
function shortMeasure(text: Text, name: string, value: number, unit: ArtefactUnit): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
  const full = formatMeasure(text, name, { value: rounded, unit });
  return unit === 'bytes' || unit === 'ms' ? (/\(([^()]*)\)$/.exec(full)?.[1] ?? full) : full;
}

type ArtefactUnit = SeriesLane['series']['columns'][number]['unit'];

function pieceAt(pieces: readonly SeriesPiece[], ms: number): { piece: SeriesPiece; at: number } | undefined {
  for (let i = pieces.length - 1; i >= 0; i--) {
    const piece = pieces[i];
    const at = piece === undefined ? -1 : sampleAt(piece.axis, ms);
    if (piece !== undefined && at >= 0) return { piece, at };
  }
  return undefined;
}

/** Below this many bins of the finest level in a pixel, single samples are drawn. */
const samplesFrom = 0.25;

function envelopePainter(lane: EnvelopeLane, { data, text }: PainterContext): LanePainter {
  let drawn: readonly (readonly SeriesPiece[])[] = [];
  let areSamples = false;
  const columnOf = (channel: number, id: string): number =>
    (lane.channels[channel]?.[0]?.columns.findIndex((one) => one.id === id) ?? 0) - 1;
  return {
    paint(canvas, { whole, soundShiftMs: shiftMs }) {
      const each = canvas.height / Math.max(1, lane.channels.length);
      const visible = { startMs: canvas.visible.startMs + shiftMs, endMs: canvas.visible.endMs + shiftMs };
      const finest = lane.channels[0]?.[0];
      // Drawn to the loudest of the whole exhibit; the label says what that is.
      const peaks = lane.channels.map((levels, channel) => {
        const coarsest = levels.at(-1);
        const overview = coarsest === undefined ? undefined : data.overview(lane.id, coarsest, whole);
        return overview === undefined
          ? 0
          : peakOf(overview, [columnOf(channel, 'lowest'), columnOf(channel, 'highest')]);
      });
      const loudest = Math.max(0, ...peaks);
      const full = loudest > 0 ? Math.min(1, loudest) : 1;
      const binMs = (whole.endMs - whole.startMs) / Math.max(1, finest?.length ?? 1);
      const wanted = msPerPixel(canvas);
      const { sound } = lane;
      const samples =
        sound !== undefined && wanted < binMs * samplesFrom
          ? data.series(lane.id, sound, whole, visible, wanted)
          : undefined;
      areSamples = samples !== undefined && samples.length > 0 && samples[0]?.exact === true;
      if (samples !== undefined && areSamples) {
        drawn = [samples];
        lane.channels.forEach((_, channel) =>
          drawSamples(canvas, samples, channel, { top: channel * each, height: each, shiftMs, full }),
        );
        return 'drawn';
      }
      drawn = lane.channels.map((levels) => {
        const level = levels.findLast((one) => (whole.endMs - whole.startMs) / Math.max(1, one.length) <= wanted);
        const chosen = level ?? levels[0];
        return chosen === undefined ? [] : data.series(lane.id, chosen, whole, visible, wanted);
      });
      drawn.forEach((pieces, channel) => {
        const columns = {
          lowest: columnOf(channel, 'lowest'),
          highest: columnOf(channel, 'highest'),
          rms: columnOf(channel, 'rms') < 0 ? undefined : columnOf(channel, 'rms'),
        };
        drawEnvelope(canvas, pieces, columns, { top: channel * each, height: each, shiftMs, full });
      });
      if (loudest > 0) drawLabel(canvas, decibels(text, loudest), canvas.width - 4, 1, 'right');
      return drawn.some((pieces) => pieces.length > 0) ? 'drawn' : 'waiting';
    },
    valueAt(ms, { soundShiftMs }) {
      const peaks = drawn.flatMap((pieces) => {
        const found = pieceAt(pieces, ms + soundShiftMs);
        if (found === undefined) return [];
        const { piece, at } = found;
        const columns = areSamples ? piece.max.map((_, c) => c) : [columnOf(0, 'lowest'), columnOf(0, 'highest')];
        return columns.map((c) => Math.max(Math.abs(piece.max[c]?.[at] ?? 0), Math.abs(piece.min[c]?.[at] ?? 0)));
      });
      const peak = Math.max(0, ...peaks);
      if (peaks.length === 0) return '';
      return peak === 0 ? text('window/axis:silent') : decibels(text, peak);
    },
  };
}

function decibels(text: Text, amplitude: number): string {
  return formatMeasure(text, 'peak', { value: 20 * Math.log10(amplitude), unit: 'dB' });
}

/** Largest magnitude in these columns of a piece. */
function peakOf(piece: SeriesPiece, columns: readonly number[]): number {
  let peak = 0;
  for (const column of columns) {
    for (const side of [piece.min[column], piece.max[column]])
      side?.forEach((value) => {
        if (Math.abs(value) > peak) peak = Math.abs(value);
      });
  }
  return peak;
}

function eventPainter(lane: EventLane, { data, text }: PainterContext): LanePainter {
  const words = (label: string): string => {
    const key = `methods/${lane.method}:events.${label}`;
    return text.has(key) ? text(key) : visibleText(label);
  };
  let longest = { of: undefined as unknown, ms: 0 };
  return {
    paint(canvas) {
      if (lane.events.count === 0) return 'empty';
      const events = data.events(lane.id, lane.events, lane.key);
      if (events === undefined) return 'waiting';
      drawEvents(canvas, events, [...new Set(events.map(({ label }) => label))], words);
      return 'drawn';
    },
    valueAt(ms) {
      const events = lane.events.count === 0 ? undefined : data.events(lane.id, lane.events, lane.key);
      if (events === undefined) return '';
      if (longest.of !== events)
        longest = { of: events, ms: Math.max(0, ...events.map(({ startMs, endMs }) => (endMs ?? startMs) - startMs)) };
      const starts = (at: number): number => events[at]?.startMs ?? Infinity;
      // Events are ordered by their start: walk back as far as the longest could still reach.
      for (let at = lastFrom(events.length, starts, ms); at >= 0 && starts(at) >= ms - longest.ms - momentMs; at--) {
        const { startMs, endMs, label } = events[at] ?? { startMs: NaN, label: '' };
        if (ms <= Math.max(endMs ?? startMs, startMs + momentMs)) return words(label);
      }
      return '';
    },
  };
}

/** A moment counts as under the cursor for as long as a picture is shown. */
const momentMs = 40;

function lastFrom(length: number, starts: (at: number) => number, ms: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts(middle) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The lane's name: the axis's own short one where it has it, else the artefact's caption. */
export function laneTitle(lane: Lane, text: Text): string {
  if (!('title' in lane)) return text(`window/axis:lanes.${lane.id}`);
  return artefactTitle(lane, text);
}

/** The names of lanes as a list shows them: those that several streams share say which stream. */
export function laneTitles(lanes: readonly Lane[], text: Text): ReadonlyMap<string, string> {
  const named = lanes.map((lane) => ({ lane, title: laneTitle(lane, text) }));
  return new Map(
    named.map(({ lane, title }) => {
      const isShared = named.filter((other) => other.title === title).length > 1;
      const stream = isShared && 'stream' in lane ? lane.stream : undefined;
      return [lane.id, stream === undefined ? title : text('window/axis:lane.ofStream', { title, stream })];
    }),
  );
}

function artefactTitle({ method, title, details }: ArtefactLane, text: Text): string {
  const short = `window/axis:lanes.${method}.${title}`;
  if (text.has(short)) return text(short, details);
  const caption = `methods/${method}:artefacts.${title}`;
  return text.has(caption) ? text(caption, details) : visibleText(title);
}
