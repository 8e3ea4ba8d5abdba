import type { Command } from '../../state/commands.ts';
import { useSession } from '../../state/session.ts';
import { useTime } from '../../state/time.ts';
import { withEdge, zoomAround } from './time-scale.ts';
import { speeds, useTransport } from './transport-store.ts';

const fastest = 8;
export const zoomStep = 1.5;

const isThere = (): boolean => useSession.getState().view === 'workspace' && useSession.getState().exhibit !== null;
const hasSpan = (): boolean => isThere() && useTime.getState().selected !== null;

/** J or L again doubles the speed; L begins with the speed that was chosen, J with real time. */
export function nextRate(now: { playing: boolean; rate: number }, direction: 1 | -1, speed: number): number {
  const isSameWay = now.playing && Math.sign(now.rate) === direction;
  if (!isSameWay) return direction > 0 ? speed : -1;
  return direction * Math.min(fastest, Math.abs(now.rate) * 2);
}

export function togglePlaying(): void {
  const { playing, play, pause } = useTime.getState();
  if (playing) pause();
  else play(useTransport.getState().speed);
}

/** Plays faster (or slower) by one step of the list of speeds, at once where it plays. */
export function changeSpeed(speed: number): void {
  useTransport.setState({ speed });
  const { playing, rate, play } = useTime.getState();
  if (playing && rate > 0) play(speed);
}

function stepSpeed(by: 1 | -1): void {
  const { speed } = useTransport.getState();
  const at = speeds.findIndex((one) => one === speed);
  changeSpeed(speeds[Math.min(speeds.length - 1, Math.max(0, at + by))] ?? 1);
}

/** Zooms about the cursor where it is seen, else about the middle. */
export function zoomTime(factor: number): void {
  const { cursorMs, visible, look } = useTime.getState();
  const isSeen = cursorMs >= visible.startMs && cursorMs <= visible.endMs;
  look(zoomAround(visible, isSeen ? cursorMs : (visible.startMs + visible.endMs) / 2, factor));
}

/** Moves the cursor and brings it into view. */
export function goTo(ms: number): void {
  const { moveTo, visible, look } = useTime.getState();
  moveTo(ms);
  const length = visible.endMs - visible.startMs;
  const at = useTime.getState().cursorMs;
  if (at < visible.startMs || at > visible.endMs) look({ startMs: at - length / 2, endMs: at + length / 2 });
}

export function zoomToSelection(): void {
  const { selected, look } = useTime.getState();
  if (selected !== null) look(selected);
}

export function showAll(): void {
  const { whole, look } = useTime.getState();
  look(whole);
}

function setEdge(edge: 'start' | 'end'): void {
  const { cursorMs, selected, whole, select } = useTime.getState();
  select(withEdge(selected, edge, cursorMs, whole));
}

/** What the time axis adds to the window's keys and palette. Steps by frame are the viewers'. */
export const axisCommands: readonly Command[] = [
  { id: 'playPause', keys: [' '], group: 'time', enabled: isThere, run: togglePlaying },
  {
    id: 'playForward',
    keys: ['l'],
    group: 'time',
    enabled: isThere,
    run: () => useTime.getState().play(nextRate(useTime.getState(), 1, useTransport.getState().speed)),
  },
  { id: 'stop', keys: ['k'], group: 'time', enabled: isThere, run: () => useTime.getState().pause() },
  {
    id: 'playBackward',
    keys: ['j'],
    group: 'time',
    enabled: isThere,
    run: () => useTime.getState().play(nextRate(useTime.getState(), -1, 1)),
  },
  { id: 'slower', keys: ['['], group: 'time', enabled: isThere, run: () => stepSpeed(-1) },
  { id: 'faster', keys: [']'], group: 'time', enabled: isThere, run: () => stepSpeed(1) },
  {
    id: 'sound',
    keys: ['m'],
    group: 'time',
    enabled: isThere,
    run: () => useTransport.setState(({ isSoundOn }) => ({ isSoundOn: !isSoundOn })),
  },
  {
    id: 'loop',
    keys: ['Shift+l'],
    group: 'time',
    enabled: isThere,
    run: () => useTime.getState().setLooping(!useTime.getState().looping),
  },
  {
    id: 'slideSound',
    keys: ['d'],
    group: 'time',
    enabled: isThere,
    run: () => useTransport.setState(({ sliding }) => ({ sliding: !sliding })),
  },
  { id: 'spanIn', keys: ['i'], group: 'time', enabled: isThere, run: () => setEdge('start') },
  { id: 'spanOut', keys: ['o'], group: 'time', enabled: isThere, run: () => setEdge('end') },
  { id: 'spanClear', keys: ['Shift+x'], group: 'time', enabled: hasSpan, run: () => useTime.getState().select(null) },
  { id: 'goStart', keys: ['Home'], group: 'time', enabled: isThere, run: () => goTo(useTime.getState().whole.startMs) },
  { id: 'goEnd', keys: ['End'], group: 'time', enabled: isThere, run: () => goTo(useTime.getState().whole.endMs) },
  { id: 'timeZoomIn', keys: ['Alt++', 'Alt+='], group: 'time', enabled: isThere, run: () => zoomTime(1 / zoomStep) },
  { id: 'timeZoomOut', keys: ['Alt+-'], group: 'time', enabled: isThere, run: () => zoomTime(zoomStep) },
  { id: 'zoomToSpan', keys: ['s'], group: 'time', enabled: hasSpan, run: zoomToSelection },
  { id: 'zoomAll', keys: ['Shift+s'], group: 'time', enabled: isThere, run: showAll },
];
