import { canonicalJsonFile } from '../../../base/canonical-json.ts';
import type { Unit } from '../../../base/finding.ts';
import type { MethodContext } from '../../method.ts';
import { leadOf } from './lead-findings.ts';
import { offsetSeries } from './offset-series.ts';
import { positionInBand, publishedBands } from './published-bands.ts';
import { roundMs } from './round.ts';
import type { StreamFacts } from './stream-facts.ts';

export interface TimingArtefacts {
  readonly streams: string;
  readonly bands?: string;
  readonly edits?: string;
  readonly pairs?: string;
  readonly events: string;
  /** Offset series by stream index. */
  readonly offsets: ReadonlyMap<number, string>;
}

type Cell = string | number | boolean | null;
type Column = readonly [id: string, unit: Unit];

/** Most jumps that the event artefact lists; findings count all. */
const maxEvents = 5000;

/** Keeps the tables, series and events of the container level. */
export async function keepTimingArtefacts(
  context: MethodContext,
  all: readonly StreamFacts[],
  main: { readonly picture: StreamFacts; readonly sound: StreamFacts },
): Promise<TimingArtefacts> {
  const table = async (title: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]) => {
    const bytes = new TextEncoder().encode(canonicalJsonFile({ columns: columns.map(([id]) => id), rows }));
    await context.keep(
      {
        ...{ kind: 'table', name: title, title, mediaType: 'application/json', rows: rows.length },
        columns: columns.map(([id, unit]) => ({ id, unit })),
      },
      bytes,
    );
    return title;
  };
  const streams = await table('stream-timing', streamColumns, all.map(streamRow));

  const lead = leadOf(main.picture, main.sound);
  const bands =
    lead === undefined
      ? {}
      : {
          bands: await table(
            'published-bands',
            [
              ['band', 'text'],
              ['ahead', 'ms'],
              ['behind', 'ms'],
              ['position', 'text'],
              ['confirmed', 'text'],
            ],
            publishedBands.map((band) => [
              band.id,
              band.aheadMs,
              -band.behindMs,
              positionInBand(lead.lowestMs, lead.highestMs, band),
              band.confirmed,
            ]),
          ),
        };

  const editRows = all.flatMap(({ stream, edits }) =>
    (edits?.edits ?? []).map((edit) => [
      stream.index,
      edit.entry,
      edit.kind,
      roundMs(edit.startMs),
      edit.segmentMs === null ? null : roundMs(edit.segmentMs),
      edit.mediaTimeMs === null ? null : roundMs(edit.mediaTimeMs),
      edit.rate,
    ]),
  );
  const edits = editRows.length === 0 ? {} : { edits: await table('edit-lists', editColumns, editRows) };

  const pictures = all.filter(({ kind }) => kind === 'picture');
  const sounds = all.filter(({ kind }) => kind === 'sound');
  const pairRows = pictures.flatMap((picture) =>
    sounds.map((sound): Cell[] => {
      const own = leadOf(picture, sound);
      return [
        picture.stream.index,
        sound.stream.index,
        own === undefined ? null : roundMs(own.audioLeadMs),
        own === undefined ? null : roundMs(own.uncertaintyMs),
        orNull(own?.audioLeadFrames),
        picture === main.picture && sound === main.sound,
      ];
    }),
  );
  const pairs = pairRows.length < 2 ? {} : { pairs: await table('stream-pairs', pairColumns, pairRows) };

  const offsets = new Map<number, string>();
  for (const facts of [main.picture, main.sound]) {
    if (facts.timeMs.length < 2) continue;
    const { timeMs, offsetMs } = offsetSeries(facts.timeMs, facts.clockMs);
    const name = `offset-${facts.stream.index}`;
    await context.keep(
      {
        ...{ kind: 'series', name, title: `${facts.kind}-offset`, mediaType: 'application/json', draw: 'steps' },
        columns: [
          { id: 'time', unit: 'ms' },
          { id: 'offset', unit: 'ms' },
        ],
        length: timeMs.length,
        stream: facts.stream.index,
      },
      new TextEncoder().encode(canonicalJsonFile({ columns: { time: timeMs, offset: offsetMs } })),
      { stream: facts.stream.index },
    );
    offsets.set(facts.stream.index, name);
  }

  const events = [main.picture, main.sound]
    .flatMap((facts) =>
      facts.jumps.map((jump) => ({
        startMs: roundMs(jump.startMs),
        endMs: roundMs(jump.endMs),
        label: jump.kind,
        stream: facts.stream.index,
        jumpMs: roundMs(jump.jumpMs),
      })),
    )
    .sort((a, b) => a.startMs - b.startMs || a.stream - b.stream)
    .slice(0, maxEvents);
  await context.keep(
    { kind: 'event', name: 'time-jumps', title: 'time-jumps', mediaType: 'application/json', count: events.length },
    new TextEncoder().encode(canonicalJsonFile({ events })),
  );
  return { streams, ...bands, ...edits, ...pairs, events: 'time-jumps', offsets };
}

const streamColumns: readonly Column[] = [
  ['stream', '1'],
  ['kind', 'text'],
  ['codec', 'text'],
  ['start', 'ms'],
  ['startWithin', 'ms'],
  ['laterBy', 'ms'],
  ['end', 'ms'],
  ['length', 'ms'],
  ['headerLength', 'ms'],
  ['unitLength', 'ms'],
  ['tick', 'ms'],
  ['packets', '1'],
  ['hidden', '1'],
  ['skippedSamples', '1'],
  ['paddingSamples', '1'],
  ['delaySources', 'text'],
  ['timesFrom', 'text'],
  ['edits', '1'],
  ['jumps', '1'],
];

const editColumns: readonly Column[] = [
  ['stream', '1'],
  ['entry', '1'],
  ['editKind', 'text'],
  ['editStart', 'ms'],
  ['segment', 'ms'],
  ['mediaTime', 'ms'],
  ['rate', '1'],
];

const pairColumns: readonly Column[] = [
  ['picture', '1'],
  ['sound', '1'],
  ['lead', 'ms'],
  ['uncertainty', 'ms'],
  ['leadFrames', 'frames'],
  ['mainPair', 'text'],
];

function streamRow(facts: StreamFacts): Cell[] {
  const { stream, start, endMs, delay, edits } = facts;
  const { durationTicks, timeBase } = stream;
  return [
    stream.index,
    facts.kind,
    stream.codec,
    orNull(start?.startMs),
    orNull(start?.withinMs),
    orNull(start?.laterByMs),
    orNull(endMs),
    start === undefined || endMs === undefined ? null : roundMs(endMs - start.startMs),
    durationTicks === null ? null : roundMs((durationTicks * timeBase.num * 1000) / timeBase.den),
    orNull(facts.unitMs),
    orNull(facts.tickMs),
    facts.timeMs.length,
    facts.hidden,
    delay === undefined ? null : delay.skippedSamples,
    delay === undefined ? null : delay.paddingSamples,
    delay === undefined ? null : delay.statements.map(({ source, samples }) => `${source} ${samples}`).join(', '),
    facts.timesFrom,
    edits === undefined ? 0 : edits.edits.length,
    facts.jumps.length,
  ];
}

function orNull(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : roundMs(value);
}
