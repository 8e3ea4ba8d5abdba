import { useQueryClient } from '@tanstack/react-query';
import { forgetRecent, startState } from '../../src/contract/window-operations.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { call } from '../api/call.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/states.tsx';
import { openFolder, useOpening } from '../state/open-folder.ts';
import { useText } from '../text/text-context.tsx';
import type { StartState } from './start-view.tsx';

/** Cases that were opened on this machine, latest first; whether each is still there; and a way to forget it. */
export function RecentCases({ recent }: { recent: StartState['recent'] }) {
  const text = useText();
  const queries = useQueryClient();
  const opening = useOpening((state) => state.folder);
  const forget = async (folder: string): Promise<void> => {
    await call(forgetRecent, { folder });
    await queries.invalidateQueries({ queryKey: [startState.name] });
  };
  return (
    <section className="recent" aria-labelledby="recent-title">
      <h1 id="recent-title">{text('window/start:recent.title')}</h1>
      {recent.length === 0 ? (
        <Empty>{text('window/start:recent.none')}</Empty>
      ) : (
        <ul className="recent-list">
          {recent.map(({ folder, title, openedAt, present }) => (
            <li key={folder} className="recent-case">
              <button
                type="button"
                className="recent-open"
                aria-disabled={!present || opening !== null}
                onClick={() => present && opening === null && void openFolder(folder)}
              >
                <span className="recent-title">{visibleText(title)}</span>
                <span className="recent-at mono muted">{shownMoment(openedAt)}</span>
                <span className="recent-folder mono muted" title={visibleText(folder)}>
                  <bdi>{visibleText(folder)}</bdi>
                </span>
                <span className={present ? 'recent-state muted' : 'recent-state'}>
                  <span aria-hidden="true">{present ? '●' : '○'}</span>{' '}
                  {text(`window/start:recent.${opening === folder ? 'opening' : present ? 'present' : 'missing'}`)}
                </span>
              </button>
              <Button
                quiet
                aria-label={text('window/start:recent.forget', { title: visibleText(title) })}
                title={text('window/start:recent.forgetHelp')}
                onClick={() => void forget(folder)}
              >
                <span aria-hidden="true">×</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** `2026-03-14 15:26` in this machine's zone: when the person was last there. */
function shownMoment(iso: string): string {
  const at = new Date(iso);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
