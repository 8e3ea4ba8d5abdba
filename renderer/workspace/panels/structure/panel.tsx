import { useMemo, useState, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { Busy, Empty, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import { useExhibits } from '../../exhibit-queries.ts';
import type { PanelProps } from '../../panel-registry.ts';
import { useByteTarget, type ByteTarget } from '../byte-target.ts';
import { ExamineFirst } from '../parts/examine-first.tsx';
import { tableOf, useExamination, useTable } from '../parts/use-table.ts';
import { FieldList } from './field-list.tsx';
import type { ByteRun } from './hex-layout.ts';
import { HexView } from './hex-view.tsx';
import { fieldAtByte, nodeAtByte, readFields, readTree, type NodeField, type Tree } from './structure-tree.ts';
import { TreeView } from './tree-view.tsx';
import '../panel.css';
import './structure.css';

const noTree: Tree = { nodes: [], roots: [], positionOf: new Map() };
const noFields: ReadonlyMap<number, readonly NodeField[]> = new Map();

/** The parts of the file, the fields of the chosen part, and its bytes; each leads to the others. */
export default function StructurePanel({ folder, exhibit }: PanelProps) {
  const text = useText();
  const { examination, ...answer } = useExamination(folder, exhibit, 'container');
  const nodes = useTable(folder, exhibit, tableOf(examination, 'structure'));
  const fields = useTable(folder, exhibit, tableOf(examination, 'fields'));
  const exhibits = useExhibits(folder);
  const tree = useMemo(() => (nodes.data === undefined ? noTree : readTree(nodes.data)), [nodes.data]);
  const byNode = useMemo(() => (fields.data === undefined ? noFields : readFields(fields.data)), [fields.data]);
  const sizeBytes = exhibits.data?.exhibits.find(({ id }) => id === exhibit)?.sizeBytes;
  for (const one of [answer, nodes, fields])
    if (one.isError) return <Failed error={one.error} again={() => void one.refetch()} />;
  if (answer.data === undefined || sizeBytes === undefined) return <Busy stage="open" />;
  // The bytes are there before any examination, and for a format that no walker knows.
  const waiting = examination?.status === 'completed' && (nodes.data === undefined || fields.data === undefined);
  if (waiting) return <Busy stage="open" />;
  const note = tree.nodes.length > 0 ? null : <ExamineFirst {...{ folder, exhibit, examination }} method="container" />;
  if (sizeBytes === 0) return <Empty>{text('window/panels:structure.empty')}</Empty>;
  return <StructureView {...{ folder, exhibit, tree, byNode, sizeBytes, note }} />;
}

interface StructureViewProps extends PanelProps {
  readonly tree: Tree;
  readonly byNode: ReadonlyMap<number, readonly NodeField[]>;
  readonly sizeBytes: number;
  /** Stands where the tree would be. */
  readonly note: ReactNode;
}

interface Chosen {
  readonly node: number | null;
  readonly field: number | null;
  /** Bytes that belong to no field were pointed to. */
  readonly bytes: ByteRun | null;
  readonly at: number;
}

function StructureView({ folder, exhibit, tree, byNode, sizeBytes, note }: StructureViewProps) {
  const text = useText();
  const first = tree.roots[0] ?? null;
  const [chosen, setChosen] = useState<Chosen>({ node: first, field: null, bytes: null, at: startOf(tree, first) });
  const target = useByteTarget((state) => state.target);
  const fieldsOf = (node: number | null): readonly NodeField[] =>
    (node === null ? undefined : byNode.get(tree.nodes[node]?.id ?? -1)) ?? [];
  const chooseByte = (offset: number, length?: number): void => {
    const node = nodeAtByte(tree, offset) ?? null;
    const field = length === undefined ? (fieldAtByte(fieldsOf(node), offset) ?? null) : null;
    const bytes = length === undefined ? null : { from: offset, to: Math.min(offset + Math.max(length, 1), sizeBytes) };
    setChosen({ node, field, bytes, at: offset });
  };
  const chooseNode = (node: number): void => setChosen({ node, field: null, bytes: null, at: startOf(tree, node) });
  // Pointing is an event: what it points to is chosen once, when it comes.
  const [followed, setFollowed] = useState<ByteTarget | null>(null);
  if (target !== null && target !== followed && target.exhibit === exhibit) {
    setFollowed(target);
    const node = tree.nodes.findIndex(({ path }) => path === target.node);
    if (target.offset !== undefined && target.offset < sizeBytes) chooseByte(target.offset, target.length ?? 1);
    else if (node >= 0) chooseNode(node);
  }
  const fields = fieldsOf(chosen.node);
  const node = chosen.node === null ? undefined : tree.nodes[chosen.node];
  const run = node === undefined ? { from: 0, to: sizeBytes } : runOf(node.offset, node.size, sizeBytes);
  const field = chosen.field === null ? undefined : fields[chosen.field];
  const marked =
    chosen.bytes ?? (field?.offset === undefined ? null : runOf(field.offset, field.length ?? 1, sizeBytes));
  const chooseField = (at: number): void => {
    const offset = fields[at]?.offset;
    setChosen({ ...chosen, field: at, bytes: null, at: offset ?? chosen.at });
  };
  return (
    <Group orientation="vertical" className="structure">
      <Panel id="structure-tree" minSize={72}>
        {note ?? <TreeView tree={tree} chosen={chosen.node} onChoose={chooseNode} />}
      </Panel>
      <Separator
        className="workspace-split workspace-split-rows"
        aria-label={text('window/panels:structure.splitFields')}
      />
      <Panel id="structure-fields" defaultSize="26%" minSize={48} collapsible>
        <FieldList node={node} fields={fields} chosen={chosen.field} onChoose={chooseField} />
      </Panel>
      <Separator
        className="workspace-split workspace-split-rows"
        aria-label={text('window/panels:structure.splitBytes')}
      />
      <Panel id="structure-bytes" defaultSize="36%" minSize={72} collapsible>
        <HexView {...{ folder, exhibit, sizeBytes, run, marked }} at={chosen.at} onChoose={(at) => chooseByte(at)} />
      </Panel>
    </Group>
  );
}

function startOf(tree: Tree, node: number | null): number {
  return (node === null ? undefined : tree.nodes[node]?.offset) ?? 0;
}

/** A run inside the file, whatever a part claims. */
function runOf(offset: number, length: number, sizeBytes: number): ByteRun {
  const from = Math.min(offset, Math.max(0, sizeBytes - 1));
  return { from, to: Math.min(Math.max(from + length, from + 1), sizeBytes) };
}
