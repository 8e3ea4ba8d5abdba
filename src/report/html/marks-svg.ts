import type { Text } from '../../base/text.ts';
import { axisOver } from '../figures/axis.ts';
import type { MarksFigure } from '../figures/figure.ts';
import { html, type Html } from './html.ts';

const left = 12;
const lane = { top: 6, bottom: 34 } as const;

/** Events as marks and spans on a time axis; undefined where there are none. */
export function marksSvg(text: Text, figure: MarksFigure, width: number, label: string): Html | undefined {
  const { marks } = figure;
  if (marks.length === 0) return undefined;
  const starts = marks.map(({ startMs }) => startMs);
  const first = Math.min(0, ...starts);
  const last = Math.max(...marks.map(({ startMs, endMs }) => Math.max(startMs, endMs ?? startMs)));
  const axis = axisOver(text, 'ms', first, last > first ? last : first + 1000, Math.max(3, Math.floor(width / 90)));
  const right = width - left;
  const across = (ms: number) =>
    Math.round((left + ((ms - axis.min) / (axis.max - axis.min)) * (right - left)) * 10) / 10;
  return html`<svg class="plot" viewBox="0 0 ${width} 66" role="img" aria-label="${label}">
    ${axis.ticks.map(
      ({ value, label: number }) =>
        html`<line class="grid" x1="${across(value)}" y1="${lane.top}" x2="${across(value)}" y2="${lane.bottom}" /><text
            class="tick middle"
            x="${across(value)}"
            y="${lane.bottom + 14}"
            >${number}</text
          >`,
    )}${marks.map(({ startMs, endMs }) =>
      endMs !== undefined && across(endMs) - across(startMs) >= 1
        ? html`<rect
            class="span"
            x="${across(startMs)}"
            y="${lane.top + 5}"
            width="${Math.round((across(endMs) - across(startMs)) * 10) / 10}"
            height="${lane.bottom - lane.top - 10}"
          />`
        : html`<line
            class="mark"
            x1="${across(startMs)}"
            y1="${lane.top + 2}"
            x2="${across(startMs)}"
            y2="${lane.bottom - 2}"
          />`,
    )}
    <path class="frame" d="M${left} ${lane.bottom}H${right}" />
    <text class="axis-title middle" x="${width / 2}" y="${lane.bottom + 29}">
      ${text('report:figures.time')} (${axis.unit})
    </text>
  </svg>`;
}
