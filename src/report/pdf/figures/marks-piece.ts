import type { Text } from '../../../base/text.ts';
import { axisOver } from '../../figures/axis.ts';
import type { MarksFigure } from '../../figures/figure.ts';
import { colours } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';
import type { Typesetter } from '../layout/typesetter.ts';
import { drawTicks, label, pointAt, type Placement } from './plot-piece.ts';

/** Height of the drawing in its own pixels. */
export const marksHeight = 68;
const left = 12;
const lane = { top: 6, bottom: 34 } as const;

/** Events as marks and spans on a time axis, `width` pixels wide. */
export function drawMarks(
  surface: Surface,
  set: Typesetter,
  text: Text,
  { marks }: MarksFigure,
  width: number,
  place: Placement,
): void {
  const last = marks.reduce((most, { startMs, endMs }) => Math.max(most, startMs, endMs ?? startMs), 0);
  const first = marks.reduce((least, { startMs }) => Math.min(least, startMs), 0);
  const axis = axisOver(text, 'ms', first, last > first ? last : first + 1000, Math.max(3, Math.floor(width / 90)));
  const right = width - left;
  const across = (ms: number) => left + ((ms - axis.min) / (axis.max - axis.min)) * (right - left);
  const at = pointAt(place);
  const rule = (x: number, from: number, to: number, colour: string, wide: number) => {
    surface.rule(...at(x, from), ...at(x, to), colour, wide * place.scale);
  };
  for (const { value } of axis.ticks) rule(across(value), lane.top, lane.bottom, colours.grid, 1);
  for (const { startMs, endMs } of marks) {
    const from = across(startMs);
    const to = endMs === undefined ? from : across(endMs);
    if (to - from < 1) rule(from, lane.top + 2, lane.bottom - 2, colours.plot[0], 1.2);
    else {
      const [x, y] = at(from, lane.top + 5);
      const height = (lane.bottom - lane.top - 10) * place.scale;
      surface.fill({ x, y, width: (to - from) * place.scale, height }, colours.plot[0]);
    }
  }
  surface.rule(...at(left, lane.bottom), ...at(right, lane.bottom), colours.muted, place.scale);
  drawTicks(
    surface,
    set,
    axis.ticks.map(({ value, label: words }) => ({ at: across(value), label: words })),
    lane.bottom + 14,
    place,
  );
  const style = { face: 'sans', size: 11 * place.scale, colour: colours.muted } as const;
  label(
    surface,
    set,
    `${text('report:figures.time')} (${axis.unit})`,
    style,
    width / 2,
    lane.bottom + 29,
    'middle',
    place,
  );
}
