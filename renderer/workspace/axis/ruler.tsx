import { useEffect, useRef } from 'react';
import { formatClock } from '../../../src/base/format-time.ts';
import { useCommands } from '../../state/commands.ts';
import { useTime } from '../../state/time.ts';
import { useText } from '../../text/text-context.tsx';
import { goTo, zoomStep, zoomTime } from './axis-commands.ts';
import { useAxis } from './axis-context.ts';
import { labelFont, prepareCanvas } from './lane-canvas.ts';
import { msPerPixel, tickLabel, ticksOf, xOf } from './time-scale.ts';

const rulerHeight = 20;

/** Pages through the exhibit by a share of what is seen. */
function page(share: number): void {
  const { cursorMs, visible } = useTime.getState();
  goTo(cursorMs + share * (visible.endMs - visible.startMs));
}

/** A slider owns its arrows, so here they do what they do everywhere else: step by a frame. */
function runCommand(id: string): void {
  useCommands.getState().commands.get(id)?.run();
}

const keysHere: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => runCommand('frameBack'),
  ArrowRight: () => runCommand('frameOn'),
  PageUp: () => page(-0.1),
  PageDown: () => page(0.1),
  '+': () => zoomTime(1 / zoomStep),
  '=': () => zoomTime(1 / zoomStep),
  '-': () => zoomTime(zoomStep),
};

/** The times over the lanes. As a slider it moves the cursor by keys too. */
export function Ruler() {
  const text = useText();
  const { loop, plotWidth } = useAxis();
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      loop.add('ruler', {
        draw({ visible, whole }) {
          if (canvas.current === null) return;
          const context = prepareCanvas(canvas.current, plotWidth, rulerHeight);
          if (context === undefined) return;
          const scale = { visible, width: plotWidth };
          if (slider.current !== null) slider.current.dataset['visible'] = `${visible.startMs} ${visible.endMs}`;
          context.font = labelFont(loop.colours);
          const labelWidth = context.measureText(tickLabel(whole.endMs, Math.max(1, msPerPixel(scale)), whole)).width;
          const ticks = ticksOf(scale, labelWidth + 24);
          context.fillStyle = loop.colours.of('--line');
          for (const at of ticksOf(scale, (labelWidth + 24) / 5).at)
            context.fillRect(Math.round(xOf(scale, at)), 15, 1, 5);
          context.textBaseline = 'top';
          for (const at of ticks.at) {
            const x = Math.round(xOf(scale, at));
            context.fillStyle = loop.colours.of('--text-faint');
            context.fillRect(x, 12, 1, 8);
            context.fillStyle = loop.colours.of('--text-muted');
            context.fillText(tickLabel(at, ticks.stepMs, whole), x + 3, 2);
          }
        },
        follow({ cursorMs, whole }) {
          const element = slider.current;
          if (element === null) return;
          element.setAttribute('aria-valuenow', String(Math.round(cursorMs)));
          element.setAttribute('aria-valuetext', formatClock(cursorMs));
          element.setAttribute('aria-valuemin', String(Math.round(whole.startMs)));
          element.setAttribute('aria-valuemax', String(Math.round(whole.endMs)));
        },
      }),
    [loop, plotWidth],
  );
  return (
    <div
      ref={slider}
      className="axis-ruler-plot"
      role="slider"
      tabIndex={0}
      aria-label={text('window/axis:cursor')}
      aria-valuenow={0}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const run = keysHere[event.key];
        if (run === undefined) return;
        event.preventDefault();
        run();
      }}
    >
      <canvas ref={canvas} style={{ width: plotWidth, height: rulerHeight }} aria-hidden="true" />
    </div>
  );
}
