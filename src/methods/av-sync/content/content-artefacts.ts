import { canonicalJsonFile } from '../../../base/canonical-json.ts';
import type { Unit } from '../../../base/finding.ts';
import { encodePng } from '../../../media/png.ts';
import type { MethodContext } from '../../method.ts';
import { round, roundMs } from '../container/round.ts';
import type { AvSyncParams } from '../parameters.ts';
import type { ContentReadings } from './examine-content.ts';
import type { StretchReport } from './examine-stretch.ts';
import { lagGrid } from './lag-scan.ts';
import type { LagCourse } from './lag-over-time.ts';
import type { PooledLag } from './pool-stretches.ts';
import type { SoundingMap } from './sounding-map.ts';

type Series = Readonly<Record<string, readonly number[]>>;

/** Most values of a series on the time axis: an hour at 25 frames a second, coarser beyond. */
const mostValues = 90_000;

export interface ContentArtefacts {
  /** Names of those that show the lag. */
  readonly lag: readonly string[];
  readonly time: readonly string[];
}

/** Keeps curve, null distribution, map, course over time, the two lanes and the region. */
export async function keepContentArtefacts(
  context: MethodContext,
  readings: ContentReadings,
  pooled: PooledLag | undefined,
  course: LagCourse,
  streams: { readonly picture: number; readonly sound: number },
  params: AvSyncParams,
): Promise<ContentArtefacts> {
  const series = async (
    name: string,
    draw: 'line' | 'bars' | 'points',
    units: Readonly<Record<string, Unit>>,
    columns: Series,
    stream?: number,
  ): Promise<string> => {
    const ids = Object.keys(units);
    await context.keep(
      {
        ...{ kind: 'series', name, title: name, mediaType: 'application/json', draw },
        columns: ids.map((id) => ({ id, unit: units[id]! })),
        length: columns[ids[0]!]?.length ?? 0,
        ...(stream === undefined ? {} : { stream }),
      },
      new TextEncoder().encode(canonicalJsonFile({ columns })),
    );
    return name;
  };
  const lag: string[] = [];
  const time: string[] = [];
  const used = readings.stretches.filter((stretch): stretch is Required<StretchReport> => stretch.best !== undefined);
  if (pooled !== undefined) {
    lag.push(
      await series('lag-curve', 'line', { lead: 'ms', score: '1', correlation: '1' }, curveColumns(pooled, params)),
      await series('null-distribution', 'bars', { score: '1', count: '1' }, nullColumns(pooled)),
    );
  }
  const brightest = used.reduce<Required<StretchReport> | undefined>(
    (best, one) => (best === undefined || peakOf(one) > peakOf(best) ? one : best),
    undefined,
  );
  if (brightest !== undefined) {
    lag.push(await keepMap(context, brightest.best.map, readings));
    lag.push(await keepRegions(context, used, readings));
    time.push(
      await series('mouth-motion', 'line', { time: 'ms', opening: '1' }, motionColumns(used), streams.picture),
      await series('speech-energy', 'line', { time: 'ms', level: 'dB' }, energyColumns(used), streams.sound),
    );
  }
  if (course.windows.length > 0) {
    const told = course.windows.filter((window) => window.told);
    time.push(
      await series(
        'lag-over-time',
        'points',
        { time: 'ms', lead: 'ms' },
        {
          time: told.map(({ startMs, endMs }) => roundMs((startMs + endMs) / 2)),
          lead: told.map(({ lagMs }) => round(params.naturalLeadMs - lagMs, 1)),
        },
        streams.sound,
      ),
      await keepWindows(context, course, params),
    );
  }
  return { lag, time };
}

const peakOf = ({ best }: Required<StretchReport>): number => Math.max(...best.curve);

/** Turned round, so that the axis is the lead: positive and to the right when the sound is ahead. */
function curveColumns(pooled: PooledLag, params: AvSyncParams): Series {
  const lags = lagGrid(params.searchMs);
  const turned = (values: ArrayLike<number>, decimals: number): number[] =>
    Array.from(values, (value) => round(value, decimals)).reverse();
  return {
    lead: turned(
      lags.map((lagMs) => params.naturalLeadMs - lagMs),
      1,
    ),
    score: turned(pooled.profile, 4),
    correlation: turned(pooled.curve, 4),
  };
}

function nullColumns({ nullHeights, score }: PooledLag): Series {
  const width = 0.25;
  const top = Math.ceil((Math.max(score, ...nullHeights) + width) / width);
  const counts = new Array<number>(top).fill(0);
  for (const height of nullHeights) counts[Math.min(top - 1, Math.floor(height / width))]! += 1;
  return { score: counts.map((_, i) => round((i + 0.5) * width, 3)), count: counts };
}

