import type { FindingInput } from '../../base/finding.ts';
import { field, findNode, nodesOfType, numberField, textField } from '../../containers/structure-query.ts';
import type { Structure } from '../../containers/structure.ts';
import { bytes, count, placeOf } from './finding-parts.ts';

/** Facts of AVI and WAV files. */
export function riffFindings(structure: Structure): readonly FindingInput[] {
  return [...aviIndex(structure), ...aviFrames(structure), ...severalChunks(structure), ...broadcast(structure)];
}

function aviIndex(structure: Structure): readonly FindingInput[] {
  const movie = nodesOfType(structure, 'LIST:movi')[0];
  if (movie === undefined) return [];
  const index = structure.nodes.find(({ type }) => type === 'idx1');
  const superIndex = structure.nodes.find(({ type }) => type === 'indx');
  if (index === undefined && superIndex === undefined)
    return [
      { code: 'avi-index-missing', outcome: 'information', places: [placeOf(movie)], limits: ['damage-or-edit'] },
    ];
  const present = [index, superIndex].filter((node) => node !== undefined);
  return [
    {
      code: 'avi-index',
      outcome: 'information',
      measures: { entries: count(numberField(index ?? superIndex, 'entryCount') ?? 0) },
      details: { types: present.map(({ type }) => type).join(', ') },
      places: present.map(placeOf),
    },
  ];
}

/** The head states how many frames there are; the media list shows how many chunks there are. */
function aviFrames(structure: Structure): readonly FindingInput[] {
  const head = structure.nodes.find(({ type }) => type === 'avih');
  const lists = nodesOfType(structure, 'LIST:movi');
  const complete = lists.every((list) => field(list, 'allChunksCounted') === true);
  if (head === undefined || lists.length === 0 || !complete) return [];
  const counts = lists.flatMap((list) => list.fields.filter(({ name }) => /^chunks\[\d\dd[bc]\]$/.test(name)));
  const first = counts[0]?.name;
  const chunks = counts.filter(({ name }) => name === first).reduce((sum, { value }) => sum + Number(value), 0);
  const extended = nodesOfType(structure, 'dmlh')[0];
  const declared = numberField(extended, 'totalFrames') ?? numberField(head, 'totalFrames') ?? 0;
  if (declared === chunks) return [];
  return [
    {
      code: 'avi-frame-count-differs',
      outcome: 'information',
      measures: { declared: count(declared), found: count(chunks) },
      places: [placeOf(extended ?? head), ...lists.map(placeOf)],
      limits: ['damage-or-edit'],
    },
  ];
}

/** A file of more than a gigabyte goes on in further RIFF chunks. */
function severalChunks(structure: Structure): readonly FindingInput[] {
  const nodes = structure.nodes.filter((node) => node.parent === -1 && node.type.startsWith('RIFF:'));
  if (nodes.length < 2) return [];
  const size = nodes.reduce((sum, node) => sum + node.sizeBytes, 0);
  return [
    {
      code: 'several-riff-chunks',
      outcome: 'information',
      measures: { chunks: count(nodes.length), size: bytes(size) },
      places: nodes.slice(0, 50).map(placeOf),
    },
  ];
}

/** EBU broadcast extension: the recorder's own record of where and when. */
function broadcast(structure: Structure): readonly FindingInput[] {
  const node = structure.nodes.find(({ type }) => type === 'bext');
  if (node === undefined) return [];
  const rate = numberField(findNode(structure, 'RIFF:WAVE/fmt'), 'sampleRateHz') ?? 0;
  const samples = numberField(node, 'timeReferenceSamples');
  return [
    {
      code: 'broadcast-extension',
      outcome: 'information',
      ...(rate > 0 && samples !== undefined
        ? { measures: { sinceMidnight: { value: Math.round((samples * 1000) / rate) / 1000, unit: 's' as const } } }
        : {}),
      details: {
        originator: textField(node, 'originator') ?? '',
        date: textField(node, 'originationDate') ?? '',
        time: textField(node, 'originationTime') ?? '',
        history: (textField(node, 'codingHistory') ?? '').trim(),
      },
      places: [placeOf(node)],
      limits: ['tags-can-be-set'],
    },
  ];
}
