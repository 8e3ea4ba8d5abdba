import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { exhibitBytes } from '../../../../src/contract/window-operations.ts';
import { call } from '../../../api/call.ts';
import { Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import {
  asciiText,
  bytesOf,
  bytesPerRow,
  hexText,
  offsetText,
  rowBytes,
  rowsOf,
  windowBytes,
  windowsFor,
  type ByteRun,
} from './hex-layout.ts';

const rowHeight = 20;
/** 64 MiB of rows: the browser draws no taller list. What lies behind is reached by choosing a part or a field there. */
const mostRows = 400_000;

interface HexViewProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly sizeBytes: number;
  /** What is shown. */
  readonly run: ByteRun;
  /** What is highlighted, and scrolled to when it changes. */
  readonly marked: ByteRun | null;
  /** Where the keyboard stands. */
  readonly at: number;
  readonly onChoose: (offset: number) => void;
}

/** Bytes of the exhibit: offset, sixteen bytes in hex, and as ASCII. Only what is in sight is fetched. */
export function HexView({ folder, exhibit, sizeBytes, run, marked, at, onChoose }: HexViewProps) {
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [perRow, setPerRow] = useState(rowBytes);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setPerRow(bytesPerRow(element.clientWidth / digitWidth(element))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { first, count } = rowsOf(run, perRow, mostRows);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const windows = windowsFor(
    { from: (first + (items[0]?.index ?? 0)) * perRow, to: (first + (items.at(-1)?.index ?? 0) + 1) * perRow },
    sizeBytes,
  );
  const answers = useQueries({
    queries: windows.map((offset) => ({
      queryKey: [exhibitBytes.name, { folder, exhibit, offset }],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        bytesOf((await call(exhibitBytes, { folder, exhibit, offset, length: windowBytes }, signal)).base64),
    })),
  });
  const markedFrom = marked?.from;
  useEffect(() => {
    virtual.scrollToIndex(markedFrom === undefined ? 0 : Math.max(0, Math.floor(markedFrom / perRow) - first), {
      align: markedFrom === undefined ? 'start' : 'auto',
    });
  }, [virtual, first, markedFrom, perRow]);
  const failed = answers.find(({ isError }) => isError);
  if (failed !== undefined) return <Failed error={failed.error} again={() => void failed.refetch()} />;
  const byteAt = (offset: number): number | undefined => {
    const i = windows.indexOf(Math.floor(offset / windowBytes) * windowBytes);
    return answers[i]?.data?.[offset % windowBytes];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1) * perRow;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -perRow,
      ArrowDown: perRow,
      PageUp: -page,
      PageDown: page,
      Home: -(at % perRow),
      End: perRow - 1 - (at % perRow),
    };
    const by = moves[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const to = Math.min(Math.max(at + by, run.from), run.to - 1);
    onChoose(to);
    virtual.scrollToIndex(Math.floor(to / perRow) - first);
  };
  const inMark = (offset: number): boolean => marked !== null && offset >= marked.from && offset < marked.to;
  return (
    <div
      ref={scroller}
      className="hex"
      role="grid"
      tabIndex={0}
      aria-label={text('window/panels:structure.bytes')}
      aria-rowcount={count}
      aria-activedescendant={`hex-${at}`}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="virtual-all" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const rowAt = (first + index) * perRow;
          const offsets = Array.from({ length: perRow }, (_, i) => rowAt + i);
          const shown = (offset: number): number | undefined =>
            offset >= run.from && offset < run.to ? byteAt(offset) : undefined;
          return (
            <div key={index} role="row" aria-rowindex={index + 1} className="hex-row" style={{ top: start }}>
              <span role="rowheader" className="hex-offset">
                {offsetText(rowAt, sizeBytes)}
              </span>
              {offsets.map((offset) => {
                const byte = shown(offset);
                return (
                  <span
                    key={offset}
                    id={`hex-${offset}`}
                    role="gridcell"
                    className={cellClass('hex-byte', inMark(offset), offset === at)}
                    aria-selected={inMark(offset)}
                    onClick={() => byte !== undefined && onChoose(offset)}
                  >
                    {byte === undefined ? '' : hexText(byte)}
                  </span>
                );
              })}
              <span role="gridcell" className="hex-ascii">
                {offsets.map((offset) => {
                  const byte = shown(offset);
                  return (
                    <span
                      key={offset}
                      className={cellClass('hex-letter', inMark(offset), offset === at)}
                      onClick={() => byte !== undefined && onChoose(offset)}
                    >
                      {byte === undefined ? '\u00a0' : asciiText(byte)}
                    </span>
                  );
                })}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function cellClass(name: string, marked: boolean, here: boolean): string {
  return `${name}${marked ? ' hex-marked' : ''}${here ? ' hex-here' : ''}`;
}

/** Width of a digit in the element's type. */
function digitWidth(element: HTMLElement): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 7;
  const { fontSize, fontFamily } = getComputedStyle(element);
  context.font = `${fontSize} ${fontFamily}`;
  return context.measureText('0').width;
}
