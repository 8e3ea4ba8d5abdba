import type { StructureBuilder } from '../structure-builder.ts';
import type { FieldValue, StructureNode } from '../structure.ts';

type Node = Omit<StructureNode, 'path'>;

/** Boxes that may stand only once in their parent (ISO/IEC 14496-12, "Quantity: Exactly one" or "Zero or one"). */
const singletons = new Set(
  'ftyp moov mvhd tkhd mdia mdhd minf stbl stsd stts ctts stsc stsz stz2 stco co64 stss mvex pitm iloc iinf iprp mfra'.split(
    ' ',
  ),
);

/** Top boxes of which one must be there: a movie, its fragments, or a description of pictures. */
const bearing = new Set(['moov', 'moof', 'meta', 'styp']);

/** What only shows across boxes: required ones that are missing, repeated ones, tables that contradict each other. */
export function checkMovie(tree: StructureBuilder, fileSizeBytes: number): void {
  const nodes = tree.nodes;
  checkRepeats(tree, nodes);
  if (!nodes.some(({ parent, type }) => parent === -1 && bearing.has(type)))
    tree.error('movie-box-missing', -1, fileSizeBytes, {});
  for (const table of nodes) if (table.type === 'stbl') checkSampleTable(tree, table, childrenOf(nodes, table));
}

function childrenOf(nodes: readonly Node[], parent: Node): readonly Node[] {
  const children: Node[] = [];
  for (let id = parent.id + 1; id < nodes.length; id++) {
    const node = nodes[id];
    if (node === undefined || node.depth <= parent.depth) break;
    if (node.parent === parent.id) children.push(node);
  }
  return children;
}

function checkRepeats(tree: StructureBuilder, nodes: readonly Node[]): void {
  const seen = new Set<string>();
  for (const node of nodes) {
    if (!singletons.has(node.type)) continue;
    const key = `${node.parent} ${node.type}`;
    if (seen.has(key)) tree.error('repeated-box', node.id, node.offsetBytes, { type: node.type });
    seen.add(key);
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
