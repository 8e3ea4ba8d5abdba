import type { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { EventArtefact, SeriesArtefact } from '../../../src/base/artefact.ts';
import { colourTable } from '../../../src/base/colour-table.ts';
import { seriesWindow } from '../../../src/contract/window-operations.ts';
import { call, OperationError } from '../../api/call.ts';
import type { Span } from '../../state/time.ts';
import type { TimeMap } from './lane-registry.ts';
import { tileLevel, tilePoints, tilesOver, type Tile } from './tile-grid.ts';

/** A stretch of a series as it is drawn: times in ms, NaN where there is no value. */
export interface SeriesPiece {
  readonly axis: Float64Array;
  /** Per column after the axis. */
  readonly min: readonly Float64Array[];
  readonly max: readonly Float64Array[];
  readonly exact: boolean;
}

/** One event of an event artefact. */
export interface LaneEvent {
  readonly startMs: number;
  readonly endMs?: number;
  readonly label: string;
}

const everythingMs = 1e12;
/** A picture that was looked at this long ago is let go. */
const keepPicturesMs = 60_000;
const keepSpansMs = 300_000;

/**
 * What the lanes of one exhibit draw. Everything asked for here answers at once with what is there, fetches what is not, and
 * tells `onArrival` when it came: the drawing never waits.
 */
export class AxisData {
  readonly folder: string;
  readonly exhibit: string;
  readonly #queries: QueryClient;
  readonly #onArrival: (lane: string) => void;
  readonly #pending = new Map<string, number>();
  readonly #failed = new Map<string, unknown>();
  /** Errors of single tiles: a tile that failed is not asked for in every frame. */
  readonly #lost = new Set<string>();

  constructor(queries: QueryClient, folder: string, exhibit: string, onArrival: (lane: string) => void) {
    this.#queries = queries;
    this.folder = folder;
    this.exhibit = exhibit;
    this.#onArrival = onArrival;
  }

  /** How a lane's fetching stands: the error of its last failure, and whether something is on its way. */
  stateOf(lane: string): { busy: boolean; error: unknown } {
    return { busy: (this.#pending.get(lane) ?? 0) > 0, error: this.#failed.get(lane) };
  }

  /** Forgets a lane's failures, so that its tiles are asked for again. */
  again(lane: string): void {
    this.#failed.delete(lane);
    this.#lost.clear();
    this.#onArrival(lane);
  }

  /** The whole of a series at a glance: at most {@link tilePoints} bins over the whole axis. */
  overview(lane: string, series: SeriesArtefact, whole: Span): SeriesPiece | undefined {
    // A short series comes exactly, wherever its samples lie.
    const span =
      series.length <= tilePoints
        ? { startMs: -everythingMs, endMs: everythingMs }
        : { startMs: whole.startMs, endMs: whole.endMs + 1 };
    return this.#span(lane, series, { level: Infinity, index: 0, from: span.startMs, to: span.endMs });
  }

  /** Pieces of a series over a span, in order. Where a piece is still on its way the overview stands in for it. */
  series(lane: string, series: SeriesArtefact, whole: Span, visible: Span, msPerPixel: number): SeriesPiece[] {
    const overview = this.overview(lane, series, whole);
    if (series.length <= tilePoints) return overview === undefined ? [] : [overview];
    const rowsPerMs = series.length / Math.max(1, whole.endMs - whole.startMs);
    const level = tileLevel(msPerPixel, rowsPerMs);
    const pieces = tilesOver(level, visible).map((tile) => this.#span(lane, series, tile));
    const there = pieces.filter((piece) => piece !== undefined);
    return there.length === pieces.length ? there : overview === undefined ? there : [overview];
  }

  /** The events of an artefact. */
  events(lane: string, artefact: EventArtefact, key: string): readonly LaneEvent[] | undefined {
    return this.#get(lane, ['artefact', artefact.sha256], async () => {
      const response = await this.#fetchArtefact(artefact.sha256, key);
      const { events } = (await response.json()) as { events: readonly LaneEvent[] };
      return events.filter(({ startMs }) => Number.isFinite(startMs));
    });
  }

  /** A map in its colours, ready to be drawn. */
  picture(lane: string, map: TimeMap, key: string): ImageBitmap | undefined {
    return this.#get(
      lane,
      ['artefact-picture', map.sha256],
      async () => inColours(await (await this.#fetchArtefact(map.sha256, key)).blob(), map),
      keepPicturesMs,
    );
  }

  #span(lane: string, series: SeriesArtefact, { level, index, from, to }: Tile): SeriesPiece | undefined {
    const factor = series.columns[0]?.unit === 's' ? 1000 : 1;
    const { folder, exhibit } = this;
    return this.#get(
      lane,
      [seriesWindow.name, folder, exhibit, series.sha256, level, index, from, to],
      async (signal) => {
        const input = {
          folder,
          exhibit,
          sha256: series.sha256,
          from: from / factor,
          to: to / factor,
          points: tilePoints,
        };
        return asPiece(await call(seriesWindow, input, signal), factor);
      },
      keepSpansMs,
    );
  }

  async #fetchArtefact(sha256: string, key: string): Promise<Response> {
    const response = await fetch(artefactAddress(this.folder, this.exhibit, key, sha256));
    if (!response.ok) throw new OperationError('unknown-name', { kind: 'artefact', name: sha256, known: '' });
    return response;
  }

  #get<T>(
    lane: string,
    queryKey: readonly unknown[],
    queryFn: (signal: AbortSignal) => Promise<T>,
    gcTime = Infinity,
  ): T | undefined {
    const there = this.#queries.getQueryData<T>(queryKey);
    if (there !== undefined) return there;
    const name = JSON.stringify(queryKey);
    const isOnItsWay = this.#queries.getQueryState(queryKey)?.fetchStatus === 'fetching';
    if (isOnItsWay || this.#lost.has(name)) return undefined;
    this.#pending.set(lane, (this.#pending.get(lane) ?? 0) + 1);
    this.#queries
      .query({ queryKey, queryFn: ({ signal }) => queryFn(signal), staleTime: Infinity, gcTime })
      .then(
        () => this.#failed.delete(lane),
        (error: unknown) => {
          this.#lost.add(name);
          this.#failed.set(lane, error);
        },
      )
      .finally(() => {
        this.#pending.set(lane, (this.#pending.get(lane) ?? 1) - 1);
        this.#onArrival(lane);
      });
    return undefined;
  }
}

