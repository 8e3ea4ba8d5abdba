import type { TrackEditList } from '../../../containers/read-edit-lists.ts';
import type { ProbedStream } from '../../../media/exhibit-media.ts';

/** One entry of an edit list, laid on the presentation time axis. */
export interface PlacedEdit {
  readonly entry: number;
  readonly kind: 'empty' | 'media' | 'dwell';
  /** Where the entry begins on the presentation time axis. */
  readonly startMs: number;
  /** How long it lasts there; null where it reaches to the end (0 in fragmented files). */
  readonly segmentMs: number | null;
  /** Where in the track's own media it begins; null for an empty edit. */
  readonly mediaTimeMs: number | null;
  readonly rate: number;
}

export interface EditTimeline {
  readonly edits: readonly PlacedEdit[];
  /** How much later than the movie the track starts: its leading empty edits. */
  readonly delayMs: number;
  /** Media that the list leaves out before the first media edit (encoder delay, or a trimmed start). */
  readonly trimmedMs: number;
  readonly mediaEdits: number;
  /** More than one media edit, an empty edit after the first, a dwell, or a rate other than 1: a cut, not a mere start. */
  readonly cuts: boolean;
  /** Rounding of every time that the list gives: one tick of the movie's time scale. */
  readonly tickMs: number;
  readonly node: string;
}

/** Every entry of a track's edit list in presentation order; undefined where there is none or its scales are missing. */
export function editTimeline(list: TrackEditList | undefined): EditTimeline | undefined {
  if (list?.node === undefined || list.entries.length === 0) return undefined;
  const { movieTimeScale, mediaTimeScale } = list;
  if (!movieTimeScale || !mediaTimeScale) return undefined;
  let atTicks = 0;
  const edits = list.entries.map(({ segmentDuration, mediaTime, rate }, entry): PlacedEdit => {
    const startMs = (atTicks / movieTimeScale) * 1000;
    atTicks += segmentDuration;
    return {
      entry,
      kind: mediaTime < 0 ? 'empty' : rate === 0 ? 'dwell' : 'media',
      startMs,
      segmentMs: segmentDuration === 0 ? null : (segmentDuration / movieTimeScale) * 1000,
      mediaTimeMs: mediaTime < 0 ? null : (mediaTime / mediaTimeScale) * 1000,
      rate,
    };
  });
  const first = edits.findIndex(({ kind }) => kind !== 'empty');
  const after = first < 0 ? [] : edits.slice(first);
  return {
    edits,
    delayMs: first < 0 ? 0 : edits[first]!.startMs,
    trimmedMs: first < 0 ? 0 : (edits[first]!.mediaTimeMs ?? 0),
    mediaEdits: edits.filter(({ kind }) => kind === 'media').length,
    cuts: after.length > 1 || after.some(({ kind, rate }) => kind !== 'media' || rate !== 1),
    tickMs: 1000 / movieTimeScale,
    node: list.node,
  };
}

/** The edit list that belongs to a stream: by ffprobe's track id, else by its place in the movie. */
export function editListOf(lists: readonly TrackEditList[], stream: ProbedStream): TrackEditList | undefined {
  const printed = String(stream.printed['id'] ?? '');
  const trackId = printed.startsWith('0x') ? Number.parseInt(printed, 16) : Number(printed || NaN);
  return (
    lists.find((list) => list.trackId !== undefined && list.trackId === trackId) ??
    lists.find((list) => list.trackIndex === stream.index)
  );
}
