import { childrenOf, findNode, numberField, textField } from './structure-query.ts';
import type { FieldValue, Structure, StructureNode } from './structure.ts';

/** One entry of an edit list (ISO/IEC 14496-12 §8.6.6). */
export interface EditListEntry {
  /** Ticks of the movie's time scale; 0 in fragmented files means "to the end". */
  readonly segmentDuration: number;
  /** Ticks of the media's time scale; -1 is an empty edit: the track starts later. */
  readonly mediaTime: number;
  readonly rate: number;
}

export interface TrackEditList {
  /** Position among the movie's tracks. */
  readonly trackIndex: number;
  readonly trackId: number | undefined;
  /** `vide`, `soun`, …; undefined where the track has no handler. */
  readonly handler: string | undefined;
  /** Ticks a second; undefined where the file does not say. */
  readonly mediaTimeScale: number | undefined;
  readonly movieTimeScale: number | undefined;
  /** All entries, in order; none where the track has no edit list. */
  readonly entries: readonly EditListEntry[];
  /** False where the file claims more entries than could be read. */
  readonly complete: boolean;
  /** Path of the `elst` box, and its id, where there is one. */
  readonly node: string | undefined;
  readonly nodeId: number | undefined;
}

/** The edit lists of every track of a movie, in the order of its tracks. Empty for anything but ISO base media files. */
export function readEditLists(structure: Structure): readonly TrackEditList[] {
  if (structure.format !== 'isobmff') return [];
  const movie = findNode(structure, 'moov');
  if (movie === undefined) return [];
  const movieTimeScale = numberField(findNode(structure, 'moov/mvhd'), 'timescale');
  const tracks = childrenOf(structure, movie.id).filter((node) => node.type === 'trak');
  return tracks.map((track, trackIndex) => {
    const box = (path: string): StructureNode | undefined => findNode(structure, path, track);
    const list = box('edts/elst');
    const entries = list === undefined ? [] : entriesOf(list);
    return {
      trackIndex,
      trackId: numberField(box('tkhd'), 'trackId'),
      handler: textField(box('mdia/hdlr'), 'handlerType'),
      mediaTimeScale: numberField(box('mdia/mdhd'), 'timescale'),
      movieTimeScale,
      entries,
      complete: entries.length === (numberField(list, 'entryCount') ?? 0),
      node: list?.path,
      nodeId: list?.id,
    };
  });
}

function entriesOf(list: StructureNode): readonly EditListEntry[] {
  const values = new Map<string, FieldValue>(list.fields.map(({ name, value }) => [name, value]));
  const entries: EditListEntry[] = [];
  for (let index = 0; ; index++) {
    const rate = values.get(`entries[${index}].rate`);
    if (rate === undefined) return entries;
    entries.push({
      segmentDuration: Number(values.get(`entries[${index}].segmentDuration`)),
      mediaTime: Number(values.get(`entries[${index}].mediaTime`)),
      rate: Number(rate),
    });
  }
}
