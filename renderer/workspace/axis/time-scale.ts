import type { Span } from '../../state/time.ts';

/** How a span of time lies over a width in CSS pixels. */
export interface TimeScale {
  readonly visible: Span;
  readonly width: number;
}

export function msPerPixel({ visible, width }: TimeScale): number {
  return (visible.endMs - visible.startMs) / Math.max(1, width);
}

export function xOf(scale: TimeScale, ms: number): number {
  return (ms - scale.visible.startMs) / msPerPixel(scale);
}

export function msAt(scale: TimeScale, x: number): number {
  return scale.visible.startMs + x * msPerPixel(scale);
}

/** The span seen nearer (factor < 1) or from further off, with `atMs` staying where it is on the screen. */
export function zoomAround({ startMs, endMs }: Span, atMs: number, factor: number): Span {
  return { startMs: atMs - (atMs - startMs) * factor, endMs: atMs + (endMs - atMs) * factor };
}

export function movedBy({ startMs, endMs }: Span, ms: number): Span {
  return { startMs: startMs + ms, endMs: endMs + ms };
}

/** Two moments as a span, whichever was first. */
export function spanBetween(a: number, b: number): Span {
  return { startMs: Math.min(a, b), endMs: Math.max(a, b) };
}

/** The selection with its start (or end) at a moment; what would turn it round begins (or ends) at that moment instead. */
export function withEdge(selected: Span | null, edge: 'start' | 'end', ms: number, whole: Span): Span {
  if (edge === 'start') {
    const endMs = selected !== null && selected.endMs > ms ? selected.endMs : whole.endMs;
    return { startMs: ms, endMs };
  }
  const startMs = selected !== null && selected.startMs < ms ? selected.startMs : whole.startMs;
  return { startMs, endMs: ms };
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 6, 12, 24].map((count) => count * hour),
];

export interface Ticks {
  readonly stepMs: number;
  readonly at: readonly number[];
}

/** Round moments that are at least `apart` pixels from each other. */
export function ticksOf(scale: TimeScale, apart: number): Ticks {
  const least = msPerPixel(scale) * apart;
  const stepMs = steps.find((step) => step >= least) ?? Math.ceil(least / (24 * hour)) * 24 * hour;
  const first = Math.ceil(scale.visible.startMs / stepMs);
  const last = Math.floor(scale.visible.endMs / stepMs);
  return { stepMs, at: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * stepMs) };
}

/** A tick's time as short as it can be: `01:23`, `00:01:23` past an hour, `01:23.456` where ticks are that close. */
export function tickLabel(ms: number, stepMs: number, whole: Span): string {
  const size = Math.round(Math.abs(ms));
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const hours = Math.floor(size / hour);
  const clock = `${pad(Math.floor(size / minute) % 60)}:${pad(Math.floor(size / second) % 60)}`;
  const part = stepMs % second === 0 ? '' : `.${pad(size % second, 3)}`;
  const long = Math.max(Math.abs(whole.startMs), Math.abs(whole.endMs)) >= hour;
  return `${ms < 0 ? '−' : ''}${long ? `${pad(hours)}:` : ''}${clock}${part}`;
}
