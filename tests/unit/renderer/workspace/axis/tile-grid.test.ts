import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tileLength, tileLevel, tilePoints, tilesOver } from '../../../../../renderer/workspace/axis/tile-grid.ts';

const zoom = fc.double({ min: 0.001, max: 1e5, noNaN: true });

describe('the grid of tiles', () => {
  it('covers the span without a hole, with tiles that meet', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -4, max: 12 }),
        fc.integer({ min: -10_000, max: 1_000_000 }),
        fc.integer({ min: 1, max: 20 }),
        (level, startMs, tiles) => {
          const span = { startMs, endMs: startMs + tiles * tileLength(level) };
          const found = tilesOver(level, span);
          expect(found[0]?.from).toBeLessThanOrEqual(span.startMs);
          expect(found.at(-1)?.to).toBeGreaterThanOrEqual(span.endMs);
          found.slice(1).forEach((tile, i) => expect(tile.from).toBe(found[i]?.to));
        },
      ),
    );
  });

  it('has bins no wider than a pixel where the series is dense', () => {
    fc.assert(
      fc.property(zoom, (msPerPixel) => {
        expect(tileLength(tileLevel(msPerPixel, 1e9)) / tilePoints).toBeLessThanOrEqual(msPerPixel);
      }),
    );
  });

  it('asks for no more than a few tiles across a screen of 4K', () => {
    fc.assert(
      fc.property(zoom, (msPerPixel) => {
        const tiles = tilesOver(tileLevel(msPerPixel, 1e9), { startMs: 0, endMs: 3840 * msPerPixel });
        expect(tiles.length).toBeLessThanOrEqual(9);
      }),
    );
  });

  it('keeps tiles of a sparse series long enough to hold neighbours', () => {
    const rowsPerMs = 0.05;
    expect(tileLength(tileLevel(0.01, rowsPerMs)) * rowsPerMs).toBeGreaterThanOrEqual(512);
  });

  it('never asks for thousands, whatever the numbers', () => {
    expect(tilesOver(-10, { startMs: 0, endMs: 1e9 })).toHaveLength(64);
  });
});
