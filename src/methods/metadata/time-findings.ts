import type { FindingInput } from '../../base/finding.ts';
import { compareTimes, type TimeComparison } from './compare-times.ts';
import { nameOf, placeOf } from './finding-place.ts';
import type { MetadataEntry } from './metadata-entry.ts';
import { instantOf, isUnsetTime, offsetText, timeText, zoneText, type MetadataTime } from './metadata-time.ts';

type Timed = MetadataEntry & { readonly time: MetadataTime };

export interface TimeSettings {
  readonly toleranceMs: number;
  /** Of the recording: a container may be stamped when it begins or when it ends. */
  readonly durationMs: number;
}

/** A satellite position may be older than the picture that carries it. */
const positionAgeMs = 10 * 60_000;
/** What a zone may leave over: a minute of clock and writing. */
const zoneRestMs = 60_000;
const mostPairs = 8;
const limits = ['metadata-can-be-written', 'clocks-can-be-wrong'] as const;

/** Findings about what the origins say of when: each comparison stands for one narrow proposition. */
export function timeFindings(entries: readonly MetadataEntry[], settings: TimeSettings): FindingInput[] {
  const timed = entries.filter((entry): entry is Timed => entry.time !== undefined);
  const recorded = timed.filter(({ time }) => time.role === 'recorded');
  const anchor = recorded.find(({ time }) => time.offsetMinutes !== null) ?? recorded[0];
  const positions = timed.filter(({ time }) => time.role === 'position');
  const written = timed.filter(({ time }) => time.role === 'written');
  const changed = timed.filter(({ time }) => time.role === 'changed');
  const findings: FindingInput[] = [];
  if (timed.length > 0) findings.push(overview(timed));
  findings.push(...unset(entries));
  if (anchor !== undefined) {
    findings.push(...recordingTimes(anchor, recorded, positions, settings));
    findings.push(...afterRecording('written', anchor, written, settings));
    findings.push(...afterRecording('changed', anchor, changed, settings));
  } else if (written[0] !== undefined) findings.push(...afterRecording('changed', written[0], changed, settings));
  return findings;
}

function overview(timed: readonly Timed[]): FindingInput {
  const known = timed.filter(({ time }) => time.zone === 'stated');
  const bySpecification = timed.filter(({ time }) => time.zone === 'specification');
  const ordered = timed.filter(({ time }) => time.role !== 'other').sort((a, b) => momentOf(a) - momentOf(b));
  const [first, last] = [ordered[0] ?? timed[0], ordered.at(-1) ?? timed[0]];
  return {
    code: 'times',
    outcome: 'information',
    measures: {
      times: { value: timed.length, unit: '1' },
      zoneStated: { value: known.length, unit: '1' },
      zoneBySpecification: { value: bySpecification.length, unit: '1' },
      zoneUnknown: { value: timed.length - known.length - bySpecification.length, unit: '1' },
      earliest: { value: shown(first), unit: 'text' },
      latest: { value: shown(last), unit: 'text' },
    },
    artefacts: ['metadata'],
    limits: [...limits, ...(bySpecification.length > 0 ? ['utc-often-local'] : [])],
  };
}

/** For ordering only: an unknown zone counts as UTC. */
function momentOf({ time }: Timed): number {
  return instantOf(time) ?? time.wallMs;
}

function shown(entry: Timed | undefined): string {
  return entry === undefined ? '' : momentText(entry.time);
}

/** `2019-07-24T11:25:40 +03:00`; `(UTC?)` where only the format says so, `(?)` where nothing does. */
function momentText(time: MetadataTime): string {
  const zone = zoneText(time);
  return `${timeText(time)} ${zone === 'utc-by-specification' ? '(UTC?)' : zone === 'zone-unknown' ? '(?)' : zone}`;
}

function unset(entries: readonly MetadataEntry[]): FindingInput[] {
  const isTime = (tag: string): boolean =>
    /(?:date|time)/i.test(tag) && !/zone|offset|scale|stamp$|exposure/i.test(tag);
  const found = entries.filter(
    ({ time, tag, raw }) =>
      time === undefined &&
      isTime(tag) &&
      (isUnsetTime(raw) || (raw === '0' && /^(?:creation|modification)Time$/.test(tag))),
  );
  if (found.length === 0) return [];
  return [
    {
      code: 'times-not-set',
      outcome: 'information',
      measures: { times: { value: found.length, unit: '1' } },
      details: { where: listed(found.map(nameOf)) },
      places: found.slice(0, mostPairs).map(placeOf),
      limits: [...limits],
    },
  ];
}

