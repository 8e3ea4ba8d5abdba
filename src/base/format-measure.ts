import type { Measure } from './finding.ts';
import { formatNumber, type NumberFormat } from './format-number.ts';
import { formatClock } from './format-time.ts';
import type { Text } from './text.ts';

/** Measures whose sign says something: a positive one is written with its plus. */
const signedNames = /lead|drift|difference|offset|shift|delta/i;
const signedUnits = new Set<Measure['unit']>(['ms', 's', 'frames', 'ms/min', 'ppm', 'dB', 'LU']);

/** Steps of a unit that is shown in its multiples, largest first; the key is under `units`. */
const multiples: Partial<Record<Measure['unit'], readonly (readonly [from: number, key: string])[]>> = {
  Hz: [
    [1e6, 'MHz'],
    [1e3, 'kHz'],
  ],
  'bit/s': [
    [1e9, 'Gbit/s'],
    [1e6, 'Mbit/s'],
    [1e3, 'kbit/s'],
  ],
};

/** Levels are read to a tenth; what lies below is not meant. */
const tenths = new Set<Measure['unit']>(['dB', 'LUFS', 'LU', 'dBTP']);

/**
 * A measure as it is read: number, uncertainty and unit in the text's language. Bytes exactly, then rounded; long times also as
 * a clock; a lead, a drift or a difference with its sign. The unrounded value stays in the data.
 */
export function formatMeasure(text: Text, name: string, measure: Measure): string {
  const { value, unit } = measure;
  if (typeof value === 'boolean') return text(value ? 'units:yes' : 'units:no');
  if (typeof value === 'string') return value;
  if (unit === 'bytes') return formatBytes(text, value);
  const signed = signedNames.test(name) && signedUnits.has(unit);
  const step = multiples[unit]?.find(([from]) => Math.abs(value) >= from);
  const scale = step?.[0] ?? 1;
  const shown = withUnit(text, step?.[1] ?? unit, numberOf(text, measure, value / scale, scale, signed), value);
  const ms = unit === 'ms' ? value : unit === 's' ? value * 1000 : 0;
  return Math.abs(ms) >= 60_000 && !signed ? `${shown} (${daysAndClock(text, ms)})` : shown;
}

/** Nobody reads 1482 hours: from two days on the days are counted. */
function daysAndClock(text: Text, ms: number): string {
  const day = 86_400_000;
  const days = Math.trunc(ms / day);
  if (Math.abs(days) < 2) return formatClock(ms);
  return `${withUnit(text, 'days', formatNumber(days, text.language), days)} ${formatClock(Math.abs(ms) % day)}`;
}

function numberOf(text: Text, measure: Measure, value: number, scale: number, signed: boolean): string {
  const { unit, uncertainty } = measure;
  const format: NumberFormat = { signed, ...(tenths.has(unit) ? { decimals: 1 } : {}) };
  if (uncertainty === undefined) return formatNumber(value, text.language, format);
  const decimals = decimalsOf(value, uncertainty / scale);
  const number = (n: number, sign: boolean) => formatNumber(n, text.language, { decimals, signed: sign });
  return `${number(value, signed)} ± ${number(uncertainty / scale, false)}`;
}

/** As many decimals as give the uncertainty two digits, fewer where both numbers end in zeros. */
function decimalsOf(value: number, uncertainty: number): number {
  let decimals = uncertainty > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(uncertainty)))) : 3;
  while (decimals > 0 && value.toFixed(decimals).endsWith('0') && uncertainty.toFixed(decimals).endsWith('0'))
    decimals--;
  return decimals;
}

function withUnit(text: Text, key: string, number: string, count: number): string {
  return text(`units:${key}`, { number, count });
}

/** `12 345 bytes (12.3 kB)`: exact first, since an offset or a size that is rounded cannot be checked. */
export function formatBytes(text: Text, bytes: number): string {
  const exact = withUnit(text, 'bytes', formatNumber(bytes, text.language), bytes);
  const step = [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ].find(([from]) => bytes >= Number(from) && bytes >= 10_000);
  if (!step) return exact;
  const scaled = bytes / Number(step[0]);
  const decimals = scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  return `${exact} (${withUnit(text, String(step[1]), formatNumber(scaled, text.language, { decimals }), scaled)})`;
}
