import type { MapArtefact } from '../../base/artefact.ts';
import { colourTable } from '../../base/colour-table.ts';
import { formatMeasure } from '../../base/format-measure.ts';
import type { Text } from '../../base/text.ts';
import { axisOver, type Axis } from '../figures/axis.ts';
import type { PictureFigure } from '../figures/figure.ts';
import type { ReportArtefact } from '../model/report-model.ts';
import { html, type Html } from './html.ts';

/** A map as a picture: a plane of time and frequency with its axes, any other as it is; with its legend where it has one. */
export function mapHtml(text: Text, artefact: ReportArtefact, map: MapArtefact, figure: PictureFigure): Html {
  const source = `data:image/png;base64,${Buffer.from(figure.png).toString('base64')}`;
  const picture =
    map.over?.plane === 'time-frequency'
      ? planeSvg(text, map.over, source, artefact.caption)
      : html`<img
          class="${map.scale !== 'picture' && isCoarse(figure) ? 'coarse' : 'picture'}"
          src="${source}"
          alt="${artefact.caption}"
          width="${figure.shownWidth}"
          height="${figure.shownHeight}"
        />`;
  return html`${picture}${map.legend && map.scale !== 'picture' ? legendSvg(text, artefact, map.scale, map.legend) : undefined}`;
}

/** A map of few, large cells is enlarged without smoothing, so that no value is seen that was not measured. */
function isCoarse({ fullWidth, fullHeight }: PictureFigure): boolean {
  return fullWidth < 200 && fullHeight < 200;
}

const plane = { width: 680, height: 250, left: 56, right: 12, top: 20, bottom: 36 } as const;

function planeSvg(
  text: Text,
  over: Extract<NonNullable<MapArtefact['over']>, { plane: 'time-frequency' }>,
  source: string,
  label: string,
): Html {
  const time = axisOver(text, 'ms', over.startMs, Math.max(over.endMs, over.startMs + 1), 7);
  const pitch = axisOver(text, 'Hz', over.minHz, Math.max(over.maxHz, over.minHz + 1), 5);
  const { left, top } = plane;
  const right = plane.width - plane.right;
  const bottom = plane.height - plane.bottom;
  const place = (axis: Axis, value: number, from: number, to: number) =>
    Math.round((from + ((value - axis.min) / (axis.max - axis.min)) * (to - from)) * 10) / 10;
  return html`<svg class="plot" viewBox="0 0 ${plane.width} ${plane.height}" role="img" aria-label="${label}">
    <image
      href="${source}"
      x="${left}"
      y="${top}"
      width="${right - left}"
      height="${bottom - top}"
      preserveAspectRatio="none"
    />
    <text class="axis-title" x="${left}" y="${top - 7}">${text('report:figures.frequency')} (${pitch.unit})</text>
    ${pitch.ticks.map(
      ({ value, label: number }) =>
        html`<text class="tick end" x="${left - 5}" y="${place(pitch, value, bottom, top) + 3.5}">${number}</text>`,
    )}${time.ticks.map(
      ({ value, label: number }) =>
        html`<text class="tick middle" x="${place(time, value, left, right)}" y="${bottom + 14}">${number}</text>`,
    )}
    <path class="frame" d="M${left} ${top}V${bottom}H${right}" />
    <text class="axis-title middle" x="${(left + right) / 2}" y="${bottom + 29}">
      ${text('report:figures.time')} (${time.unit})
    </text>
  </svg>`;
}

function legendSvg(
  text: Text,
  artefact: ReportArtefact,
  scale: Exclude<MapArtefact['scale'], 'picture'>,
  { min, max, unit }: NonNullable<MapArtefact['legend']>,
): Html {
  const table = colourTable(scale);
  const width = 260;
  const gradient = `legend-${artefact.id.replace(/[^A-Za-z0-9]/g, '-')}`;
  const steps = Array.from({ length: 17 }, (_, i) => {
    const at = Math.min(255, i * 16) * 3;
    return html`<stop
      offset="${i / 16}"
      stop-color="rgb(${table[at] ?? 0},${table[at + 1] ?? 0},${table[at + 2] ?? 0})"
    />`;
  });
  const shown = (value: number) => formatMeasure(text, 'level', { value, unit });
  return html`<svg
    class="legend"
    viewBox="0 0 ${width} 46"
    role="img"
    aria-label="${artefact.legendLabel} ${shown(min)} – ${shown(max)}"
  >
    <defs><linearGradient id="${gradient}">${steps}</linearGradient></defs>
    <text class="axis-title" x="0" y="13">${artefact.legendLabel}</text>
    <rect class="frame" x="0.5" y="17.5" width="${width - 1}" height="10" fill="url(#${gradient})" />
    <text class="tick" x="0" y="41">${shown(min)}</text>
    <text class="tick middle" x="${width / 2}" y="41">${shown((min + max) / 2)}</text>
    <text class="tick end" x="${width}" y="41">${shown(max)}</text>
  </svg>`;
}
