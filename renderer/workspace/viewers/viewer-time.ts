import { useEffect } from 'react';
import { useTime } from '../../state/time.ts';
import { mostViewers } from '../layout.ts';
import { useLayout } from '../layout-store.ts';
import { useLook } from './look-store.ts';

/** The time that a viewer shows: the cursor's, or, taken apart and not the one that is worked in, its own. */
export function useViewerMs(viewer: number): number {
  const cursorMs = useTime((state) => state.cursorMs);
  const isActive = useLayout(({ active }) => active === viewer);
  const held = useLook(({ linked, heldMs }) => (linked ? undefined : heldMs[viewer]));
  return isActive ? cursorMs : (held ?? cursorMs);
}

/** There is one cursor; taken apart, it is that of the viewer that is worked in, and the others stay where they were. */
export function useTimeTakenApart(): void {
  useEffect(() => {
    const holdAll = (ms: number): void => useLook.getState().hold(Array.from({ length: mostViewers }, () => ms));
    const ends = [
      useLook.subscribe(({ linked }, before) => {
        if (!linked && before.linked) holdAll(useTime.getState().cursorMs);
      }),
      useLayout.subscribe(({ active, layout }, before) => {
        const { linked, heldMs, hold } = useLook.getState();
        const more = layout.viewers.length - before.layout.viewers.length;
        // A viewer that is closed takes its time with it; see closeViewer.
        if (linked || active === before.active || more < 0) return;
        const { cursorMs, headingMs, moveTo, pause } = useTime.getState();
        const here = headingMs ?? cursorMs;
        hold(Object.assign([...heldMs], { [before.active]: here }));
        pause();
        // A viewer that was just added begins where the one that it was made from is.
        moveTo(more > 0 ? here : (heldMs[active] ?? here));
      }),
      // Another exhibit: what was held were times of the one before.
      useTime.subscribe(({ whole }, before) => {
        if (whole !== before.whole) holdAll(whole.startMs);
      }),
    ];
    return () => ends.forEach((end) => end());
  }, []);
}

/** Closes a viewer; the one that is worked in from then on shows its own time. */
export function closeViewer(at: number): void {
  const wasActive = useLayout.getState().active === at;
  useLook.getState().close(at);
  useLayout.getState().removeViewer(at);
  const { linked, heldMs } = useLook.getState();
  const heldHere = heldMs[useLayout.getState().active];
  if (!linked && wasActive && heldHere !== undefined) useTime.getState().moveTo(heldHere);
}