/** Where an artefact's bytes are. */
export function artefactAddress(folder: string, exhibit: string, key: string, sha256: string): string {
  return `/artefact/${sha256}?${new URLSearchParams({ case: folder, exhibit, key }).toString()}`;
}

function asPiece(answer: z.infer<typeof seriesWindow.output>, factor: number): SeriesPiece {
  const numbers = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(values, (value) => value ?? NaN);
  return {
    axis: Float64Array.from(answer.axis, (at) => at * factor),
    min: answer.min.map(numbers),
    max: answer.max.map(numbers),
    exact: answer.exact,
  };
}

async function inColours(blob: Blob, { width, height, scale }: TimeMap): Promise<ImageBitmap> {
  const grey = await createImageBitmap(blob);
  if (scale === 'picture' || scale === 'grey') return grey;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return grey;
  context.drawImage(grey, 0, 0);
  grey.close();
  const raster = context.getImageData(0, 0, width, height);
  const table = colourTable(scale);
  for (let i = 0; i < raster.data.length; i += 4) {
    const at = (raster.data[i] ?? 0) * 3;
    raster.data[i] = table[at] ?? 0;
    raster.data[i + 1] = table[at + 1] ?? 0;
    raster.data[i + 2] = table[at + 2] ?? 0;
  }
  return createImageBitmap(raster);
}