async function keepMap(context: MethodContext, map: SoundingMap, readings: ContentReadings): Promise<string> {
  const { columns, rows, values, cellPixels } = map;
  const most = Math.max(0.05, ...values);
  const { width, height } = readings;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = bilinear(values, columns, rows, (x + 0.5) / cellPixels - 0.5, (y + 0.5) / cellPixels - 0.5);
      data[y * width + x] = Math.round((255 * at) / most);
    }
  await context.keep(
    {
      ...{ kind: 'map', name: 'sounding-map', title: 'sounding-map', mediaType: 'image/png', width, height },
      scale: 'magma',
      legend: { min: 0, max: round(most, 3), unit: '1', label: 'correlation' },
      over: { plane: 'picture' },
    },
    await encodePng({ width, height, channels: 1, data }),
    { at: roundMs(map.atMs) },
  );
  return 'sounding-map';
}

function bilinear(values: Float32Array, columns: number, rows: number, x: number, y: number): number {
  const x0 = Math.max(0, Math.min(columns - 1, Math.floor(x)));
  const y0 = Math.max(0, Math.min(rows - 1, Math.floor(y)));
  const x1 = Math.min(columns - 1, x0 + 1);
  const y1 = Math.min(rows - 1, y0 + 1);
  const fx = Math.max(0, Math.min(1, x - x0));
  const fy = Math.max(0, Math.min(1, y - y0));
  const top = values[y0 * columns + x0]! * (1 - fx) + values[y0 * columns + x1]! * fx;
  const bottom = values[y1 * columns + x0]! * (1 - fx) + values[y1 * columns + x1]! * fx;
  return top * (1 - fy) + bottom * fy;
}

async function keepTable(
  context: MethodContext,
  name: string,
  columns: readonly (readonly [string, Unit])[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): Promise<string> {
  await context.keep(
    {
      ...{ kind: 'table', name, title: name, mediaType: 'application/json', rows: rows.length },
      columns: columns.map(([id, unit]) => ({ id, unit })),
    },
    new TextEncoder().encode(canonicalJsonFile({ columns: columns.map(([id]) => id), rows })),
  );
  return name;
}

/** Where the region is: every half second, following the head, in stored pixels. */
async function keepRegions(
  context: MethodContext,
  used: readonly Required<StretchReport>[],
  { pixelScale }: ContentReadings,
): Promise<string> {
  const rows: number[][] = [];
  for (const { best } of used) {
    let next = -Infinity;
    best.momentsMs.forEach((at, i) => {
      if (at < next || rows.length >= 5000) return;
      next = at + 500;
      const { x, y, width, height } = best.region;
      rows.push([
        roundMs(at),
        Math.round((x + best.shiftX[i]!) * pixelScale),
        Math.round((y + best.shiftY[i]!) * pixelScale),
        Math.round(width * pixelScale),
        Math.round(height * pixelScale),
      ]);
    });
  }
  return keepTable(
    context,
    'mouth-region',
    [
      ['time', 'ms'],
      ['x', 'px'],
      ['y', 'px'],
      ['width', 'px'],
      ['height', 'px'],
    ],
    rows,
  );
}

function keepWindows(context: MethodContext, course: LagCourse, params: AvSyncParams): Promise<string> {
  return keepTable(
    context,
    'lag-windows',
    [
      ['start', 'ms'],
      ['end', 'ms'],
      ['lead', 'ms'],
      ['score', '1'],
      ['nullScore', '1'],
      ['told', 'text'],
    ],
    course.windows.map(({ startMs, endMs, lagMs, score, nullMean, told, apart }) => [
      roundMs(startMs),
      roundMs(endMs),
      told ? round(params.naturalLeadMs - lagMs, 1) : null,
      round(score, 2),
      round(nullMean, 2),
      told ? 'told' : apart ? 'apart' : 'open',
    ]),
  );
}

function motionColumns(used: readonly Required<StretchReport>[]): Series {
  const total = used.reduce((sum, { pairs }) => sum + pairs, 0);
  const every = Math.max(1, Math.ceil(total / mostValues));
  const columns = { time: [] as number[], opening: [] as number[] };
  for (const { best } of used)
    for (let i = 0; i < best.momentsMs.length; i += every) {
      columns.time.push(roundMs(best.momentsMs[i]!));
      columns.opening.push(round(best.motion[i]!, 3));
    }
  return columns;
}

function energyColumns(used: readonly Required<StretchReport>[]): Series {
  const total = used.reduce((sum, { best }) => sum + best.energyDb.length, 0);
  const every = Math.max(1, Math.ceil(total / mostValues));
  const columns = { time: [] as number[], level: [] as number[] };
  for (const { best } of used)
    for (let i = 0; i < best.energyDb.length; i += every) {
      columns.time.push(roundMs(best.energyStartMs + i * best.energyStepMs));
      columns.level.push(round(best.energyDb[i]!, 2));
    }
  return columns;
}
