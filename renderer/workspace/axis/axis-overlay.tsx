import { useEffect, useRef } from 'react';
import { useAxis } from './axis-context.ts';
import { xOf } from './time-scale.ts';

/** The cursor and the selected span over all lanes: moved by the frame loop, so that no lane is drawn again. */
export function AxisOverlay() {
  const { loop, plotWidth } = useAxis();
  const cursor = useRef<HTMLDivElement>(null);
  const span = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (element: HTMLElement, from: number, to: number): void => {
      const isSeen = to >= 0 && from <= plotWidth;
      element.style.visibility = isSeen ? 'visible' : 'hidden';
      element.style.transform = `translateX(${Math.max(-1, from)}px)`;
    };
    return loop.add('overlay', {
      draw: () => undefined,
      follow({ cursorMs, selected, visible }) {
        const scale = { visible, width: plotWidth };
        if (cursor.current !== null) {
          const x = xOf(scale, cursorMs);
          place(cursor.current, x, x);
        }
        if (span.current === null) return;
        if (selected === null) {
          span.current.style.visibility = 'hidden';
          return;
        }
        const [from, to] = [xOf(scale, selected.startMs), xOf(scale, selected.endMs)];
        place(span.current, from, to);
        span.current.style.width = `${Math.max(1, Math.min(plotWidth + 1, to) - Math.max(-1, from))}px`;
      },
    });
  }, [loop, plotWidth]);
  return (
    <div className="axis-overlay" aria-hidden="true">
      <div className="axis-selection" ref={span} />
      <div className="axis-cursor" ref={cursor} />
    </div>
  );
}
