import type { Panel, PlotLayout, Shape } from '../figures/plot-layout.ts';
import { html, type Html } from './html.ts';

/** A laid-out series as SVG with axes, units, numbers and grid lines. */
export function plotSvg(layout: PlotLayout, label: string): Html {
  const { width, height } = layout;
  return html`<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
    ${layout.panels.map((panel) => panelSvg(layout, panel))}${axisSvg(layout)}
  </svg>`;
}

function panelSvg({ left, right, ticks }: PlotLayout, panel: Panel): Html {
  const { top, bottom } = panel;
  return html`<g
    ><text class="axis-title" x="${left}" y="${top - 5}">${panel.title}</text
    >${legendSvg(panel, left, right)}${ticks.map(
      ({ at }) => html`<line class="grid" x1="${at}" y1="${top}" x2="${at}" y2="${bottom}" />`,
    )}${panel.ticks.map(
      ({ at, label }) =>
        html`<line class="grid" x1="${left}" y1="${at}" x2="${right}" y2="${at}" /><text
            class="tick end"
            x="${left - 5}"
            y="${at + 3.5}"
            >${label}</text
          >`,
    )}${panel.shapes.map(shapeSvg)}<path class="frame" d="M${left} ${top}V${bottom}H${right}"
  /></g>`;
}

function axisSvg({ panels, ticks, title, left, right }: PlotLayout): Html {
  const y = panels.at(-1)?.bottom ?? 0;
  return html`${ticks.map(
      ({ at, label }) => html`<text class="tick middle" x="${at}" y="${y + 14}">${label}</text>`,
    )}<text class="axis-title middle" x="${(left + right) / 2}" y="${y + 29}">${title}</text>`;
}

/** Names of the columns with a sample of their line, from the right end of the panel's title line. */
function legendSvg({ legend, top, title }: Panel, left: number, right: number): Html[] {
  const perLetter = 6.2;
  let x = left + (title === '' ? 0 : title.length * perLetter + 16);
  return legend.map((name, style) => {
    const at = x;
    x += 30 + name.length * perLetter;
    if (x > right + 20) return html``;
    return html`<line class="line style-${style % 6}" x1="${at}" y1="${top - 9}" x2="${at + 14}" y2="${top - 9}" /><text
        class="axis-title"
        x="${at + 18}"
        y="${top - 5}"
        >${name}</text
      >`;
  });
}

function shapeSvg(shape: Shape): Html {
  const style = `style-${shape.style % 6}`;
  const points = shape.points.map(([x, y]) => [x, y] as const);
  switch (shape.kind) {
    case 'line':
      // A sample between two gaps is a line of no length, which round ends make visible.
      return html`<path class="line ${style}" d="${pathOf(points)}${points.length === 1 ? 'h0' : ''}" />`;
    case 'area':
      return html`<path class="area ${style}" d="${pathOf(points)}Z" />`;
    case 'bars':
      return html`<path
        class="bars ${style}"
        d="${points.map(([x, y]) => `M${tenth(x)} ${shape.base}V${tenth(y)}`).join('')}"
      />`;
    case 'dots':
      return html`<path class="dots ${style}" d="${points.map(([x, y]) => `M${tenth(x)} ${tenth(y)}h0`).join('')}" />`;
  }
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : i === 1 ? 'L' : ' '}${tenth(x)} ${tenth(y)}`).join('');
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
