import { instantOf, type MetadataTime } from './metadata-time.ts';

/** How two statements of a moment stand to each other. */
export type TimeComparison =
  /** They name the same moment within the tolerance, or give the same digits where one leaves the zone out. */
  | { readonly relation: 'same'; readonly differenceMs: number }
  /** They name the same moment if the one without a zone was this many minutes east of UTC. */
  | { readonly relation: 'same-with-zone'; readonly offsetMinutes: number; readonly differenceMs: number }
  /** One is given as UTC by its format, but has the local digits of the other: a writer that ignored the format. */
  | { readonly relation: 'same-digits'; readonly differenceMs: number }
  /** They differ whatever the zone. `differenceMs` is b less a, by instants where both are known, else by digits. */
  | { readonly relation: 'different'; readonly differenceMs: number; readonly zoneKnown: boolean };

export interface TimeTolerance {
  /** Within a zone. */
  readonly sameMs: number;
  /** What may be left over when a zone explains the rest: small, because there are many zones to choose from. */
  readonly zoneRestMs: number;
  /** True where both were written by one clock, such as two tags of one EXIF block: then no zone lies between them. */
  readonly oneClock: boolean;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const easternmostMs = 14 * 60 * minuteMs;

/** Offsets from UTC that are kept somewhere on Earth and are no whole hours, in minutes (IANA time zone database, 2024). */
const partHours = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];
const zoneOffsets: readonly number[] = [...Array.from({ length: 27 }, (_, i) => (i - 12) * 60), ...partHours];

/**
 * Compares two moments with what is known of their zones.
 *
 * FORENSIC: a zone is never assumed. Where one is unknown, every offset that is kept on Earth is given the chance to explain the
 * difference before it is called one; the offset that does is part of the answer.
 */
export function compareTimes(a: MetadataTime, b: MetadataTime, tolerance: TimeTolerance): TimeComparison {
  const coarse = Math.max(a.resolutionMs, b.resolutionMs);
  // A day alone holds every moment of it, in every zone.
  const sameMs = coarse >= dayMs ? dayMs + easternmostMs : Math.max(tolerance.sameMs, coarse);
  const [instantA, instantB] = [instantOf(a), instantOf(b)];
  const digits = b.wallMs - a.wallMs;
  const sameDigits = Math.abs(digits) <= sameMs;
  const bySpecification = a.zone === 'specification' || b.zone === 'specification';
  if (instantA !== undefined && instantB !== undefined) {
    const differenceMs = instantB - instantA;
    if (Math.abs(differenceMs) <= sameMs) return { relation: 'same', differenceMs };
    if (bySpecification && sameDigits) return { relation: 'same-digits', differenceMs: digits };
    return { relation: 'different', differenceMs, zoneKnown: true };
  }
  if (sameDigits) return { relation: bySpecification ? 'same-digits' : 'same', differenceMs: digits };
  if (tolerance.oneClock) return { relation: 'different', differenceMs: digits, zoneKnown: true };
  // Digits of the one without a zone less the instant of the other, or less its digits where neither has one.
  const ahead = instantA === undefined ? a.wallMs - (instantB ?? b.wallMs) : b.wallMs - instantA;
  const restMs = Math.max(tolerance.zoneRestMs, coarse >= dayMs ? dayMs : coarse);
  const explained = explain(ahead, restMs, instantA === undefined && instantB === undefined);
  return explained ?? { relation: 'different', differenceMs: digits, zoneKnown: false };
}

/** The offset that leaves the least over, where that is little enough. Between two local times it counts either way. */
function explain(aheadMs: number, restMs: number, eitherWay: boolean): TimeComparison | undefined {
  let best: { offsetMinutes: number; differenceMs: number } | undefined;
  for (const offset of zoneOffsets) {
    for (const offsetMinutes of eitherWay ? [offset, -offset] : [offset]) {
      const differenceMs = aheadMs - offsetMinutes * minuteMs;
      if (Math.abs(differenceMs) > restMs) continue;
      if (best === undefined || Math.abs(differenceMs) < Math.abs(best.differenceMs))
        best = { offsetMinutes, differenceMs };
    }
  }
  return best === undefined ? undefined : { relation: 'same-with-zone', ...best };
}
