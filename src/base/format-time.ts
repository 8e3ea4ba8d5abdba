/**
 * A time on an exhibit's axis as `00:01:23.456`, rounded to the millisecond; hours grow past two digits, and a time
 * before the axis's zero carries a true minus.
 */
export function formatClock(ms: number): string {
  const whole = Math.round(Math.abs(ms));
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const hours = Math.floor(whole / 3_600_000);
  const text = `${pad(hours, 2)}:${pad(Math.floor(whole / 60_000) % 60, 2)}:${pad(Math.floor(whole / 1000) % 60, 2)}.${pad(whole % 1000, 3)}`;
  return ms < 0 && whole > 0 ? `\u2212${text}` : text;
}

const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/;

/**
 * A moment (ISO 8601, UTC) in a named zone: `2026-03-14 15:26:53 +05:00 (Asia/Almaty)`. The machine's own zone and
 * locale never enter. A zone that this system does not know is shown as UTC and named as such.
 */
export function formatMoment(isoUtc: string, timeZone: string): string {
  const moment = new Date(isoUtc);
  // `Date` reads much that is not ISO 8601, and reads it in the machine's own zone.
  if (!isoMoment.test(isoUtc) || Number.isNaN(moment.getTime())) return isoUtc;
  const zone = isKnownZone(timeZone) ? timeZone : 'UTC';
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(moment);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const [year, month, day] = [part('year').padStart(4, '0'), part('month'), part('day')];
  const [hour, minute, second] = [part('hour'), part('minute'), part('second')];
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = Math.round((local - Math.floor(moment.getTime() / 1000) * 1000) / 60_000);
  return `${year}-${month}-${day} ${hour}:${minute}:${second} ${formatOffset(offset)} (${zone})`;
}

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** True when this system's time zone data has the IANA name. */
export function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone });
    return true;
  } catch {
    return false;
  }
}
