import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlotFigure } from '../../../../src/report/figures/figure.ts';
import { layoutPlot } from '../../../../src/report/figures/plot-layout.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';

const text = await fixtureText();
const size = { width: 680, panelHeight: 92 };
const column = (id: string, unit: PlotFigure['columns'][number]['unit'], values: number[]) => ({
  id,
  heading: id,
  unit,
  values: Float64Array.from(values),
});

describe('layoutPlot', () => {
  it('gives each unit a panel of its own over one axis', () => {
    const layout = layoutPlot(
      text,
      {
        kind: 'plot',
        draw: 'line',
        columns: [
          column('t', 'ms', [0, 1000]),
          column('a', 'bytes', [1, 2]),
          column('b', 'dB', [-3, -1]),
          column('c', 'bytes', [3, 4]),
        ],
      },
      size,
    );
    expect(layout?.panels.map(({ legend }) => legend)).toEqual([['a', 'c'], []]);
    expect(layout?.panels.map(({ title }) => title)).toEqual(['bytes', 'b (dB)']);
    expect(layout?.title).toBe('t (ms)');
  });

  it('stands bars on zero', () => {
    const layout = layoutPlot(
      text,
      { kind: 'plot', draw: 'bars', columns: [column('t', '1', [1, 2, 3]), column('n', '1', [90, 95, 99])] },
      size,
    );
    const [panel] = layout?.panels ?? [];
    expect(panel?.shapes[0]).toMatchObject({ kind: 'bars', base: panel?.bottom });
  });

  it('draws an envelope as a band between its lowest and its highest, with others as lines', () => {
    const layout = layoutPlot(
      text,
      {
        kind: 'plot',
        draw: 'envelope',
        columns: [
          column('t', 'ms', [0, 1, 2]),
          column('low', '1', [-1, -1, -1]),
          column('high', '1', [1, 1, 1]),
          column('rms', '1', [0, 0, 0]),
        ],
      },
      size,
    );
    expect(layout?.panels[0]?.shapes.map(({ kind, style }) => `${kind} ${style}`)).toEqual(['area 0', 'line 1']);
    expect(layout?.panels[0]?.legend).toEqual(['low – high', 'rms']);
  });

  it('has nothing to draw without a single number', () => {
    expect(
      layoutPlot(text, { kind: 'plot', draw: 'line', columns: [column('t', 'ms', []), column('a', '1', [])] }, size),
    ).toBeUndefined();
    expect(layoutPlot(text, { kind: 'plot', draw: 'line', columns: [column('t', 'ms', [1])] }, size)).toBeUndefined();
  });

  it('says when not every value is a point of its own', () => {
    const many = Array.from({ length: 5000 }, (_, i) => i);
    const layout = layoutPlot(
      text,
      { kind: 'plot', draw: 'line', columns: [column('t', 'ms', many), column('a', '1', many)] },
      size,
    );
    expect([layout?.decimated, layout?.samples]).toEqual([true, 5000]);
  });

  it('keeps every point inside its panel, whatever the numbers', () => {
    const values = fc.array(fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0)), {
      minLength: 1,
      maxLength: 60,
    });
    const draws = fc.constantFrom<PlotFigure['draw']>('line', 'bars', 'steps', 'envelope', 'points');
    fc.assert(
      fc.property(draws, values, values, values, (draw, a, b, c) => {
        const n = Math.min(a.length, b.length, c.length);
        const axis = [...a.slice(0, n)].sort((x, y) => x - y);
        const layout = layoutPlot(
          text,
          {
            kind: 'plot',
            draw,
            columns: [column('t', 'ms', axis), column('b', '1', b.slice(0, n)), column('c', '1', c.slice(0, n))],
          },
          size,
        );
        for (const panel of layout?.panels ?? [])
          for (const { points } of panel.shapes)
            for (const [x, y] of points) {
              expect(x).toBeGreaterThanOrEqual((layout?.left ?? 0) - 0.1);
              expect(x).toBeLessThanOrEqual((layout?.right ?? 0) + 0.1);
              expect(y).toBeGreaterThanOrEqual(panel.top - 0.1);
              expect(y).toBeLessThanOrEqual(panel.bottom + 0.1);
            }
      }),
    );
  });
});
