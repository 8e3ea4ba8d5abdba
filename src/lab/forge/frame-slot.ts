import type { Rational } from '../../base/rational.ts';
import type { FrameTimes } from './frame-rate.ts';
import type { Region } from './edit.ts';

/** Where a frame's pixels come from: the source before this encoding, plain black, or a presenter of another seed. */
export type FrameOrigin =
  | { readonly from: 'source'; readonly index: number }
  | { readonly from: 'black' }
  | { readonly from: 'presenter'; readonly seed: number; readonly ms: number };

/** A region of a source frame laid over a frame. */
export interface Paste {
  readonly sourceIndex: number;
  readonly region: Region;
  readonly toX: number;
  readonly toY: number;
  readonly feather: number;
}

/** One frame of the clip as it is edited: what to draw, how long it stays, and its truth. */
export interface FrameSlot {
  readonly origin: FrameOrigin;
  readonly durationTicks: number;
  readonly pastes: readonly Paste[];
  readonly face: boolean;
  readonly role: 'original' | 'repeated' | 'inserted';
  /** The frame and instant of the untouched clip that it shows; absent where it shows nothing of it. */
  readonly shows?: { readonly frame: number; readonly ms: number };
}

/** All frames in order, with their time base. */
export interface FrameTrack {
  readonly timeBase: Rational;
  readonly constant: boolean;
  /** When the first frame is shown, ticks: not 0 in clips whose picture begins after their sound. */
  readonly startTicks: number;
  readonly slots: readonly FrameSlot[];
}

/** An untouched clip's frames. */
export function untouchedFrames(times: FrameTimes): FrameTrack {
  let ticks = times.startTicks;
  const slots = times.durations.map((durationTicks, index): FrameSlot => {
    const ms = (ticks * times.timeBase.num * 1000) / times.timeBase.den;
    ticks += durationTicks;
    return {
      origin: { from: 'source', index },
      durationTicks,
      pastes: [],
      face: true,
      role: 'original',
      shows: { frame: index, ms },
    };
  });
  return { timeBase: times.timeBase, constant: times.constant, startTicks: times.startTicks, slots };
}

/** Presentation time of each frame in ms, and the clip's end. */
export function startsMs(track: FrameTrack): { starts: number[]; endMs: number } {
  const toMs = (ticks: number): number => (ticks * track.timeBase.num * 1000) / track.timeBase.den;
  const starts: number[] = [];
  let ticks = track.startTicks;
  for (const slot of track.slots) {
    starts.push(toMs(ticks));
    ticks += slot.durationTicks;
  }
  return { starts, endMs: toMs(ticks) };
}

/** After an encoding: each frame is now the source's own, with nothing left to draw; its truth stays. */
export function settled(track: FrameTrack): FrameTrack {
  const slots = track.slots.map((slot, index): FrameSlot => ({
    ...slot,
    origin: { from: 'source', index },
    pastes: [],
  }));
  return { ...track, slots };
}