function recordingTimes(
  anchor: Timed,
  recorded: readonly Timed[],
  positions: readonly Timed[],
  settings: TimeSettings,
): FindingInput[] {
  const same: Timed[] = [];
  const findings: FindingInput[] = [];
  for (const other of [...recorded.filter((entry) => entry !== anchor), ...positions]) {
    const isPosition = other.time.role === 'position';
    const comparison = compareTimes(anchor.time, other.time, {
      sameMs: isPosition ? Math.max(settings.toleranceMs, positionAgeMs) : settings.toleranceMs,
      zoneRestMs: isPosition ? positionAgeMs : zoneRestMs,
      oneClock: !isPosition && isOneClock(anchor, other),
    });
    if (comparison.relation === 'same') same.push(other);
    else if (comparison.relation === 'different') {
      findings.push(differFinding('recording-times-differ', 'same-recording-time', anchor, other, comparison));
    } else findings.push(explainedFinding('recording-times', anchor, other, comparison));
  }
  if (same.length > 0) {
    findings.unshift({
      code: 'recording-times-agree',
      outcome: 'consistent',
      proposition: 'same-recording-time',
      measures: {
        origins: { value: same.length + 1, unit: '1' },
        time: { value: momentText(anchor.time), unit: 'text' },
      },
      details: { where: listed([anchor, ...same].map(nameOf)) },
      places: [anchor, ...same].slice(0, mostPairs).map(placeOf),
      limits: [...limits],
    });
  }
  return findings.slice(0, mostPairs);
}

/** Two tags of one EXIF block or one packet, none with a zone: the same clock wrote both. */
function isOneClock(a: Timed, b: Timed): boolean {
  const block = (entry: Timed): string => entry.origin.split('/')[0] ?? '';
  const unzoned = a.time.zone === 'unknown' && b.time.zone === 'unknown';
  return unzoned && block(a) === block(b) && /^(?:exif|xmp|iptc)/.test(block(a));
}

function pairOf(
  a: Timed,
  b: Timed,
  comparison: TimeComparison,
): Pick<FindingInput, 'details' | 'places'> & {
  measures: NonNullable<FindingInput['measures']>;
} {
  return {
    measures: {
      apart: { value: Math.abs(comparison.differenceMs) / 1000, unit: 's' },
      timeA: { value: momentText(a.time), unit: 'text' },
      timeB: { value: momentText(b.time), unit: 'text' },
    },
    details: { originA: nameOf(a), originB: nameOf(b) },
    places: [placeOf(a), placeOf(b)],
  };
}

function differFinding(
  code: string,
  proposition: string,
  a: Timed,
  b: Timed,
  comparison: Extract<TimeComparison, { relation: 'different' }>,
): FindingInput {
  return {
    code,
    outcome: 'inconsistent',
    proposition,
    ...pairOf(a, b, comparison),
    limits: [...limits, ...(comparison.zoneKnown ? [] : ['zone-not-known'])],
  };
}

/** A difference that a zone, or a writer that put local time where UTC belongs, explains: a fact, not a conflict. */
function explainedFinding(
  what: string,
  a: Timed,
  b: Timed,
  comparison: Extract<TimeComparison, { relation: 'same-with-zone' | 'same-digits' }>,
): FindingInput {
  const pair = pairOf(a, b, comparison);
  if (comparison.relation === 'same-digits') {
    return { code: `${what}-local-as-utc`, outcome: 'information', ...pair, limits: [...limits, 'utc-often-local'] };
  }
  return {
    code: `${what}-agree-by-zone`,
    outcome: 'information',
    ...pair,
    measures: { ...pair.measures, impliedZone: { value: offsetText(comparison.offsetMinutes), unit: 'text' } },
    limits: [...limits, 'zone-not-known'],
  };
}

const propositions = { written: 'written-when-recorded', changed: 'unchanged-since-recording' } as const;

/** Whether the file says of itself that it was written, or last changed, when it was recorded. */
function afterRecording(
  what: 'written' | 'changed',
  anchor: Timed,
  others: readonly Timed[],
  settings: TimeSettings,
): FindingInput[] {
  const sameMs = settings.toleranceMs + settings.durationMs;
  const same: Timed[] = [];
  const findings: FindingInput[] = [];
  for (const other of others) {
    const comparison = compareTimes(anchor.time, other.time, {
      sameMs,
      zoneRestMs: zoneRestMs + settings.durationMs,
      oneClock: isOneClock(anchor, other),
    });
    if (comparison.relation === 'same') same.push(other);
    else if (comparison.relation === 'different') {
      const later = comparison.differenceMs > 0;
      const proposition = later ? propositions[what] : 'times-in-order';
      findings.push(
        differFinding(`${what}-${later ? 'later' : 'before-recorded'}`, proposition, anchor, other, comparison),
      );
    } else findings.push(explainedFinding(`${what}-times`, anchor, other, comparison));
  }
  if (same.length > 0) {
    findings.unshift({
      code: `${what}-when-recorded`,
      outcome: 'consistent',
      proposition: propositions[what],
      measures: { time: { value: momentText(anchor.time), unit: 'text' } },
      details: { origin: nameOf(anchor), where: listed(same.map(nameOf)) },
      places: [anchor, ...same].slice(0, mostPairs).map(placeOf),
      limits: [...limits],
    });
  }
  return findings.slice(0, mostPairs);
}

/** At most eight names in a sentence, with how many more there are. */
export function listed(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const rest = unique.length - mostPairs;
  return `${unique.slice(0, mostPairs).join(', ')}${rest > 0 ? ` (+${String(rest)})` : ''}`;
}
