import type { FindingInput } from '../../base/finding.ts';
import type { ExaminedStream } from './examine-stream.ts';
import { irregularityKinds, type Irregularity, type IrregularityKind } from './irregularities.ts';
import { meanBitRate, type StreamArtefacts } from './packet-artefacts.ts';
import { milliseconds } from './presentation-order.ts';

type Measures = NonNullable<FindingInput['measures']>;
type Place = NonNullable<FindingInput['places']>[number];

/** Places that a finding lists; all of them are among the events. */
const mostPlaces = 20;

const codes: Readonly<Record<IrregularityKind, string>> = {
  gap: 'gaps',
  overlap: 'overlaps',
  backwards: 'backwards-times',
  'presented-before-decoded': 'presented-before-decoded',
  hidden: 'hidden-packets',
  corrupt: 'corrupt-packets',
};

/** What interpretation each kind of irregularity must not be given alone. */
const limitsOf: Readonly<Record<IrregularityKind, readonly string[]>> = {
  gap: ['gaps-have-causes'],
  overlap: ['times-have-causes'],
  backwards: ['times-have-causes'],
  'presented-before-decoded': ['times-have-causes'],
  hidden: ['hidden-is-usual'],
  corrupt: ['reader-judges'],
};

/** The findings of one stream, each plain information: packet times alone never carry a conclusion. */
export function streamFindings(
  examined: ExaminedStream,
  artefacts: StreamArtefacts | undefined,
  events: string,
): FindingInput[] {
  const { stream, packets } = examined;
  const about = { stream: stream.index, codec: stream.codec, type: stream.type };
  if (packets.count === 0 || artefacts === undefined)
    return [{ code: 'no-packets', outcome: 'information', details: about }];
  return [
    summary(examined, artefacts, about),
    ...rate(examined, artefacts, about),
    ...groups(examined, artefacts, about),
    ...declared(examined, about),
    ...irregularityKinds.flatMap((kind) => irregularity(examined, kind, events, about)),
    ...withoutTimes(examined, about),
  ];
}

type About = Readonly<Record<string, string | number>>;

function summary(examined: ExaminedStream, artefacts: StreamArtefacts, about: About): FindingInput {
  const { stream, packets, startTicks, endTicks, sizeBytes } = examined;
  const bitRate = meanBitRate(examined);
  const timed = !Number.isNaN(startTicks);
  return {
    ...{ code: timed && bitRate !== null ? 'stream-packets' : 'stream-packets-without-length', outcome: 'information' },
    measures: {
      packets: { value: packets.count, unit: '1' },
      sizeBytes: { value: sizeBytes, unit: 'bytes' },
      ...(timed && bitRate !== null
        ? {
            startMs: { value: milliseconds(startTicks, stream.timeBase), unit: 'ms' as const },
            lengthMs: { value: milliseconds(endTicks - startTicks, stream.timeBase), unit: 'ms' as const },
            bitRate: { value: bitRate, unit: 'bit/s' as const },
          }
        : {}),
    },
    details: { ...about },
    places: [{ stream: stream.index }],
    artefacts: [artefacts.packets, artefacts.sizes, artefacts.bitRate],
  };
}

/** Sound packets follow their codec's frame length; only the pictures' rate is worth a sentence. */
function rate({ stream, intervals }: ExaminedStream, artefacts: StreamArtefacts, about: About): FindingInput[] {
  if (stream.type !== 'video' || stream.attachedPicture || intervals === undefined) return [];
  const inMs = (ticks: number): Measures[string] => ({ value: milliseconds(ticks, stream.timeBase), unit: 'ms' });
  const measures: Measures = {
    medianMs: inMs(intervals.median),
    shortestMs: inMs(intervals.shortest),
    longestMs: inMs(intervals.longest),
    ...(intervals.median > 0 ? { frameRate: { value: framesPerSecond(intervals.median, stream), unit: 'fps' } } : {}),
  };
  const finding: Pick<FindingInput, 'outcome' | 'details' | 'places'> = {
    ...{ outcome: 'information', details: { ...about }, places: [{ stream: stream.index }] },
  };
  if (intervals.deviating === 0)
    return [{ ...finding, code: 'constant-rate', measures, artefacts: [artefacts.packets] }];
  const share = (100 * intervals.deviating) / intervals.count;
  return [
    {
      ...{ ...finding, code: 'variable-rate', artefacts: [artefacts.packets], limits: ['variable-is-usual'] },
      measures: {
        ...measures,
        deviating: { value: intervals.deviating, unit: '1' },
        deviatingShare: { value: Math.round(share * 100) / 100, unit: 'percent' },
      },
    },
  ];
}

