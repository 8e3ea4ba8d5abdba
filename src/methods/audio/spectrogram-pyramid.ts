/** Columns of a coarser level stand for this many of the finer one. */
export const columnsPerCoarserColumn = 4;

/** One finished picture tile, still a column after the other from 0 Hz up. */
export interface SpectrogramTile {
  readonly level: number;
  readonly index: number;
  /** Column of this level that the tile begins with. */
  readonly firstColumn: number;
  readonly columns: number;
  readonly greys: Uint8Array;
}

interface Level {
  greys: Uint8Array;
  filled: number;
  firstColumn: number;
  tiles: number;
  /** Strongest value a row of the columns that wait to become one column of the next level. */
  readonly strongest: Uint8Array;
  waiting: number;
}

/**
 * Gathers spectrogram columns into tiles of bounded width at several zooms. A coarse column shows the strongest of its
 * four, so that a short sound is seen in every overview. Memory is one tile a level at most, whatever the length; a level that has
 * few columns takes little.
 */
export class SpectrogramPyramid {
  readonly #rows: number;
  readonly #tileColumns: number;
  readonly #levels: Level[] = [];

  constructor(rows: number, tileColumns: number) {
    this.#rows = rows;
    this.#tileColumns = tileColumns;
  }

  /** Takes columns in order; gives the tiles that are full, for keeping. */
  push(greys: Uint8Array): SpectrogramTile[] {
    const tiles: SpectrogramTile[] = [];
    for (let at = 0; at < greys.length; at += this.#rows) this.#add(0, greys.subarray(at, at + this.#rows), tiles);
    return tiles;
  }

  /** The tiles that are begun, up to the first level that fits into one tile: that is the overview. */
  finish(): SpectrogramTile[] {
    const tiles: SpectrogramTile[] = [];
    for (let number = 0; number < this.#levels.length; number++) {
      const level = this.#levels[number]!;
      const whole = level.tiles === 0;
      if (level.waiting > 0 && !whole) this.#raise(number, level, tiles);
      tiles.push(this.#close(number, level));
      if (whole) break;
    }
    return tiles;
  }

  #add(number: number, column: Uint8Array, tiles: SpectrogramTile[]): void {
    const level = (this.#levels[number] ??= this.#emptyLevel());
    // Only now, so that the last tile of a level is always closed by finish.
    if (level.filled === this.#tileColumns) tiles.push(this.#close(number, level));
    if (level.filled * this.#rows === level.greys.length) level.greys = this.#grown(level.greys);
    level.greys.set(column, level.filled * this.#rows);
    level.filled += 1;
    for (let row = 0; row < this.#rows; row++)
      if (column[row]! > level.strongest[row]!) level.strongest[row] = column[row]!;
    level.waiting += 1;
    if (level.waiting === columnsPerCoarserColumn) this.#raise(number, level, tiles);
  }

  #raise(number: number, level: Level, tiles: SpectrogramTile[]): void {
    level.waiting = 0;
    this.#add(number + 1, level.strongest, tiles);
    level.strongest.fill(0);
  }

  #close(number: number, level: Level): SpectrogramTile {
    const columns = level.filled;
    const greys = level.greys.slice(0, columns * this.#rows);
    const tile = { level: number, index: level.tiles, firstColumn: level.firstColumn, columns, greys };
    level.firstColumn += columns;
    level.filled = 0;
    level.tiles += 1;
    return tile;
  }

  #grown(greys: Uint8Array): Uint8Array {
    const grown = new Uint8Array(Math.min(greys.length * 2, this.#tileColumns * this.#rows));
    grown.set(greys);
    return grown;
  }

  #emptyLevel(): Level {
    return {
      greys: new Uint8Array(this.#rows),
      filled: 0,
      firstColumn: 0,
      tiles: 0,
      strongest: new Uint8Array(this.#rows),
      waiting: 0,
    };
  }
}

/** A tile as a raster: a row after the other from the highest frequency down, time to the right. */
export function tileRaster(greys: Uint8Array, columns: number): Uint8Array {
  const rows = greys.length / columns;
  const raster = new Uint8Array(greys.length);
  // In squares, so that both sides stay in the cache.
  const side = 64;
  for (let top = 0; top < rows; top += side)
    for (let left = 0; left < columns; left += side)
      for (let column = left; column < Math.min(left + side, columns); column++)
        for (let row = top; row < Math.min(top + side, rows); row++)
          raster[(rows - 1 - row) * columns + column] = greys[column * rows + row]!;
  return raster;
}
