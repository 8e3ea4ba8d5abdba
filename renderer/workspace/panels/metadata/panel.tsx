import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { Busy, Empty, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import type { PanelProps } from '../../panel-registry.ts';
import { showBytes } from '../byte-target.ts';
import { ExamineFirst } from '../parts/examine-first.tsx';
import { tableOf, useExamination, useTable } from '../parts/use-table.ts';
import {
  conflictingNames,
  groupByOrigin,
  metadataValues,
  searchValues,
  type MetadataLine,
  type MetadataValue,
} from './metadata-rows.ts';
import { ValueDetail } from './value-detail.tsx';
import '../panel.css';
import './metadata.css';

const lineHeight = 24;

/** What the file states about itself, by origin, conflicts first. */
export default function MetadataPanel({ folder, exhibit }: PanelProps) {
  const text = useText();
  const { examination, ...answer } = useExamination(folder, exhibit, 'metadata');
  const table = useTable(folder, exhibit, tableOf(examination, 'metadata'));
  const values = useMemo(
    () => (table.data === undefined ? [] : metadataValues(table.data, conflictingNames(examination?.findings ?? []))),
    [table.data, examination],
  );
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (table.isError) return <Failed error={table.error} again={() => void table.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  if (examination?.status !== 'completed')
    return <ExamineFirst {...{ folder, exhibit, examination }} method="metadata" />;
  if (table.data === undefined) return <Busy stage="open" />;
  if (values.length === 0) return <Empty>{text('window/panels:metadata.noValues')}</Empty>;
  return <MetadataTable exhibit={exhibit} values={values} />;
}

function MetadataTable({ exhibit, values }: { exhibit: string; values: readonly MetadataValue[] }) {
  const text = useText();
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<MetadataValue | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const found = useMemo(() => searchValues(values, search), [values, search]);
  const lines = useMemo(() => groupByOrigin(found, closed), [found, closed]);
  const here = Math.min(at, lines.length - 1);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 12,
  });
  const moveTo = (wanted: number): void => {
    const next = Math.min(Math.max(wanted, 0), lines.length - 1);
    setAt(next);
    virtual.scrollToIndex(next);
    const line = lines[next];
    if (line?.kind === 'value') setChosen(line.value);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${next + 1}"]`)?.focus({ preventScroll: true }),
    );
  };
  const toggle = (origin: string): void => {
    const next = new Set(closed);
    if (!next.delete(origin)) next.add(origin);
    setClosed(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[here];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      PageDown: here + page,
      PageUp: here - page,
      Home: 0,
      End: lines.length - 1,
    };
    const wanted = moves[event.key];
    if (wanted !== undefined) moveTo(wanted);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      if (line?.kind === 'origin' && (event.key === 'ArrowRight') !== line.open) toggle(line.origin);
    } else return;
    event.preventDefault();
  };
  const pick = (line: MetadataLine, index: number): void => {
    setAt(index);
    if (line.kind === 'origin') toggle(line.origin);
    else setChosen(line.value);
  };
  return (
    <div className="panel">
      <div className="panel-bar">
        <input
          type="search"
          className="input panel-search"
          aria-label={text('window/panels:metadata.search')}
          placeholder={text('window/panels:metadata.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="muted" role="status">
          {text('window/panels:metadata.count', { count: found.length })}
        </span>
      </div>
      {lines.length === 0 ? (
        <Empty>{text('window/panels:metadata.nothing')}</Empty>
      ) : (
        <div
          ref={scroller}
          className="panel-scroll"
          role="treegrid"
          aria-label={text('window/panels:metadata.table')}
          aria-rowcount={lines.length}
          onKeyDown={onKeyDown}
        >
          <div role="rowgroup" className="virtual-all" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const line = lines[index];
              return line === undefined ? null : (
                <div
                  key={index}
                  role="row"
                  aria-rowindex={index + 1}
                  aria-level={line.kind === 'origin' ? 1 : 2}
                  tabIndex={index === here ? 0 : -1}
                  className={`metadata-line metadata-${line.kind}`}
                  aria-selected={line.kind === 'value' && line.value === chosen}
                  {...(line.kind === 'origin' ? { 'aria-expanded': line.open } : {})}
                  style={{ top: start, height: lineHeight }}
                  onClick={() => pick(line, index)}
                >
                  {line.kind === 'origin' ? (
                    <OriginCell line={line} />
                  ) : (
                    <ValueCells exhibit={exhibit} value={line.value} focusable={index === here} />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      {chosen !== null && <ValueDetail exhibit={exhibit} value={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

function OriginCell({ line }: { line: Extract<MetadataLine, { kind: 'origin' }> }) {
  return (
    <span role="gridcell" className="metadata-origin-name">
      <span aria-hidden="true">{line.open ? '▾' : '▸'}</span> <Conflict shown={line.conflict} />
      {visibleText(line.origin)} <span className="muted mono">{line.count}</span>
    </span>
  );
}

function ValueCells({ exhibit, value, focusable }: { exhibit: string; value: MetadataValue; focusable: boolean }) {
  const text = useText();
  const { offset, length } = value;
  const shown = visibleText(value.readable === '' ? value.raw : value.readable);
  return (
    <>
      <span role="gridcell" className="metadata-tag" title={visibleText(value.tag)}>
        <Conflict shown={value.conflict} />
        {visibleText(value.tag)}
      </span>
      <span role="gridcell" className="metadata-shown" title={shown}>
        {shown}
      </span>
      <span role="gridcell" className="metadata-offset">
        {offset !== undefined && (
          <button
            type="button"
            className="panel-link mono"
            tabIndex={focusable ? 0 : -1}
            aria-label={text('window/panels:metadata.show', { offset: String(offset) })}
            onClick={(event) => {
              event.stopPropagation();
              showBytes({ exhibit, offset, ...(length === undefined ? {} : { length }) });
            }}
          >
            {offset}
          </button>
        )}
      </span>
    </>
  );
}

function Conflict({ shown }: { shown: boolean }) {
  const text = useText();
  return shown ? (
    <span className="outcome-inconsistent" title={text('window/panels:metadata.conflict')}>
      <span aria-hidden="true">▲ </span>
      <span className="visually-hidden">{text('window/panels:metadata.conflict')} </span>
    </span>
  ) : null;
}
