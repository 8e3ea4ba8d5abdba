import { useEffect, useMemo, useRef, useState } from 'react';
import { listFiles } from '../../src/contract/window-operations.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Button } from '../parts/button.tsx';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';
import { isChoosable, type Entry } from './entry.ts';
import { FileList } from './file-list.tsx';
import { lastName, steps } from './path-parts.ts';
import { nothingChosen, type Selection } from './selection.ts';
import { sortEntries, type SortKey } from './sort-entries.ts';
import './intake.css';

interface FileBrowserProps {
  /** `files`: files and folders, several at once. `folder`: one folder, the one that is shown where none is chosen. */
  readonly mode: 'files' | 'folder';
  /** Where to begin; the first start folder where nothing is said. */
  readonly startAt?: string;
  /** Told the paths that are chosen, whenever that changes. */
  readonly onChange: (paths: readonly string[]) => void;
  /** Enter or double click on something that is not walked into. */
  readonly onChosen: (paths: readonly string[]) => void;
}

/** The engine's folders and files: what a page in a browser has in place of the system's own dialog. */
export function FileBrowser({ mode, startAt, onChange, onChosen }: FileBrowserProps) {
  const text = useText();
  const places = useAnswer(listFiles, {});
  const [wanted, setWanted] = useState<string | undefined>(startAt);
  const [selection, setSelection] = useState<Selection>(nothingChosen);
  const [sort, setSort] = useState<{ key: SortKey; down: boolean }>({ key: 'name', down: false });
  const [hidden, setHidden] = useState(false);
  const main = useRef<HTMLDivElement>(null);
  const path = wanted ?? places.data?.entries[0]?.path;
  const listing = useAnswer(listFiles, path === undefined ? null : { path });
  const shown = useMemo(() => {
    const entries = listing.data?.entries ?? [];
    return sortEntries(hidden ? entries : entries.filter(({ name }) => !name.startsWith('.')), sort.key, sort.down);
  }, [listing.data, hidden, sort]);

  // The keyboard stays in the browser while one walks: on the list where there is one.
  const settled = listing.isPending ? undefined : path;
  useEffect(() => {
    if (settled === undefined) return;
    const list = main.current?.querySelector<HTMLElement>('.file-rows');
    (list ?? main.current)?.focus();
  }, [settled]);

  const choose = (next: Selection): void => {
    setSelection(next);
    const chosen = shown.filter((entry) => next.chosen.has(entry.path) && isChoosable(entry, mode));
    onChange(mode === 'folder' && chosen.length === 0 && path !== undefined ? [path] : chosen.map((one) => one.path));
  };
  const goTo = (folder: string): void => {
    setWanted(folder);
    setSelection(nothingChosen);
    onChange(mode === 'folder' ? [folder] : []);
  };
  const open = (entry: Entry): void => {
    if (entry.kind === 'folder' && !(mode === 'folder' && entry.mediaType === 'case')) goTo(entry.path);
    else if (isChoosable(entry, mode)) onChosen([entry.path]);
  };
  return (
    <div className="browser">
      <nav className="browser-places" aria-label={text('window/intake:places')}>
        {places.data?.entries.map((place, i) => (
          <button
            key={place.path}
            type="button"
            className="browser-place"
            aria-current={place.path === path ? 'location' : undefined}
            title={place.path}
            onClick={() => goTo(place.path)}
          >
            {i === 0 ? text('window/intake:home') : visibleText(lastName(place.path))}
          </button>
        ))}
      </nav>
      <div className="browser-main" ref={main} tabIndex={-1}>
        <PathBar path={path} parent={listing.data?.parent ?? null} goTo={goTo} />
        {places.isError ? (
          <Failed error={places.error} again={() => void places.refetch()} />
        ) : listing.isError ? (
          <Failed error={listing.error} again={() => void listing.refetch()} />
        ) : listing.data === undefined ? (
          <Busy stage="open" />
        ) : listing.data.error !== null ? (
          <Unreadable code={listing.data.error} path={listing.data.path ?? ''} again={() => void listing.refetch()} />
        ) : (
          <FileList
            key={path}
            {...{ mode, sort, setSort, selection, choose, open }}
            entries={shown}
            unshown={listing.data.entries.length - shown.length}
            goUp={() => listing.data.parent !== null && goTo(listing.data.parent)}
          />
        )}
        <footer className="browser-foot">
          <label className="check">
            <input type="checkbox" checked={hidden} onChange={(event) => setHidden(event.target.checked)} />
            {text('window/intake:showHidden')}
          </label>
          {listing.data?.truncated === true && <p className="muted">{text('window/intake:truncated')}</p>}
          <p className="muted browser-count" role="status">
            {text('window/intake:entries', { count: shown.length })}
          </p>
        </footer>
      </div>
    </div>
  );
}

function PathBar(props: { path: string | undefined; parent: string | null; goTo: (path: string) => void }) {
  const text = useText();
  const { path, parent, goTo } = props;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="browser-path">
      <Button quiet disabled={parent === null} onClick={() => parent !== null && goTo(parent)}>
        <span aria-hidden="true">↑ </span>
        {text('window/intake:up')}
      </Button>
      {typed === null ? (
        <nav className="browser-steps" aria-label={text('window/intake:path')}>
          <ol>
            {(path === undefined ? [] : steps(path)).map((step, i, all) => (
              <li key={step.path}>
                <button
                  type="button"
                  aria-current={i === all.length - 1 ? 'location' : undefined}
                  onClick={() => goTo(step.path)}
                >
                  {visibleText(step.name)}
                </button>
              </li>
            ))}
          </ol>
        </nav>
      ) : (
        <form
          className="browser-typed"
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            if (typed.trim() !== '') goTo(typed.trim());
            setTyped(null);
          }}
        >
          <input
            autoFocus
            className="input mono"
            aria-label={text('window/intake:typePath')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              setTyped(null);
            }}
            onBlur={() => setTyped(null)}
          />
        </form>
      )}
      <Button quiet onClick={() => setTyped(path ?? '')}>
        {text('window/intake:typePath')}
      </Button>
    </div>
  );
}

function Unreadable({ code, path, again }: { code: string; path: string; again: () => void }) {
  const text = useText();
  const key = `window/intake:unreadable.${code}`;
  return (
    <Empty action={<Button onClick={again}>{text('window:again')}</Button>}>
      {text.has(key) ? text(key) : text('window/intake:unreadable.other', { code })}
      <br />
      <span className="mono">{visibleText(path)}</span>
    </Empty>
  );
}
