import type { FindingInput } from '../../base/finding.ts';
import { field, nodesOfType, numberField, textField } from '../../containers/structure-query.ts';
import type { Structure } from '../../containers/structure.ts';
import { count, placeOf, placesOf } from './finding-parts.ts';

/** Facts of Matroska and WebM files. The writing applications are with the other writers. */
export function matroskaFindings(structure: Structure): readonly FindingInput[] {
  return [
    ...documentType(structure),
    ...clusters(structure),
    ...checksums(structure),
    ...unknownSizes(structure),
    ...missingCues(structure),
  ];
}

function documentType(structure: Structure): readonly FindingInput[] {
  const [node] = nodesOfType(structure, 'DocType');
  if (node === undefined) return [];
  const [version] = nodesOfType(structure, 'DocTypeVersion');
  return [
    {
      code: 'document-type',
      outcome: 'information',
      details: { type: textField(node, 'value') ?? '', version: numberField(version, 'value') ?? 1 },
      places: [placeOf(node)],
      limits: ['brand-is-a-claim'],
    },
  ];
}

function clusters(structure: Structure): readonly FindingInput[] {
  const nodes = nodesOfType(structure, 'Cluster');
  if (nodes.length === 0) return [];
  const blocks = nodes.reduce((sum, node) => sum + (numberField(node, 'blocks') ?? 0), 0);
  const complete = nodes.every((node) => field(node, 'allBlocksCounted') === true);
  return [
    {
      code: complete ? 'clusters' : 'clusters-counted-in-part',
      outcome: 'information',
      measures: { clusters: count(nodes.length), blocks: count(blocks) },
      places: nodes.slice(0, 1).map(placeOf),
    },
  ];
}

/** FORENSIC: a checksum that does not fit shows bytes changed after the element was written; one that fits shows little. */
function checksums(structure: Structure): readonly FindingInput[] {
  const nodes = nodesOfType(structure, 'CRC-32');
  const checked = nodes.filter((node) => field(node, 'matches') !== undefined);
  const wrong = checked.filter((node) => field(node, 'matches') === false);
  if (nodes.length === 0) return [];
  return [
    {
      code: wrong.length === 0 ? 'checksums-match' : 'checksums-differ',
      outcome: 'information',
      measures: { checksums: count(nodes.length), checked: count(checked.length), wrong: count(wrong.length) },
      places: placesOf(wrong),
      limits: wrong.length === 0 ? ['checksums-can-be-made'] : ['damage-or-edit'],
    },
  ];
}

/** A writer that cannot go back (a live stream, a browser's recorder) leaves sizes open. */
function unknownSizes(structure: Structure): readonly FindingInput[] {
  const nodes = structure.nodes.filter((node) => field(node, 'sizeUnknown') === true);
  if (nodes.length === 0) return [];
  return [
    {
      code: 'unknown-sizes',
      outcome: 'information',
      measures: { elements: count(nodes.length) },
      places: placesOf(nodes),
      limits: ['order-is-a-habit'],
    },
  ];
}

function missingCues(structure: Structure): readonly FindingInput[] {
  const hasClusters = structure.nodes.some(({ type }) => type === 'Cluster');
  const hasCues = structure.nodes.some(({ type }) => type === 'Cues');
  return hasClusters && !hasCues ? [{ code: 'no-cues', outcome: 'information', limits: ['order-is-a-habit'] }] : [];
}