function framesPerSecond(medianTicks: number, { timeBase }: ExaminedStream['stream']): number {
  return Math.round((timeBase.den / (medianTicks * timeBase.num)) * 1000) / 1000;
}

function groups(examined: ExaminedStream, artefacts: StreamArtefacts, about: About): FindingInput[] {
  const { stream, packets, groupLengths: lengths, presentation } = examined;
  if (examined.groups === undefined) return [];
  const found: FindingInput[] = [];
  const finding: Pick<FindingInput, 'outcome' | 'places'> = {
    ...{ outcome: 'information', places: [{ stream: stream.index }] },
  };
  const count = examined.groups.groups.length;
  const shared: Measures = {
    groups: { value: count, unit: '1' },
    reorderDepth: { value: presentation.reorderDepth, unit: 'frames' },
  };
  if (lengths !== undefined) {
    const regular = lengths.shortest === lengths.longest;
    const code =
      count === packets.count ? 'all-key' : count === 1 ? 'one-group' : regular ? 'regular-groups' : 'irregular-groups';
    found.push({
      ...{ ...finding, code },
      measures: {
        ...shared,
        groupLength: { value: lengths.mostCommon, unit: 'frames' },
        shortestGroup: { value: lengths.shortest, unit: 'frames' },
        longestGroup: { value: lengths.longest, unit: 'frames' },
        commonShare: { value: Math.round(lengths.mostCommonShare * 1e4) / 100, unit: 'percent' },
      },
      details: { ...about, pattern: lengths.pattern },
      artefacts: artefacts.groups === undefined ? [artefacts.sizes] : [artefacts.groups, artefacts.sizes],
      limits:
        code === 'irregular-groups' ? ['frame-types-not-known', 'groups-follow-scenes'] : ['frame-types-not-known'],
    });
  }
  const { leadingPackets } = examined.groups;
  if (leadingPackets > 0) {
    found.push({
      ...{ ...finding, code: 'starts-without-key', details: { ...about } },
      measures: { leadingPackets: { value: leadingPackets, unit: 'frames' } },
      limits: ['cut-without-encoding'],
    });
  }
  return found;
}

/** The container's own count against the packets that are there. */
function declared({ stream, packets }: ExaminedStream, about: About): FindingInput[] {
  const told = stream.printed['nb_frames'];
  if (typeof told !== 'number' || told === packets.count || told <= 0) return [];
  return [
    {
      ...{ code: 'declared-count-differs', outcome: 'information', details: { ...about } },
      measures: { declared: { value: told, unit: '1' }, packets: { value: packets.count, unit: '1' } },
      places: [{ stream: stream.index }],
      limits: ['edit-lists-leave-out'],
    },
  ];
}

function irregularity(examined: ExaminedStream, kind: IrregularityKind, events: string, about: About): FindingInput[] {
  const found = examined.irregularities.filter((one) => one.kind === kind);
  if (found.length === 0) return [];
  const lengths = found.map(({ startMs, endMs }) => endMs - startMs);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return [
    {
      ...{ code: codes[kind], outcome: 'information', details: { ...about } },
      measures: {
        count: { value: found.length, unit: '1' },
        totalMs: { value: Math.round(total * 1e3) / 1e3, unit: 'ms' },
        longestMs: { value: Math.round(longest * 1e3) / 1e3, unit: 'ms' },
        firstMs: { value: found[0]?.startMs ?? 0, unit: 'ms' },
      },
      places: found.slice(0, mostPlaces).map(placeOf),
      artefacts: [events],
      limits: [...limitsOf[kind]],
    },
  ];
}

function placeOf({ startMs, endMs, stream, offsetBytes }: Irregularity): Place {
  return { startMs, endMs, stream, ...(offsetBytes === undefined ? {} : { offsetBytes }) };
}

function withoutTimes({ stream, presentation }: ExaminedStream, about: About): FindingInput[] {
  if (presentation.withoutTime === 0) return [];
  return [
    {
      ...{ code: 'packets-without-time', outcome: 'information', details: { ...about } },
      measures: { count: { value: presentation.withoutTime, unit: '1' } },
      places: [{ stream: stream.index }],
    },
  ];
}
