import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  SpectrogramPyramid,
  tileRaster,
  type SpectrogramTile,
} from '../../../../src/methods/audio/spectrogram-pyramid.ts';

const rows = 2;
const build = (columns: number, tileColumns: number) => {
  const pyramid = new SpectrogramPyramid(rows, tileColumns);
  const tiles: SpectrogramTile[] = [];
  for (let c = 0; c < columns; c++) tiles.push(...pyramid.push(Uint8Array.of(c % 251, (c * 7) % 256)));
  return [...tiles, ...pyramid.finish()];
};

describe('the spectrogram pyramid', () => {
  it('puts a short sound into a single tile of its true width', () => {
    const tiles = build(5, 8);
    expect(tiles.map(({ level, index, firstColumn, columns }) => ({ level, index, firstColumn, columns }))).toEqual([
      { level: 0, index: 0, firstColumn: 0, columns: 5 },
    ]);
    expect([...tiles[0]!.greys]).toEqual([0, 0, 1, 7, 2, 14, 3, 21, 4, 28]);
  });

  it('holds every column once a level, the strongest of four above, and ends with one tile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 40 }), (columns, tileColumns) => {
        const tiles = build(columns, tileColumns);
        const levels = Math.max(...tiles.map((tile) => tile.level)) + 1;
        let previous: number[][] = [];
        for (let level = 0; level < levels; level++) {
          const mine = tiles.filter((tile) => tile.level === level).sort((a, b) => a.index - b.index);
          const all: number[][] = [];
          mine.forEach((tile, i) => {
            expect(tile.index).toBe(i);
            expect(tile.firstColumn).toBe(all.length);
            expect(tile.columns).toBeLessThanOrEqual(tileColumns);
            for (let c = 0; c < tile.columns; c++) all.push([...tile.greys.subarray(c * rows, (c + 1) * rows)]);
          });
          if (level === 0) expect(all).toHaveLength(columns);
          else {
            const wanted = Array.from({ length: Math.ceil(previous.length / 4) }, (_, c) =>
              [0, 1].map((row) => Math.max(...previous.slice(c * 4, c * 4 + 4).map((column) => column[row]!))),
            );
            expect(all).toEqual(wanted);
          }
          previous = all;
          expect(mine.length === 1).toBe(level === levels - 1);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('turns a tile so that time runs right and frequency runs up', () => {
    // Columns (low, high): (1, 2), (3, 4), (5, 6).
    expect([...tileRaster(Uint8Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([2, 4, 6, 1, 3, 5]);
    const columns = 150;
    const height = 130;
    const greys = Uint8Array.from({ length: columns * height }, (_, i) => i % 253);
    const raster = tileRaster(greys, columns);
    for (const [column, row] of [
      [0, 0],
      [149, 129],
      [64, 63],
      [65, 64],
    ] as const)
      expect(raster[(height - 1 - row) * columns + column]).toBe(greys[column * height + row]);
  });
});
