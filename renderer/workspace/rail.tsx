import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { visibleText } from '../../src/base/visible-text.ts';
import { openIntake } from '../intake/use-intake.ts';
import { Button } from '../parts/button.tsx';
import { OutcomeMark } from '../parts/outcome-mark.tsx';
import { estimate } from '../parts/estimate.ts';
import { useJobs } from '../state/jobs.ts';
import { useSession, type ListedExhibit } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { useExaminations } from './exhibit-queries.ts';
import { gravestOutcome } from './gravest-outcome.ts';

const itemHeight = 48;

/** The exhibits down the left edge; only those in sight are there, so that a case may hold thousands. */
export function Rail(props: { folder: string; exhibits: readonly ListedExhibit[]; chosen: string | null }) {
  const text = useText();
  const { folder, exhibits, chosen } = props;
  const readOnly = useSession((state) => state.readOnly);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: exhibits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    overscan: 4,
  });
  const at = exhibits.findIndex(({ id }) => id === chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);
  const move = (by: number): void => {
    const next = exhibits[Math.min(Math.max(at + by, 0), exhibits.length - 1)];
    if (next === undefined) return;
    useSession.getState().choose(next.id);
    requestAnimationFrame(() => document.getElementById(`rail-${next.id}`)?.focus());
  };
  return (
    <nav className="rail" aria-label={text('window/workspace:exhibits')}>
      <div
        className="rail-list"
        ref={scroller}
        role="listbox"
        aria-label={text('window/workspace:exhibits')}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (by === 0) return;
          event.preventDefault();
          move(by);
        }}
      >
        <div className="rail-all" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const exhibit = exhibits[index];
            return exhibit === undefined ? null : (
              <RailItem
                key={exhibit.id}
                {...{ folder, exhibit, start }}
                place={{ at: index + 1, of: exhibits.length }}
                chosen={exhibit.id === chosen}
              />
            );
          })}
        </div>
      </div>
      {!readOnly && (
        <Button
          quiet
          aria-label={text('window/workspace:bringIn')}
          title={text('window/workspace:bringIn')}
          onClick={() => openIntake()}
        >
          <span aria-hidden="true">+</span>
        </Button>
      )}
    </nav>
  );
}

interface RailItemProps {
  readonly folder: string;
  readonly exhibit: ListedExhibit;
  readonly start: number;
  readonly place: { readonly at: number; readonly of: number };
  readonly chosen: boolean;
}

function RailItem({ folder, exhibit, start, place, chosen }: RailItemProps) {
  const text = useText();
  const choose = useSession((state) => state.choose);
  const { data } = useExaminations(folder, exhibit.id);
  const gravest = gravestOutcome(data?.examinations.flatMap(({ findings }) => findings) ?? []);
  const name = visibleText(exhibit.name);
  return (
    <button
      type="button"
      id={`rail-${exhibit.id}`}
      role="option"
      aria-selected={chosen}
      aria-setsize={place.of}
      aria-posinset={place.at}
      tabIndex={chosen ? 0 : -1}
      className={`rail-item rail-item-${exhibit.role}`}
      style={{ transform: `translateY(${start}px)` }}
      title={`${exhibit.id} · ${name} · ${text(`window/workspace:roles.${exhibit.role}`)}`}
      onClick={() => choose(exhibit.id)}
    >
      <span className="rail-item-head">
        <span className="mono">{exhibit.id}</span>
        {gravest === undefined ? (
          <span className="faint" title={text('window/workspace:notExamined')}>
            <span aria-hidden="true">–</span>
            <span className="visually-hidden">{text('window/workspace:notExamined')}</span>
          </span>
        ) : (
          <span
            title={text('window/workspace:gravest', { outcome: text(`report:outcomes.${gravest}`) })}
            className="rail-item-outcome"
          >
            <OutcomeMark outcome={gravest} wordless />
          </span>
        )}
      </span>
      <span className="rail-item-name">{name}</span>
      <ExhibitProgress exhibit={exhibit.id} />
      <span className="visually-hidden">{text(`window/workspace:roles.${exhibit.role}`)}</span>
    </button>
  );
}

/** How far a running examination of the exhibit is. */
function ExhibitProgress({ exhibit }: { exhibit: string }) {
  const text = useText();
  const running = useJobs(({ jobs }) =>
    [...jobs.values()].find(
      ({ state, operation, subject }) =>
        state === 'running' && operation === 'examination.run' && (subject === undefined || subject === exhibit),
    ),
  );
  if (running === undefined) return null;
  const latest = [...running.events.values()].filter(({ done, total }) => total !== undefined && done < total).at(-1);
  const { share } = estimate(latest);
  return (
    <progress
      className="rail-item-progress"
      {...(share === undefined ? {} : { value: share })}
      aria-label={text('window/workspace:examining')}
    />
  );
}
