import type { Artefact, MapArtefact, SeriesArtefact, EventArtefact } from '../../../src/base/artefact.ts';
import type { KeptExamination } from '../kept-examination.ts';
import { groupBy } from './group-by.ts';

interface OfExamination {
  /** Stable over exhibits and machines: settings of a lane are kept under it. */
  readonly id: string;
  readonly method: string;
  /** Title of the artefact; its words are in the method's texts, a shorter form may be in the axis's own. */
  readonly title: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly key: string;
  readonly stream: number | undefined;
  /** Not among those shown at first. */
  readonly isQuiet: boolean;
}

export interface EnvelopeLane extends OfExamination {
  readonly kind: 'envelope';
  /** Per channel its levels, finest first. */
  readonly channels: readonly (readonly SeriesArtefact[])[];
  /** Decoded sound of the same stream, for zooms below the finest bin. */
  readonly sound: SeriesArtefact | undefined;
}
export interface SeriesLane extends OfExamination {
  readonly kind: 'series';
  readonly series: SeriesArtefact;
}
export interface PlaneLane extends OfExamination {
  readonly kind: 'plane';
  /** Tiles of all levels. */
  readonly maps: readonly TimeMap[];
}
export interface EventLane extends OfExamination {
  readonly kind: 'event';
  readonly events: EventArtefact;
}
/** Lanes that come from the case rather than from an artefact. */
export interface OwnLane {
  readonly kind: 'findings' | 'bookmarks';
  readonly id: 'findings' | 'bookmarks';
  readonly isQuiet: false;
}
export type Lane = EnvelopeLane | SeriesLane | PlaneLane | EventLane | OwnLane;
export type ArtefactLane = Exclude<Lane, OwnLane>;

type Over = Extract<NonNullable<MapArtefact['over']>, { plane: 'time-frequency' }>;
export type TimeMap = MapArtefact & { readonly over: Over };

/** Kinds of lanes in the order in which they are shown; those that are not named here follow, as their methods do. */
const order: readonly string[] = [
  // Mouth and sound stand side by side, to be slid against each other.
  ...[
    'findings',
    'bookmarks',
    'av-sync:lag-over-time',
    'av-sync:mouth-motion',
    'audio:waveform',
    'av-sync:speech-energy',
  ],
  ...['audio:spectrogram', 'packets:packet-sizes', 'packets:picture-groups'],
  ...['frames:frame-events', 'frames:scene-score', 'frames:motion', 'av-sync:picture-offset', 'av-sync:sound-offset'],
  ...['av-sync:time-jumps', 'packets:packet-events', 'audio:sound-events', 'audio:loudness', 'packets:bit-rate'],
];
const quiet = new Set(['audio:loudness', 'packets:bit-rate', 'packets:packet-events', 'av-sync:time-jumps']);

/**
 * The lanes that an exhibit's examinations give, by what their artefacts say of themselves: a series over time, maps over time
 * and frequency, events. A method of the future needs nothing here to have its lanes. `mainStreams` are the streams whose
 * lanes are shown at first where a method has one for each.
 */
