import type { Span } from '../../state/time.ts';

/** One piece of a series as it is asked of the engine: its zoom level and its place on that level's grid. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Most bins of one tile. */
export const tilePoints = 2048;
/** Bins that a tile's length is chosen for: fewer samples than {@link tilePoints} come exactly. */
const tileBins = 1024;
const fewestRows = 512;
const levelZeroMs = 1000;

/** Length of the tiles of a level in ms. */
export function tileLength(level: number): number {
  return levelZeroMs * 2 ** level;
}

/**
 * The level whose bins are no wider than a pixel, but whose tiles still hold enough rows, so that a sparse series is not
 * asked for by the sample and a line always finds its neighbours.
 */
export function tileLevel(msPerPixel: number, rowsPerMs: number): number {
  const byZoom = Math.floor(Math.log2((msPerPixel * tileBins) / levelZeroMs));
  const byRows = rowsPerMs > 0 ? Math.ceil(Math.log2(fewestRows / rowsPerMs / levelZeroMs)) : byZoom;
  return Math.max(byZoom, byRows);
}

/** Tiles of a level that touch a span, in order; never more than `most`, so that a wrong number cannot ask for thousands. */
export function tilesOver(level: number, span: Span, most = 64): Tile[] {
  const length = tileLength(level);
  const first = Math.floor(span.startMs / length);
  const last = Math.min(first + most - 1, Math.ceil(span.endMs / length) - 1);
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, i) => ({
    ...{ level, index: first + i },
    from: (first + i) * length,
    to: (first + i + 1) * length,
  }));
}
