import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { npyColumnPieces, type NpyColumn } from '../../base/npy.ts';
import { ticksToMs } from '../../base/rational.ts';
import type { ProbedStream } from '../../media/exhibit-media.ts';
import { encodePng } from '../../media/png.ts';
import type { MethodContext, NewArtefact } from '../method.ts';
import { chooseCells } from './choose-cells.ts';
import { drawSheet, type ColourCoding } from './contact-sheet.ts';
import type { VideoExamination } from './examine-video.ts';
import type { FramesParams } from './parameters.ts';
import type { Repeats } from './summarise-repeats.ts';

/** Names of one stream's artefacts, for the findings that point at them. */
export interface FrameArtefacts {
  readonly index: string;
  readonly hashes: string;
  readonly motion: string;
  readonly scenes: string;
  readonly events: string;
  readonly sheet: string | undefined;
  readonly cells: string | undefined;
}

type Details = Record<string, string | number>;
const text = new TextEncoder();

/** Milliseconds to the microsecond; null where there is no time. */
export function frameTimeMs(ticks: number, { timeBase }: ProbedStream): number | null {
  return Number.isNaN(ticks) ? null : Math.round(ticksToMs(ticks, timeBase) * 1e3) / 1e3;
}

/** Keeps the frame index, the hashes, the motion and scene lanes, their events and the contact sheet of one stream. */
export async function keepFrameArtefacts(
  context: MethodContext,
  examination: VideoExamination,
  repeats: Repeats,
  params: FramesParams,
): Promise<FrameArtefacts> {
  const { stream } = examination;
  const details = { stream: stream.index, codec: stream.codec };
  const timeMs = examination.list.pts().map((ticks) => frameTimeMs(ticks, stream) ?? NaN);
  const names = {
    index: `frame-index-${stream.index}`,
    motion: `motion-${stream.index}`,
    scenes: `scene-score-${stream.index}`,
  };
  await keepIndex(context, examination, names.index, timeMs, details);
  await keepLanes(context, examination, names, timeMs, details);
  const hashes = await keepHashes(context, examination, timeMs, params, details);
  const events = await keepEvents(context, examination, repeats, timeMs, details);
  const sheet = await keepSheet(context, examination, params, details);
  return { ...names, hashes, events, sheet: sheet?.sheet, cells: sheet?.cells };
}

/** Writes a long series piece by piece. */
async function keepColumns(
  context: MethodContext,
  artefact: NewArtefact,
  columns: readonly NpyColumn[],
  details: Details,
): Promise<void> {
  const file = await context.keepStream('npy');
  for (const piece of npyColumnPieces(columns)) await file.write(piece);
  await file.finish(artefact, { details });
}

async function keepIndex(
  context: MethodContext,
  { list, stream }: VideoExamination,
  name: string,
  timeMs: Float64Array,
  details: Details,
): Promise<void> {
  await keepColumns(
    context,
    {
      ...{ kind: 'series', name, title: 'frame-index', mediaType: 'application/x-npy', stream: stream.index },
      columns: [
        { id: 'frame', unit: 'frames' },
        { id: 'timeMs', unit: 'ms' },
        { id: 'pts', unit: '1' },
        { id: 'durationTicks', unit: '1' },
      ],
      ...{ length: list.count, draw: 'points' },
    },
    [(row) => row, timeMs, list.pts(), list.durations()],
    { ...details, timeBase: `${stream.timeBase.num}/${stream.timeBase.den}` },
  );
}

async function keepLanes(
  context: MethodContext,
  examination: VideoExamination,
  names: { readonly motion: string; readonly scenes: string },
  timeMs: Float64Array,
  details: Details,
): Promise<void> {
  const { difference, sceneScore, histogramDistance, stream } = examination;
  // A decode that broke off can have hashed more frames than it sent.
  const length = Math.min(timeMs.length, difference.length);
  const cut = (values: Float64Array): Float64Array => values.subarray(0, length);
  const rounded = (values: Float64Array): Float64Array => cut(values).map((value) => Math.round(value * 1e4) / 1e4);
  const time = { id: 'timeMs', unit: 'ms' } as const;
  const common = {
    kind: 'series',
    mediaType: 'application/x-npy',
    stream: stream.index,
    length,
    draw: 'line',
  } as const;
  await keepColumns(
    context,
    { ...common, name: names.motion, title: 'motion', columns: [time, { id: 'differenceLevels', unit: 'levels' }] },
    [cut(timeMs), rounded(difference.view())],
    details,
  );
  await keepColumns(
    context,
    {
      ...{ ...common, name: names.scenes, title: 'scene-score' },
      columns: [time, { id: 'scenePercent', unit: 'percent' }, { id: 'histogramPercent', unit: 'percent' }],
    },
    [cut(timeMs), rounded(sceneScore.view()), rounded(histogramDistance.view())],
    details,
  );
}

