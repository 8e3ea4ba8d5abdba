import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { Empty } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import { ancestorsOf, flattenTree, searchTree, type Tree } from './structure-tree.ts';

const lineHeight = 22;
/** So many levels are open at first, in a file of few parts. */
const openAtFirst = 200;

interface TreeViewProps {
  readonly tree: Tree;
  readonly chosen: number | null;
  readonly onChoose: (at: number) => void;
}

/** The parts of the file as a tree for mouse and keyboard; only those in sight are there. */
export function TreeView({ tree, chosen, onChoose }: TreeViewProps) {
  const text = useText();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<number>>(() => openFirst(tree));
  // A part that was chosen from elsewhere comes into sight.
  const [openedFor, setOpenedFor] = useState<number | null>(null);
  if (chosen !== null && chosen !== openedFor) {
    setOpenedFor(chosen);
    setOpen(new Set([...open, ...ancestorsOf(tree, chosen)]));
  }
  const scroller = useRef<HTMLDivElement>(null);
  const searching = search.trim() !== '';
  const lines = useMemo(
    () => (searching ? searchTree(tree, search) : flattenTree(tree, open)),
    [tree, search, searching, open],
  );
  const here = Math.max(
    0,
    lines.findIndex(({ at }) => at === chosen),
  );
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 12,
  });
  const inSight = lines[here]?.at === chosen ? here : -1;
  useEffect(() => {
    if (inSight >= 0) virtual.scrollToIndex(inSight);
  }, [virtual, inSight]);
  const set = (at: number, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(at);
    else next.delete(at);
    setOpen(next);
  };
  const moveTo = (index: number): void => {
    const line = lines[Math.min(Math.max(index, 0), lines.length - 1)];
    if (line !== undefined) onChoose(line.at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[here];
    if (line === undefined) return;
    const node = tree.nodes[line.at];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1);
    switch (event.key) {
      case 'ArrowDown':
        moveTo(here + 1);
        break;
      case 'ArrowUp':
        moveTo(here - 1);
        break;
      case 'PageDown':
        moveTo(here + page);
        break;
      case 'PageUp':
        moveTo(here - page);
        break;
      case 'Home':
        moveTo(0);
        break;
      case 'End':
        moveTo(lines.length - 1);
        break;
      case 'ArrowRight':
        if (searching || node === undefined || node.children.length === 0) return;
        if (line.open) moveTo(here + 1);
        else set(line.at, true);
        break;
      case 'ArrowLeft': {
        if (searching) return;
        const above = ancestorsOf(tree, line.at).at(-1);
        if (line.open) set(line.at, false);
        else if (above !== undefined) onChoose(above);
        break;
      }
      case 'Enter':
      case ' ':
        onChoose(line.at);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <div className="panel">
      <div className="panel-bar">
        <input
          type="search"
          className="input panel-search"
          aria-label={text('window/panels:structure.search')}
          placeholder={text('window/panels:structure.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="muted" role="status">
          {text('window/panels:structure.count', { count: searching ? lines.length : tree.nodes.length })}
        </span>
      </div>
      {lines.length === 0 && <Empty>{text('window/panels:structure.nothing')}</Empty>}
      <div
        ref={scroller}
        className="panel-scroll tree"
        role="tree"
        tabIndex={0}
        hidden={lines.length === 0}
        aria-label={text('window/panels:structure.tree')}
        aria-activedescendant={`tree-${lines[here]?.at ?? ''}`}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" className="virtual-all" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            const node = line === undefined ? undefined : tree.nodes[line.at];
            if (line === undefined || node === undefined) return null;
            const folds = !searching && node.children.length > 0;
            return (
              <div
                key={line.at}
                id={`tree-${line.at}`}
                role="treeitem"
                className="tree-line"
                aria-level={line.level}
                aria-posinset={line.place}
                aria-setsize={line.of}
                aria-selected={line.at === chosen}
                {...(folds ? { 'aria-expanded': line.open } : {})}
                // Past twelve levels no further indent: a hostile file nests deeper than the panel is wide.
                style={{ top: start, '--level': Math.min(line.level - 1, 12) } as React.CSSProperties}
                title={visibleText(node.path)}
                onClick={() => onChoose(line.at)}
              >
                <span
                  aria-hidden="true"
                  className="tree-fold"
                  onClick={(event) => {
                    if (!folds) return;
                    event.stopPropagation();
                    set(line.at, !line.open);
                  }}
                >
                  {folds ? (line.open ? '▾' : '▸') : ''}
                </span>
                <span className="mono tree-type">{visibleText(searching ? node.path : node.type)}</span>
                {!node.known && <span className="muted">{text('window/panels:structure.unknown')}</span>}
                <span className="mono muted tree-place">
                  {node.offset} + {node.size}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Parts that are open at first: level by level, as long as the list stays short. */
function openFirst(tree: Tree): Set<number> {
  const open = new Set<number>();
  let shown = tree.roots.length;
  for (let level: readonly number[] = tree.roots; level.length > 0;) {
    const next = level.flatMap((at) => tree.nodes[at]?.children ?? []);
    shown += next.length;
    if (shown > openAtFirst) break;
    for (const at of level) if ((tree.nodes[at]?.children.length ?? 0) > 0) open.add(at);
    level = next;
  }
  return open;
}
