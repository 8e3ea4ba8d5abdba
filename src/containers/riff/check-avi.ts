import type { StructureBuilder } from '../structure-builder.ts';
import type { FieldValue, StructureNode } from '../structure.ts';

type Node = Omit<StructureNode, 'path'>;

/** What only shows across the chunks of an AVI file: an index that is announced but missing, counts that contradict. */
export function checkAvi(tree: StructureBuilder): void {
  const nodes = tree.nodes;
  const main = nodes.find((node) => node.type === 'avih');
  if (main === undefined) return;
  const index = nodes.find((node) => node.type === 'idx1');
  const superIndexes = nodes.some((node) => node.type === 'indx');
  if (valueOf(main, 'hasIndex') === true && index === undefined && !superIndexes)
    tree.error('index-missing', main.id, main.offsetBytes, {});

  const total = valueOf(main, 'totalFrames');
  const indexed = index === undefined ? undefined : framesIn(index);
  const isOpenDml = nodes.some((node) => node.type === 'dmlh');
  if (typeof total === 'number' && indexed !== undefined && indexed !== total && !isOpenDml)
    tree.error('frame-count-mismatch', main.id, main.offsetBytes, { declaredFrames: total, indexedFrames: indexed });
}

/** Chunks of the first stream that holds pictures (`00dc`, `01db`). */
function framesIn(index: Node): number | undefined {
  const field = index.fields.find(({ name }) => /^chunks\[\d\dd[bc]\]$/.test(name));
  return typeof field?.value === 'number' ? field.value : undefined;
}

function valueOf(node: Node, name: string): FieldValue | undefined {
  return node.fields.find((field) => field.name === name)?.value;
}
