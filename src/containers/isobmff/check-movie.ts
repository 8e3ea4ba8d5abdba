import type { StructureBuilder } from '../structure-builder.ts';
import type { FieldValue, StructureNode } from '../structure.ts';

type Node = Omit<StructureNode, 'path'>;

/** Boxes that may stand only once in their parent (ISO/IEC 14496-12, "Quantity: Exactly one" or "Zero or one"). */
const singletons = new Set(
  'ftyp moov mvhd tkhd mdia mdhd minf stbl stsd stts ctts stsc stsz stz2 stco co64 stss mvex pitm iloc iinf iprp mfra'.split(
    ' ',
  ),
);

/** What only shows across boxes: required ones that are missing, repeated ones, tables that contradict each other. */
export function checkMovie(tree: StructureBuilder, fileSizeBytes: number): void {
  const nodes = tree.nodes;
  const children = groupByParent(nodes);
  for (const siblings of children.values()) checkRepeats(tree, siblings);

  const top = children.get(-1) ?? [];
  const types = new Set(top.map((node) => node.type));
  if (!types.has('moov') && !types.has('moof') && !types.has('meta') && !types.has('styp'))
    tree.error('movie-box-missing', -1, fileSizeBytes, {});
  for (const table of nodes) if (table.type === 'stbl') checkSampleTable(tree, table, children.get(table.id) ?? []);
}

function groupByParent(nodes: readonly Node[]): Map<number, Node[]> {
  const groups = new Map<number, Node[]>();
  for (const node of nodes) {
    const group = groups.get(node.parent);
    if (group) group.push(node);
    else groups.set(node.parent, [node]);
  }
  return groups;
}

function checkRepeats(tree: StructureBuilder, siblings: readonly Node[]): void {
  const seen = new Set<string>();
  for (const node of siblings) {
    if (!singletons.has(node.type)) continue;
    if (seen.has(node.type)) tree.error('repeated-box', node.id, node.offsetBytes, { type: node.type });
    seen.add(node.type);
  }
}

/** §8.6.1.2, §8.7.3, §8.7.4: durations and sizes are given for the same samples, and chunks that exist hold them. */
function checkSampleTable(tree: StructureBuilder, stbl: Node, boxes: readonly Node[]): void {
  const numberOf = (type: string, name: string): number | undefined => {
    const value: FieldValue | undefined = boxes
      .find((box) => box.type === type)
      ?.fields.find((field) => field.name === name)?.value;
    return typeof value === 'number' ? value : undefined;
  };
  const timed = numberOf('stts', 'sampleCount');
  const sized = numberOf('stsz', 'sampleCount') ?? numberOf('stz2', 'sampleCount');
  // A table that was read in part has been reported already, and its sums mean nothing.
  const whole = !boxes.some((box) => box.fields.some((field) => field.name === 'entriesRead'));
  if (whole && timed !== undefined && sized !== undefined && timed !== sized)
    tree.error('sample-count-mismatch', stbl.id, stbl.offsetBytes, { timedSamples: timed, sizedSamples: sized });

  const chunks = numberOf('stco', 'entryCount') ?? numberOf('co64', 'entryCount');
  const lastFirstChunk = numberOf('stsc', 'lastFirstChunk');
  const places = boxes.find((box) => box.type === 'stsc');
  if (whole && chunks !== undefined && lastFirstChunk !== undefined && lastFirstChunk > chunks)
    tree.error('chunk-outside-table', places?.id ?? stbl.id, places?.offsetBytes ?? stbl.offsetBytes, {
      firstChunk: lastFirstChunk,
      chunks,
    });
}
