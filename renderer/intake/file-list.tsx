import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { formatBytes } from '../../src/base/format-measure.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { Empty } from '../parts/states.tsx';
import { shortBytes } from '../parts/short-bytes.ts';
import { useText } from '../text/text-context.tsx';
import { isChoosable, type Entry } from './entry.ts';
import { chooseAll, chooseOnly, extendTo, findTyped, moveTo, toggle, type Selection } from './selection.ts';
import { sortKeys, type SortKey } from './sort-entries.ts';
import { useTyped } from './use-typed.ts';

interface FileListProps {
  readonly mode: 'files' | 'folder';
  readonly entries: readonly Entry[];
  /** How many more there are that are not shown. */
  readonly unshown: number;
  readonly selection: Selection;
  readonly choose: (selection: Selection) => void;
  readonly open: (entry: Entry) => void;
  readonly goUp: () => void;
  readonly sort: { readonly key: SortKey; readonly down: boolean };
  readonly setSort: (sort: { key: SortKey; down: boolean }) => void;
}

const rowHeight = 24;

/** The entries of one folder. Only those in sight are there; the keyboard reaches all. */
export function FileList(props: FileListProps) {
  const { mode, entries, unshown, selection, choose, open, sort, setSort } = props;
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => {
    if (entries.length > 0) virtual.scrollToIndex(selection.at);
  }, [selection.at, entries.length, virtual]);
  const onKeyDown = useListKeys(props, () =>
    Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight)),
  );
  const at = Math.min(selection.at, entries.length - 1);
  return (
    <div className="file-list">
      <div className="file-row file-head">
        {sortKeys.map((key) => (
          <button
            key={key}
            type="button"
            className={`file-head-${key}`}
            aria-pressed={sort.key === key}
            onClick={() => setSort({ key, down: sort.key === key ? !sort.down : key !== 'name' && key !== 'type' })}
          >
            {text(`window/intake:columns.${key}`)}
            <span aria-hidden="true">{sort.key === key ? (sort.down ? ' ▾' : ' ▴') : ''}</span>
          </button>
        ))}
      </div>
      {entries.length === 0 ? (
        <Empty>
          {text(unshown === 0 ? 'window/intake:emptyFolder' : 'window/intake:onlyHidden', { count: unshown })}
        </Empty>
      ) : (
        <div
          ref={scroller}
          className="file-rows"
          role="listbox"
          tabIndex={0}
          aria-multiselectable={mode === 'files'}
          aria-label={text('window/intake:filesHere')}
          aria-activedescendant={`file-${at}`}
          onKeyDown={onKeyDown}
        >
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const entry = entries[index];
              if (entry === undefined) return null;
              return (
                <div
                  key={entry.path}
                  id={`file-${index}`}
                  role="option"
                  aria-selected={selection.chosen.has(entry.path)}
                  aria-disabled={!isChoosable(entry, mode)}
                  aria-setsize={entries.length}
                  aria-posinset={index + 1}
                  className={`file-row file-${entry.kind}${index === at ? ' file-at' : ''}`}
                  style={{ transform: `translateY(${start}px)` }}
                  onClick={(event) => {
                    if (mode === 'files' && event.shiftKey) choose(extendTo(selection, entries, index));
                    else if (mode === 'files' && (event.ctrlKey || event.metaKey))
                      choose(toggle(selection, entries, index));
                    else choose(chooseOnly(entries, index));
                  }}
                  onDoubleClick={() => open(entry)}
                >
                  <FileCells entry={entry} />
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}

function FileCells({ entry }: { entry: Entry }) {
  const text = useText();
  const { kind, name, sizeBytes, modifiedAt, mediaType } = entry;
  const type = kind === 'folder' && mediaType === 'other' ? 'folder' : kind === 'other' ? 'special' : mediaType;
  return (
    <>
      <span className="file-name" title={visibleText(name)}>
        <span aria-hidden="true" className="faint">
          {kind === 'folder' ? '▸ ' : '  '}
        </span>
        {visibleText(name)}
      </span>
      <span className="file-size mono" title={sizeBytes === null ? undefined : formatBytes(text, sizeBytes)}>
        {sizeBytes === null ? '' : shortBytes(text, sizeBytes)}
      </span>
      <span className="file-modified mono muted">{modifiedAt === null ? '' : localMoment(modifiedAt)}</span>
      <span className="file-type muted">{text(`window/intake:types.${type}`)}</span>
    </>
  );
}

/** `2026-03-14 15:26`, by this machine's clock and zone, as the person's other programs show it. */
function localMoment(iso: string): string {
  const at = new Date(iso);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function useListKeys(props: FileListProps, pageRows: () => number): (event: KeyboardEvent) => void {
  const { mode, entries, selection, choose, open, goUp } = props;
  const type = useTyped();
  const steps: Readonly<Record<string, (at: number) => number>> = {
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    PageDown: (at) => at + pageRows(),
    PageUp: (at) => at - pageRows(),
    Home: () => 0,
    End: () => entries.length - 1,
  };
  return (event) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const step = steps[key];
    const here = entries[selection.at];
    const printable = key.length === 1 && !ctrlKey && !metaKey && !altKey;
    if (altKey && key === 'ArrowUp') goUp();
    else if (step !== undefined && mode === 'folder') choose(chooseOnly(entries, clamp(step(selection.at), entries)));
    else if (step !== undefined) choose(moveTo(selection, entries, step(selection.at), shiftKey));
    else if (key === ' ' && here !== undefined)
      choose(mode === 'files' ? toggle(selection, entries, selection.at) : chooseOnly(entries, selection.at));
    else if (key === 'Enter' && here !== undefined) open(here);
    else if (key === 'Backspace') goUp();
    else if ((ctrlKey || metaKey) && key.toLowerCase() === 'a' && mode === 'files')
      choose(chooseAll(selection, entries));
    else if (printable) {
      const found = findTyped(entries, selection.at, type(key));
      if (found >= 0) choose({ ...selection, at: found, anchor: found });
    } else return;
    // What is typed into the list names an entry; the window's own keys wait.
    event.preventDefault();
  };
}

function clamp(at: number, entries: readonly Entry[]): number {
  return Math.min(Math.max(at, 0), entries.length - 1);
}
