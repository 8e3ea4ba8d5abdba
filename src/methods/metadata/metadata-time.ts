/**
 * What a time is about. `recorded`: the moment of capture. `written`: when a file or stream was made. `changed`: when it was
 * last changed. `position`: the satellites' clock. `other`: of a colour profile, an edit step, a release.
 */
export type TimeRole = 'recorded' | 'written' | 'changed' | 'position' | 'other';

/** A moment as an exhibit states it: wall-clock digits and what is known about their zone. */
export interface MetadataTime {
  readonly role: TimeRole;
  /** The digits read as if they were UTC, in ms since 1970. */
  readonly wallMs: number;
  /** Minutes east of UTC; null where nothing says so. */
  readonly offsetMinutes: number | null;
  /**
   * `stated`: the value says its zone. `specification`: the format says UTC, which some cameras ignore and write local time.
   * `unknown`: nothing says it.
   */
  readonly zone: 'stated' | 'specification' | 'unknown';
  /** How finely the value is given: 1 ms, a second, a minute, a day. */
  readonly resolutionMs: number;
}

type WithoutRole = Omit<MetadataTime, 'role'>;

const longestMoment = 64;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// EXIF `2010:12:12 12:41:35`, ISO 8601, and what lies between: any of `:-/.` in dates, `T` or a blank, zone with or without colon.
const numeric =
  /^(\d{4})[:\-/.]?(\d\d)[:\-/.]?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?(?:\s*DST)?$/i;
// C's ctime() `MON SEP 10 20:52:00 2012`, as AVI has it.
const cTime = /^[a-z]{3,9},?\s+([a-z]{3})[a-z]*\s+(\d{1,2})\s+(\d\d):(\d\d):(\d\d)\s+(\d{4})$/i;
// RFC 1123 `Tue, 10 Sep 2012 20:52:00 +0100`, as PNG suggests it.
const rfc1123 =
  /^(?:[a-z]{3},\s*)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads a moment in any form that metadata uses. Undefined for what is no moment, for zeros and blanks ("not set"), and for
 * digits that no calendar has.
 */
export function parseTime(text: string): WithoutRole | undefined {
  const trimmed = text.trim();
  // SECURITY: the expressions below look back over blanks; no moment is longer than this.
  if (trimmed.length > longestMoment) return undefined;
  const plain = numeric.exec(trimmed);
  if (plain) {
    const [, year, month, day, hour, minute, second, fraction, zone] = plain;
    const resolutionMs =
      hour === undefined ? 86_400_000 : second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
    return moment([year, month, day, hour, minute, second].map(numberOf), fraction, zone, resolutionMs);
  }
  const c = cTime.exec(trimmed);
  if (c) {
    const [, month, day, hour, minute, second, year] = c;
    return moment(
      [numberOf(year), monthOf(month), ...[day, hour, minute, second].map(numberOf)],
      undefined,
      undefined,
      1000,
    );
  }
  const rfc = rfc1123.exec(trimmed);
  if (rfc) {
    const [, day, month, year, hour, minute, second, zone] = rfc;
    const parts = [numberOf(year), monthOf(month), ...[day, hour, minute, second].map(numberOf)];
    return moment(parts, undefined, zone, second === undefined ? 60_000 : 1000);
  }
  return undefined;
}

/** True for a text that has the form of a time but says that none was set: all zeros, or blanks for digits. */
export function isUnsetTime(text: string): boolean {
  return /^[0 ]{4}[:\-/][0 ]{2}[:\-/][0 ]{2}(?:[T ][0 ]{2}:[0 ]{2}:[0 ]{2})?/.test(text);
}

function numberOf(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits);
}

function monthOf(name: string | undefined): number {
  return months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function moment(
  parts: readonly number[],
  fraction: string | undefined,
  zone: string | undefined,
  resolutionMs: number,
): WithoutRole | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const wholeSecondMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(wholeSecondMs);
  const exists =
    year >= 1000 &&
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === day &&
    read.getUTCHours() === hour &&
    read.getUTCMinutes() === minute &&
    second < 60;
  if (!exists) return undefined;
  const wallMs = wholeSecondMs + (fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000));
  const offsetMinutes = zoneMinutes(zone);
  return { wallMs, offsetMinutes, zone: offsetMinutes === null ? 'unknown' : 'stated', resolutionMs };
}

/** Minutes east of UTC of `Z`, `+03:00`, `-0430`, `+03`; null for anything else. */
export function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (/^(?:Z|UTC|GMT)$/i.test(zone.trim())) return 0;
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone.trim());
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 14 * 60 ? null : match[1] === '-' ? -minutes : minutes;
}

/** The moment in ms since 1970 UTC; undefined where the zone is unknown. */
export function instantOf(time: WithoutRole): number | undefined {
  return time.offsetMinutes === null ? undefined : time.wallMs - time.offsetMinutes * 60_000;
}

/** `2019-07-24T11:25:40` or with milliseconds, as the digits stand; a date alone where that is all. */
export function timeText(time: WithoutRole): string {
  const iso = new Date(time.wallMs).toISOString();
  if (time.resolutionMs >= 86_400_000) return iso.slice(0, 10);
  return time.wallMs % 1000 === 0 ? iso.slice(0, 19) : iso.slice(0, 23);
}

/** `+03:00`, `UTC`, or the key `utc-by-specification` or `zone-unknown` under `cells` in the method's texts. */
export function zoneText(time: WithoutRole): string {
  if (time.zone === 'specification') return 'utc-by-specification';
  if (time.offsetMinutes === null) return 'zone-unknown';
  return offsetText(time.offsetMinutes);
}

export function offsetText(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const absolute = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}
