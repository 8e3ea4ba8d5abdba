import type { BigIntStats } from 'node:fs';
import type { ExhibitRecord } from '../exhibit-record.ts';

/** The four times of a file in UTC, as fine as its file system keeps them; null where it keeps none. */
export function fileTimesOf(stats: BigIntStats): ExhibitRecord['fileTimes'] {
  return {
    modified: isoOf(stats.mtimeNs),
    changed: isoOf(stats.ctimeNs),
    accessed: isoOf(stats.atimeNs),
    born: stats.birthtimeNs === 0n ? null : isoOf(stats.birthtimeNs),
  };
}

/** Nanoseconds since 1970 as ISO 8601: milliseconds, or nine digits where there is more. Null outside the years 0…9999. */
export function isoOf(nanoseconds: bigint): string | null {
  const perSecond = 1_000_000_000n;
  const fraction = ((nanoseconds % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((nanoseconds - fraction) / 1_000_000n));
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999) return null;
  const digits = fraction.toString().padStart(9, '0');
  return `${date.toISOString().slice(0, 19)}.${digits.endsWith('000000') ? digits.slice(0, 3) : digits}Z`;
}
