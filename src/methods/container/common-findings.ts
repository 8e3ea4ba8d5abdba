import type { FindingInput } from '../../base/finding.ts';
import { field, nodesOfType, numberField, textField } from '../../containers/structure-query.ts';
import type { ContainerFormat, Structure, StructureNode } from '../../containers/structure.ts';
import { trailingData } from '../../containers/walk-context.ts';
import { bytes, count, listed, placesOf } from './finding-parts.ts';

const formatNames: Readonly<Record<ContainerFormat, string>> = {
  isobmff: 'ISO base media',
  matroska: 'Matroska',
  riff: 'RIFF',
  webp: 'WebP',
  jpeg: 'JPEG',
  png: 'PNG',
  gif: 'GIF',
  unknown: '–',
};

const freeTypes: ReadonlySet<string> = new Set(['free', 'skip', 'wide', 'JUNK', 'junk', 'PAD ', 'FLLR', 'Void']);

/** Facts that every container can have, whatever its format. */
export function commonFindings(structure: Structure): readonly FindingInput[] {
  return [
    overview(structure),
    ...boundReached(structure),
    ...structureErrors(structure),
    ...trailingBytes(structure),
    ...freeSpace(structure),
    ...unknownNodes(structure),
    ...contentCredentials(structure),
  ];
}

function overview(structure: Structure): FindingInput {
  const depth = structure.nodes.reduce((deepest, node) => Math.max(deepest, node.depth + 1), 0);
  return {
    code: 'structure',
    outcome: 'information',
    measures: { nodes: count(structure.nodes.length), depth: count(depth), errors: count(structure.errors.length) },
    details: { format: formatNames[structure.format], top: listed(topTypes(structure)) },
    artefacts: ['structure', 'fields'],
  };
}

function topTypes(structure: Structure): readonly string[] {
  return structure.nodes.filter((node) => node.parent === -1).map((node) => node.type);
}

/** What was not looked at is said: a walk that stopped at a bound saw only a part. */
function boundReached(structure: Structure): readonly FindingInput[] {
  if (structure.truncatedBy === undefined) return [];
  return [
    {
      code: 'walk-stopped',
      outcome: 'abstained',
      reason: `bound-${structure.truncatedBy}`,
      details: { bound: structure.truncatedBy },
    },
  ];
}

function structureErrors(structure: Structure): readonly FindingInput[] {
  const { errors } = structure;
  if (errors.length === 0) return [{ code: 'no-structure-errors', outcome: 'information', limits: ['walker-checks'] }];
  return [
    {
      code: 'structure-errors',
      outcome: 'information',
      measures: { errors: count(errors.length) },
      details: { kinds: listed(errors.map(({ code }) => code)) },
      places: errors.slice(0, 50).map(({ offsetBytes, path }) => ({
        offsetBytes,
        ...(path === '' ? {} : { node: path }),
      })),
      artefacts: ['errors'],
      limits: ['damage-or-edit'],
    },
  ];
}

function trailingBytes(structure: Structure): readonly FindingInput[] {
  const nodes = nodesOfType(structure, trailingData);
  if (nodes.length === 0) return [];
  return [
    {
      code: 'trailing-bytes',
      outcome: 'information',
      measures: { length: bytes(total(nodes)), offset: bytes(nodes[0]?.offsetBytes ?? 0) },
      places: placesOf(nodes),
      limits: ['trailing-is-common'],
    },
  ];
}

function freeSpace(structure: Structure): readonly FindingInput[] {
  const nodes = structure.nodes.filter((node) => freeTypes.has(node.type));
  const contents = nodes.map((node) => node.sizeBytes - node.headerBytes);
  const size = contents.reduce((sum, length) => sum + length, 0);
  if (size === 0) return [];
  const nonZero = nodes.reduce((sum, node) => sum + (numberField(node, 'nonZeroBytes') ?? 0), 0);
  const texts = nodes.map((node) => textField(node, 'text')).filter((text) => text !== undefined);
  return [
    {
      code: nonZero === 0 ? 'free-space' : texts.length === 0 ? 'free-space-with-contents' : 'free-space-with-text',
      outcome: 'information',
      measures: { size: bytes(size), areas: count(nodes.length), nonZero: bytes(nonZero) },
      details: { types: listed(nodes.map(({ type }) => type)), text: listed(texts) },
      places: placesOf(nodes),
      limits: ['free-space-is-common'],
    },
  ];
}

function unknownNodes(structure: Structure): readonly FindingInput[] {
  const nodes = structure.nodes.filter((node) => !node.known && node.type !== trailingData);
  if (nodes.length === 0) return [];
  const names = nodes.map((node) => textField(node, 'extendedType') ?? node.type);
  return [
    {
      code: 'unknown-nodes',
      outcome: 'information',
      measures: { nodes: count(nodes.length), size: bytes(total(nodes)) },
      details: { types: listed(names) },
      places: placesOf(nodes),
      limits: ['unknown-is-not-wrong'],
    },
  ];
}

/** C2PA manifests stand in a box or segment of their own. What they say is another method's work. */
function contentCredentials(structure: Structure): readonly FindingInput[] {
  const nodes = structure.nodes.filter(
    (node) =>
      (node.type === 'uuid' && field(node, 'meaning') === 'C2PA') ||
      (node.type === 'APP11' && field(node, 'identifier') === 'JUMBF') ||
      node.type === 'caBX' ||
      (node.type === 'C2PA' && structure.format === 'webp'),
  );
  if (nodes.length === 0) return [];
  return [
    {
      code: 'content-credentials-present',
      outcome: 'information',
      measures: { size: bytes(total(nodes)) },
      places: placesOf(nodes),
      limits: ['credentials-not-verified-here'],
    },
  ];
}

function total(nodes: readonly StructureNode[]): number {
  return nodes.reduce((sum, node) => sum + node.sizeBytes, 0);
}
