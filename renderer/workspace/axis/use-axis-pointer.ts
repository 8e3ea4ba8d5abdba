import { useEffect, type RefObject } from 'react';
import { useTime } from '../../state/time.ts';
import { movedBy, msAt, msPerPixel, spanBetween, zoomAround, type TimeScale } from './time-scale.ts';

/** Movement in pixels from which on a press is a drag. */
const dragFrom = 4;
const zoomPerWheelPixel = 0.0015;

interface Drag {
  readonly mode: 'scrub' | 'select' | 'pan' | 'slide';
  readonly startX: number;
  readonly startMs: number;
  /** Where the sound stood against the picture when a slide began. */
  readonly startShiftMs: number;
  isMoved: boolean;
  lastX: number;
}

/**
 * The mouse on the axis: the wheel zooms where the pointer stands (with Shift, or sideways, it pans); dragging in the ruler
 * scrubs, in the lanes selects a span (or slides the sound, where that was chosen and the lane is the sound's), with Shift or
 * the middle button pans; a click moves the cursor.
 */
export function useAxisPointer(area: RefObject<HTMLElement | null>, plotWidth: number): void {
  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    let drag: Drag | undefined;
    const scaleNow = (): TimeScale => ({ visible: useTime.getState().visible, width: plotWidth });
    const left = (): number => (element.querySelector('.axis-ruler-plot') ?? element).getBoundingClientRect().left;
    const xIn = (event: MouseEvent): number => event.clientX - left();

    const onWheel = (event: WheelEvent): void => {
      const x = xIn(event);
      // Over the names the wheel scrolls the lanes.
      if (x < 0) return;
      event.preventDefault();
      const { visible, look } = useTime.getState();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY))
        look(movedBy(visible, sideways * unit * msPerPixel(scaleNow())));
      else look(zoomAround(visible, msAt(scaleNow(), x), Math.exp(event.deltaY * unit * zoomPerWheelPixel)));
    };
    const onDown = (event: PointerEvent): void => {
      const x = xIn(event);
      if (x < 0 || event.button > 1 || isIn(event, 'button, .axis-lane-edge')) return;
      const isRuler = isIn(event, '.axis-ruler');
      const slides = isIn(event, '[data-slides]');
      const mode = event.button === 1 || event.shiftKey ? 'pan' : isRuler ? 'scrub' : slides ? 'slide' : 'select';
      const startShiftMs = useTime.getState().soundShiftMs;
      drag = { mode, startX: x, lastX: x, startMs: msAt(scaleNow(), x), startShiftMs, isMoved: false };
      element.setPointerCapture(event.pointerId);
      event.preventDefault();
      // The keys of the axis follow the hand to it.
      element.querySelector<HTMLElement>('.axis-ruler-plot')?.focus({ preventScroll: true });
      if (mode === 'scrub') useTime.getState().moveTo(drag.startMs);
    };
    const onMove = (event: PointerEvent): void => {
      if (drag === undefined) return;
      const x = xIn(event);
      if (!drag.isMoved && Math.abs(x - drag.startX) < dragFrom && drag.mode !== 'scrub' && drag.mode !== 'slide')
        return;
      drag.isMoved = true;
      const { visible, whole, look, moveTo, select, shiftSound } = useTime.getState();
      const ms = Math.min(whole.endMs, Math.max(whole.startMs, msAt(scaleNow(), x)));
      if (drag.mode === 'pan') look(movedBy(visible, (drag.lastX - x) * msPerPixel(scaleNow())));
      else if (drag.mode === 'slide') shiftSound(slidShift(drag.startShiftMs, x - drag.startX, msPerPixel(scaleNow())));
      else if (drag.mode === 'scrub') moveTo(ms);
      else select(spanBetween(drag.startMs, ms));
      drag.lastX = x;
    };
    const onUp = (): void => {
      if (drag?.mode === 'select' && !drag.isMoved) {
        const { selected, moveTo, select } = useTime.getState();
        moveTo(drag.startMs);
        if (selected !== null && (drag.startMs < selected.startMs || drag.startMs > selected.endMs)) select(null);
      } else if (drag?.mode === 'select') {
        const { selected, moveTo } = useTime.getState();
        if (selected !== null) moveTo(selected.startMs);
      }
      drag = undefined;
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
    };
  }, [area, plotWidth]);
}

/** Farthest that the sound is moved against the picture, in ms. */
export const mostShiftMs = 500;

/** Where the sound stands after its lane was dragged so many pixels: to the right it is heard later. Whole ms. */
export function slidShift(startShiftMs: number, byPixels: number, msPerPixel: number): number {
  const shift = Math.round(startShiftMs - byPixels * msPerPixel);
  return Math.min(mostShiftMs, Math.max(-mostShiftMs, shift)) + 0;
}

function isIn({ target }: Event, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
