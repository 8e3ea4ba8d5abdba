import type { Unit } from '../../base/finding.ts';
import { formatNumber } from '../../base/format-number.ts';
import type { Text } from '../../base/text.ts';

export interface Tick {
  /** In the axis's own unit. */
  readonly value: number;
  readonly label: string;
}

export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** Unit that the labels are written in; empty for a pure number. */
  readonly unit: string;
}

/** Steps of a time axis in ms from which on labels are clocks: people count in minutes, not in hundreds of seconds. */
const clockSteps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400].map(
  (s) => s * 1000,
);
const clockFrom = 120_000;

/** Multiples that a wide axis is labelled in: unit → largest first, [from, factor, label key]. */
const multiples: Partial<Record<Unit, readonly (readonly [from: number, factor: number, key: string])[]>> = {
  ms: [[2000, 1000, 'axis.s']],
  bytes: [
    [2e9, 1e9, 'axis.GB'],
    [2e6, 1e6, 'axis.MB'],
    [2e3, 1e3, 'axis.kB'],
  ],
  Hz: [[2000, 1000, 'axis.kHz']],
  'bit/s': [
    [2e6, 1e6, 'axis.Mbit/s'],
    [2e3, 1e3, 'axis.kbit/s'],
  ],
};

/**
 * An axis over [min, max] with about `wanted` round ticks inside it. Times over two minutes are labelled as clocks; sizes
 * and rates in the multiple that keeps labels short.
 */
export function axisOver(text: Text, unit: Unit, min: number, max: number, wanted: number): Axis {
  const span = max - min;
  if (unit === 'ms' && span >= clockFrom) {
    const step = clockSteps.find((candidate) => span / candidate <= wanted) ?? 86_400_000;
    const ticks = multiplesOf(step, min, max).map((value) => ({ value, label: clock(value) }));
    return { min, max, ticks, unit: text('units:axis.clock') };
  }
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const multiple = multiples[unit]?.find(([from]) => largest >= from);
  const factor = multiple?.[1] ?? 1;
  const step = niceStep(span / factor / wanted) * factor;
  const ticks = multiplesOf(step, min, max).map((value) => ({
    value,
    label: formatNumber(value / factor, text.language),
  }));
  const key = `units:${multiple?.[2] ?? `axis.${unit}`}`;
  return { min, max, ticks, unit: text.has(key) ? text(key) : '' };
}

/** The round step (1, 2 or 5 times a power of ten) at or above `rough`. */
export function niceStep(rough: number): number {
  if (!(rough > 0) || !Number.isFinite(rough)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10;
  return step * power;
}

function multiplesOf(step: number, min: number, max: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const values: number[] = [];
  // Counted, not added up, so that rounding does not gather; bounded, whatever the numbers are.
  for (let i = first; i <= last && values.length < 50; i += 1) values.push(tidy(i * step));
  return values;
}

/** 0.30000000000000004 → 0.3 */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function clock(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const pad = (value: number) => String(value).padStart(2, '0');
  const sign = ms < 0 ? '\u2212' : '';
  return `${sign}${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}
