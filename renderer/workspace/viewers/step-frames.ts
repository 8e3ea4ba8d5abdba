import { useTime } from '../../state/time.ts';
import type { FrameTimes } from './frame-times.ts';

/** Moves the cursor by so many frames, kept within the film. */
export function stepFrames(times: FrameTimes, by: number): void {
  const { cursorMs, headingMs, stepTo, pause } = useTime.getState();
  pause();
  const here = times.when(headingMs ?? cursorMs);
  if (here === undefined) return;
  const last = Math.max(1, times.reach) - 1;
  const there = times.at(Math.min(Math.max(here.index + by, 0), last));
  if (there !== undefined) stepTo(there.timeMs);
}

/** Moves the cursor to the next or the last key frame. */
export function stepKeyFrames(times: FrameTimes, direction: 1 | -1): void {
  const { cursorMs, headingMs, pause } = useTime.getState();
  pause();
  const here = times.when(headingMs ?? cursorMs);
  const number = here === undefined ? undefined : times.keyFrom(here.index, direction);
  if (number !== undefined) goToFrame(times, number);
}

/** Moves the cursor to a frame by its number; waits for the part of the index that knows its time. */
export function goToFrame(times: FrameTimes, number: number): void {
  const move = (): boolean => {
    const known = times.at(number);
    if (known !== undefined) useTime.getState().stepTo(known.timeMs);
    return known !== undefined;
  };
  if (move()) return;
  const unsubscribe = times.subscribe(() => {
    if (move()) unsubscribe();
  });
}