/** The list of hashes, a row a frame, written piece by piece: it is the longest text that Assay makes. */
async function keepHashes(
  context: MethodContext,
  { list, stream }: VideoExamination,
  timeMs: Float64Array,
  params: FramesParams,
  details: Details,
): Promise<string> {
  const name = `frame-hashes-${stream.index}`;
  const file = await context.keepStream('json');
  await file.write(text.encode('{"columns":["frame","timeMs","hash"],"rows":['));
  const rowsAtOnce = 4096;
  for (let first = 0; first < list.count; first += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, list.count - first);
    const rows = Array.from({ length: count }, (_, i) => {
      const time = timeMs[first + i] ?? NaN;
      return JSON.stringify([first + i, Number.isNaN(time) ? null : time, list.hash(first + i)]);
    });
    await file.write(text.encode(`${first === 0 ? '' : ','}${rows.join(',')}`));
  }
  await file.write(text.encode(']}\n'));
  await file.finish(
    {
      ...{ kind: 'table', name, title: 'frame-hashes', mediaType: 'application/json', rows: list.count },
      columns: [
        { id: 'frame', unit: 'frames' },
        { id: 'timeMs', unit: 'ms' },
        { id: 'hash', unit: 'text' },
      ],
    },
    { details: { ...details, algorithm: params.hash } },
  );
  return name;
}

/** Events that one artefact holds of each kind. */
const mostEvents = 20_000;

async function keepEvents(
  context: MethodContext,
  { scenes, stream }: VideoExamination,
  repeats: Repeats,
  timeMs: Float64Array,
  details: Details,
): Promise<string> {
  const name = `frame-events-${stream.index}`;
  const span = (label: string, frame: number, frames: number): object[] => {
    const startMs = timeMs[frame] ?? NaN;
    const endMs = timeMs[Math.min(frame + frames, timeMs.length - 1)] ?? NaN;
    if (Number.isNaN(startMs)) return [];
    return [
      { label, startMs, ...(endMs > startMs && frames > 1 ? { endMs } : {}), frame, frames, stream: stream.index },
    ];
  };
  const events = [
    ...scenes.slice(0, mostEvents).flatMap((frame) => span('scene-change', frame, 1)),
    ...repeats.runs.slice(0, mostEvents).flatMap(({ first, length }) => span('same-frames', first, length)),
    ...repeats.sequences.slice(0, mostEvents).flatMap((one) => span('repeated', one.repeatedAtFrame, one.frames)),
  ] as { startMs: number; frame: number }[];
  events.sort((a, b) => a.startMs - b.startMs || a.frame - b.frame);
  await context.keep(
    { kind: 'event', name, title: 'frame-events', mediaType: 'application/json', count: events.length },
    text.encode(canonicalJsonFile({ events })),
    details,
  );
  return name;
}

async function keepSheet(
  context: MethodContext,
  examination: VideoExamination,
  params: FramesParams,
  details: Details,
): Promise<{ sheet: string; cells: string } | undefined> {
  const { stream, list } = examination;
  const cells = chooseCells(examination.regular.frames(), examination.sceneFrames.frames(), params.sheetCells);
  if (cells.length === 0) return undefined;
  const names = { sheet: `contact-sheet-${stream.index}`, cells: `contact-sheet-cells-${stream.index}` };
  const { layout, raster } = drawSheet(
    cells.map(({ frame }) => frame),
    stream.rotationDeg ?? 0,
    colourCoding(stream),
  );
  await context.keep(
    {
      ...{ kind: 'map', name: names.sheet, title: 'contact-sheet', mediaType: 'image/png', scale: 'picture' },
      ...{ width: raster.width, height: raster.height },
    },
    await encodePng(raster),
    { ...details, cells: cells.length },
  );
  const columns = ['row', 'column', 'frame', 'timeMs', 'because', 'hash'];
  const rows = cells.map(({ frame, because }, i) => [
    ...[Math.floor(i / layout.columns) + 1, (i % layout.columns) + 1, frame.index],
    ...[frame.pts === null ? null : frameTimeMs(frame.pts, stream), because, list.hash(frame.index)],
  ]);
  await context.keep(
    {
      ...{ kind: 'table', name: names.cells, title: 'contact-sheet-cells', mediaType: 'application/json' },
      columns: [
        { id: 'row', unit: '1' },
        { id: 'column', unit: '1' },
        { id: 'frame', unit: 'frames' },
        { id: 'timeMs', unit: 'ms' },
        { id: 'because', unit: 'text' },
        { id: 'hash', unit: 'text' },
      ],
      rows: rows.length,
    },
    text.encode(canonicalJsonFile({ columns, rows })),
    details,
  );
  return names;
}

/** The stream's own matrix; where it names none, what players assume: BT.709 from 720 lines on, else BT.601. */
export function colourCoding(stream: ProbedStream): ColourCoding {
  const named = stream.printed['color_space'];
  if (named === 'bt709') return { matrix: 'bt709' };
  if (named === 'bt2020nc' || named === 'bt2020c') return { matrix: 'bt2020' };
  const unnamed = named === undefined || named === 'unknown';
  return { matrix: unnamed && (stream.height ?? 0) >= 720 ? 'bt709' : 'bt601' };
}
