import type { FindingInput } from '../../base/finding.ts';
import type { StructureNode } from '../../containers/structure.ts';

type Place = NonNullable<FindingInput['places']>[number];
type Measure = NonNullable<FindingInput['measures']>[string];

/** Places listed in one finding; the tables have them all. */
const maxPlaces = 50;

/** Where a node stands, for a finding that points at it. */
export function placeOf(node: StructureNode): Place {
  return { offsetBytes: node.offsetBytes, lengthBytes: node.sizeBytes, node: node.path };
}

export function placesOf(nodes: readonly StructureNode[]): Place[] {
  return nodes.slice(0, maxPlaces).map(placeOf);
}

export function bytes(value: number): Measure {
  return { value, unit: 'bytes' };
}

export function count(value: number): Measure {
  return { value, unit: '1' };
}

/** Different values in the order in which they come, joined for a sentence; cut after twenty, a dash for none. */
export function listed(values: readonly string[]): string {
  const different = [...new Set(values)];
  if (different.length === 0) return '–';
  const shown = different.slice(0, 20).join(', ');
  return different.length > 20 ? `${shown}, …` : shown;
}
