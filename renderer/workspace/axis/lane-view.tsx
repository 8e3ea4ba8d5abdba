import { DropdownMenu } from 'radix-ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { errorText } from '../../parts/error-text.ts';
import { useText } from '../../text/text-context.tsx';
import { useAxis } from './axis-context.ts';
import type { MarkedMoment } from './draw-events.ts';
import { prepareCanvas } from './lane-canvas.ts';
import { lanePainter, laneTitle } from './lane-painter.ts';
import { slidesWithSound, type Lane } from './lane-registry.ts';
import { useTransport } from './transport-store.ts';

export interface LaneActions {
  hide(): void;
  move(by: number): void;
  resize(height: number): void;
}

interface LaneViewProps {
  readonly lane: Lane;
  readonly height: number;
  readonly moments: readonly MarkedMoment[];
  readonly actions: LaneActions;
}

type Shown = 'drawn' | 'waiting' | 'empty' | 'failed';

/** One lane: its name, the value under the cursor and what can be done with it; beside it what is drawn. */
export function LaneView({ lane, height, moments, actions }: LaneViewProps) {
  const text = useText();
  const { data, loop, plotWidth } = useAxis();
  const canvas = useRef<HTMLCanvasElement>(null);
  const value = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState<Shown>('waiting');
  const sliding = useTransport((state) => state.sliding);
  const painter = useMemo(() => lanePainter(lane, { data, text, moments }), [lane, data, text, moments]);
  useEffect(
    () =>
      loop.add(lane.id, {
        draw(time) {
          if (canvas.current === null) return;
          const context = prepareCanvas(canvas.current, plotWidth, height);
          if (context === undefined) return;
          const state = painter.paint(
            { context, width: plotWidth, height, visible: time.visible, colours: loop.colours },
            time,
          );
          const failed = state === 'waiting' && data.stateOf(lane.id).error !== undefined;
          setShown(failed ? 'failed' : state);
        },
        follow(time) {
          const words = painter.valueAt(time.cursorMs, time);
          if (value.current !== null && value.current.textContent !== words) value.current.textContent = words;
        },
      }),
    [loop, lane.id, painter, plotWidth, height, data],
  );
  const title = laneTitle(lane, text);
  return (
    <li
      className="axis-lane"
      style={{ height }}
      data-lane={lane.id}
      data-state={shown}
      data-slides={sliding && slidesWithSound(lane) ? 'true' : undefined}
    >
      <div className="axis-lane-head">
        <span className="axis-lane-title" title={title}>
          {title}
        </span>
        <LaneMenu title={title} height={height} actions={actions} />
        <span className="axis-lane-value mono" ref={value} />
      </div>
      <div className="axis-lane-plot">
        <canvas
          ref={canvas}
          className="axis-lane-canvas"
          role="img"
          aria-label={title}
          style={{ width: plotWidth, height }}
        />
        {shown === 'waiting' && <p className="axis-lane-note faint">{text('window/axis:state.waiting')}</p>}
        {shown === 'empty' && <p className="axis-lane-note faint">{emptyWords(lane, text)}</p>}
        {shown === 'failed' && (
          <p className="axis-lane-note outcome-inconsistent" role="alert">
            <span aria-hidden="true">▲ </span>
            {errorText(text, data.stateOf(lane.id).error)}{' '}
            <button type="button" className="axis-lane-again" onClick={() => data.again(lane.id)}>
              {text('window:again')}
            </button>
          </p>
        )}
      </div>
      <LaneEdge height={height} resize={actions.resize} />
    </li>
  );
}

function emptyWords(lane: Lane, text: ReturnType<typeof useText>): string {
  return text(`window/axis:state.${'title' in lane ? 'empty' : `no-${lane.id}`}`);
}

function LaneMenu({ title, height, actions }: { title: string; height: number; actions: LaneActions }) {
  const text = useText();
  const items: readonly (readonly [string, () => void])[] = [
    ['hide', () => actions.hide()],
    ['up', () => actions.move(-1)],
    ['down', () => actions.move(1)],
    ['taller', () => actions.resize(height * 1.5)],
    ['lower', () => actions.resize(height / 1.5)],
  ];
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="axis-lane-menu" aria-label={text('window/axis:lane.menu', { title })}>
        ⋯
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start">
          {items.map(([name, run]) => (
            <DropdownMenu.Item key={name} className="menu-item" onSelect={run}>
              {text(`window/axis:lane.${name}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The lower edge of a lane, dragged to make it taller; the menu does the same for the keyboard. */
function LaneEdge({ height, resize }: { height: number; resize: (height: number) => void }) {
  const from = useRef<{ y: number; height: number } | null>(null);
  return (
    <div
      className="axis-lane-edge"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { y: event.clientY, height };
      }}
      onPointerMove={(event) => {
        if (from.current !== null) resize(from.current.height + event.clientY - from.current.y);
      }}
      onPointerUp={() => (from.current = null)}
      onPointerCancel={() => (from.current = null)}
    />
  );
}