export function lanesOf(examinations: readonly KeptExamination[], mainStreams: readonly number[]): Lane[] {
  const seen = new Set<string>();
  // The latest examination first: its lanes are the method's, those of earlier ones can be shown beside them.
  const lanes = examinations
    .toReversed()
    .flatMap((examination): ArtefactLane[] => artefactLanes(examination, seen, mainStreams));
  const own: OwnLane[] = [
    { kind: 'findings', id: 'findings', isQuiet: false },
    { kind: 'bookmarks', id: 'bookmarks', isQuiet: false },
  ];
  return [...own, ...lanes].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(lane: Lane): number {
  const at = order.indexOf('title' in lane ? `${lane.method}:${lane.title}` : lane.id);
  return at < 0 ? order.length : at;
}

function artefactLanes(
  examination: KeptExamination,
  seen: Set<string>,
  mainStreams: readonly number[],
): ArtefactLane[] {
  const { method, key, artefacts } = examination;
  // A method that ran again with other parameters has its lanes a second time, apart from the latest.
  const others = new Set(seen);
  const base = (name: string, artefact: Artefact, stream: number | undefined): Omit<OfExamination, 'kind'> => ({
    ...{ id: laneId(name), method, title: artefact.title, details: artefact.details, key, stream },
    isQuiet:
      others.has(`${method}:${name}`) ||
      quiet.has(`${method}:${artefact.title}`) ||
      (stream !== undefined && mainStreams.length > 0 && !isMain(method, artefact.title, stream, mainStreams)),
  });
  const laneId = (name: string): string => {
    const id = `${method}:${name}`;
    seen.add(id);
    return others.has(id) ? `${id}@${key.slice(0, 8)}` : id;
  };
  return [
    ...envelopeLanes(artefacts, base),
    ...planeLanes(artefacts, base),
    ...artefacts.flatMap((artefact): ArtefactLane[] => {
      if (artefact.kind === 'event')
        return [{ kind: 'event', ...base(artefact.name, artefact, undefined), events: artefact }];
      if (artefact.kind !== 'series' || artefact.draw === 'envelope' || !isOverTime(artefact)) return [];
      if (artefact.mediaType === 'audio/wav' || artefact.columns.length < 2 || (artefact.level ?? 0) > 0) return [];
      return [{ kind: 'series', ...base(artefact.name, artefact, artefact.stream), series: artefact }];
    }),
  ];
}

/** Packet sizes say most of the picture; everything else of all streams that the exhibit is looked at by. */
function isMain(method: string, title: string, stream: number, mainStreams: readonly number[]): boolean {
  return `${method}:${title}` === 'packets:packet-sizes' ? stream === mainStreams[0] : mainStreams.includes(stream);
}

/** A lag is in ms too, and is no moment of the exhibit: the axis column of a series over time is named so. */
function isOverTime({ columns }: SeriesArtefact): boolean {
  const [axis] = columns;
  return (axis?.unit === 'ms' || axis?.unit === 's') && axis.id.startsWith('time');
}

type Base = (name: string, artefact: Artefact, stream: number | undefined) => OfExamination;

function envelopeLanes(artefacts: readonly Artefact[], base: Base): EnvelopeLane[] {
  const series = artefacts.filter((one) => one.kind === 'series');
  const envelopes = series.filter((one) => one.draw === 'envelope' && isOverTime(one));
  const groups = groupBy(envelopes, ({ title, stream }) => `${title}-${stream ?? 0}`);
  return [...groups].flatMap(([name, levels]) => {
    const first = levels[0];
    if (first === undefined) return [];
    const channels = [...groupBy(levels, ({ details }) => Number(details['channel'] ?? 0))]
      .sort(([a], [b]) => a - b)
      .map(([, own]) => own.sort((a, b) => (a.level ?? 0) - (b.level ?? 0)));
    const sound = series.find(({ mediaType, stream }) => mediaType === 'audio/wav' && stream === first.stream);
    return [{ kind: 'envelope', ...base(name, first, first.stream), channels, sound }];
  });
}

function planeLanes(artefacts: readonly Artefact[], base: Base): PlaneLane[] {
  const maps = artefacts.filter((one): one is TimeMap => one.kind === 'map' && one.over?.plane === 'time-frequency');
  return [...groupBy(maps, ({ over }) => over.stream)].flatMap(([stream, tiles]) => {
    // The overview is the coarsest; its title names the lane.
    const overview = tiles.reduce((a, b) => (msPerColumn(b) >= msPerColumn(a) ? b : a));
    return [{ kind: 'plane', ...base(`${overview.title}-${stream}`, overview, stream), maps: tiles }];
  });
}

/** Whether a lane shows the sound, and so moves with it when it is slid against the picture. */
export function slidesWithSound(lane: Lane): boolean {
  if (lane.kind === 'series') return `${lane.method}:${lane.title}` === 'av-sync:speech-energy';
  return lane.kind === 'envelope' || lane.kind === 'plane';
}

/** Time that one column of a map takes. */
export function msPerColumn({ over, width }: TimeMap): number {
  return (over.endMs - over.startMs) / Math.max(1, width);
}

/** The maps to draw for a zoom: the coarsest level that is fine enough, where they touch the span. Always the coarsest first. */
export function mapsFor(maps: readonly TimeMap[], msPerPixel: number, startMs: number, endMs: number): TimeMap[] {
  const levels = [...groupBy(maps, (map) => Number(map.details['level'] ?? 0))].sort(([a], [b]) => b - a);
  const coarsest = levels[0]?.[1] ?? [];
  const chosen = levels.find(([, tiles]) => (tiles[0] === undefined ? 0 : msPerColumn(tiles[0])) <= msPerPixel * 1.5);
  const wanted = (chosen ?? levels.at(-1))?.[1] ?? [];
  const touching = wanted.filter(({ over }) => over.endMs > startMs && over.startMs < endMs);
  return wanted === coarsest ? touching : [...coarsest, ...touching];
}
