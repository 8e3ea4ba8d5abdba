import type { FindingInput } from '../../base/finding.ts';
import { readEditLists, type TrackEditList } from '../../containers/read-edit-lists.ts';
import { childrenOf, findNode, nodesOfType, numberField, textField } from '../../containers/structure-query.ts';
import type { Structure, StructureNode } from '../../containers/structure.ts';
import { bytes, count, listed, placeOf, placesOf } from './finding-parts.ts';

/** Tracks whose edit lists get a finding each; a hostile file can have tens of thousands. */
const maxTracks = 32;

/** Facts of ISO base media files: brands, order of the boxes, fragments, edit lists, several media areas. */
export function movieFindings(structure: Structure): readonly FindingInput[] {
  return [
    ...brand(structure),
    ...boxOrder(structure),
    ...fragments(structure),
    ...editLists(structure),
    ...severalMediaBoxes(structure),
  ];
}

function brand(structure: Structure): readonly FindingInput[] {
  const fileType = findNode(structure, 'ftyp');
  if (fileType === undefined) return [{ code: 'no-brand', outcome: 'information', limits: ['brand-is-a-claim'] }];
  const compatible = fileType.fields
    .filter(({ name }) => name.startsWith('compatibleBrands['))
    .map(({ value }) => String(value).trim());
  return [
    {
      code: 'major-brand',
      outcome: 'information',
      measures: { minorVersion: count(numberField(fileType, 'minorVersion') ?? 0) },
      details: { brand: (textField(fileType, 'majorBrand') ?? '').trim(), compatible: listed(compatible) },
      places: [placeOf(fileType)],
      limits: ['brand-is-a-claim'],
    },
  ];
}

/** A recorder writes the media first and the tables when it stops; a writer for the web puts them in front. */
function boxOrder(structure: Structure): readonly FindingInput[] {
  const movie = findNode(structure, 'moov');
  const media = nodesOfType(structure, 'mdat').find((node) => node.sizeBytes > node.headerBytes);
  if (movie === undefined || media === undefined) return [];
  const order = childrenOf(structure, -1).map(({ type }) => type);
  return [
    {
      code: movie.offsetBytes < media.offsetBytes ? 'movie-before-media' : 'movie-after-media',
      outcome: 'information',
      measures: { movieOffset: bytes(movie.offsetBytes), mediaOffset: bytes(media.offsetBytes) },
      details: { order: order.length > 24 ? `${order.slice(0, 24).join(' ')} …` : order.join(' ') },
      places: [placeOf(movie), placeOf(media)],
      limits: ['order-is-a-habit'],
    },
  ];
}

function fragments(structure: Structure): readonly FindingInput[] {
  const nodes = nodesOfType(structure, 'moof');
  if (nodes.length === 0) return [];
  return [
    {
      code: 'fragmented',
      outcome: 'information',
      measures: { fragments: count(nodes.length) },
      places: placesOf(nodes),
      limits: ['order-is-a-habit'],
    },
  ];
}

/** One finding for every track that has an edit list, with what it does. */
function editLists(structure: Structure): readonly FindingInput[] {
  const tracks = readEditLists(structure).filter((track) => track.nodeId !== undefined);
  const findings = tracks.slice(0, maxTracks).map((track): FindingInput => {
    const node = structure.nodes[track.nodeId ?? -1];
    const start = startMeasures(track);
    return {
      code: start === undefined ? 'edit-list-untimed' : isPlain(track) ? 'edit-list-plain' : 'edit-list',
      outcome: 'information',
      measures: {
        entries: count(track.entries.length),
        emptyEdits: count(track.entries.filter(({ mediaTime }) => mediaTime === -1).length),
        ...start,
      },
      details: { track: track.trackId ?? track.trackIndex + 1, handler: track.handler ?? '–' },
      places: node === undefined ? [] : [placeOf(node)],
      limits: ['edit-lists-are-common'],
    };
  });
  if (tracks.length > maxTracks)
    findings.push({
      code: 'further-edit-lists',
      outcome: 'information',
      measures: { tracks: count(tracks.length - maxTracks) },
    });
  return findings;
}

/** One entry from the media's first moment at normal speed: it changes nothing. */
function isPlain({ entries }: TrackEditList): boolean {
  const [first] = entries;
  return entries.length === 1 && first?.mediaTime === 0 && first.rate === 1;
}

/**
 * How much of the media's beginning is left out, and how long empty edits delay the track. Undefined where the file gives no
 * time scale to say it in.
 */
function startMeasures(track: TrackEditList): NonNullable<FindingInput['measures']> | undefined {
  const { mediaTimeScale, movieTimeScale, entries } = track;
  if (!mediaTimeScale || !movieTimeScale) return undefined;
  const at = entries.findIndex(({ mediaTime }) => mediaTime >= 0);
  const delayTicks = entries.slice(0, Math.max(0, at)).reduce((sum, entry) => sum + entry.segmentDuration, 0);
  const ms = (ticks: number, scale: number) =>
    ({ value: Math.round((ticks * 1e6) / scale) / 1000, unit: 'ms' }) as const;
  return {
    skipped: ms(entries[at]?.mediaTime ?? 0, mediaTimeScale),
    delay: ms(delayTicks, movieTimeScale),
  };
}

/** Fragmented files have one media box a fragment; anywhere else a second one is worth a look. */
function severalMediaBoxes(structure: Structure): readonly FindingInput[] {
  const nodes = nodesOfType(structure, 'mdat');
  const isFragmented = structure.nodes.some(({ type }) => type === 'moof');
  if (nodes.length < 2 || isFragmented) return [];
  const size = nodes.reduce((sum: number, node: StructureNode) => sum + node.sizeBytes, 0);
  return [
    {
      code: 'several-media-boxes',
      outcome: 'information',
      measures: { boxes: count(nodes.length), size: bytes(size) },
      places: placesOf(nodes),
      limits: ['order-is-a-habit'],
    },
  ];
}
