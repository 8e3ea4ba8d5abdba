import { AssayError } from '../../base/errors.ts';
import { checkRun, samplesOfRun, type Applied, type Cut, type CutContext, type EditTruth } from './cut.ts';
import type { EditOf, Region } from './edit.ts';
import { startsMs, type FrameOrigin, type FrameSlot } from './frame-slot.ts';
import { cutTrack, putIn } from './edit-sound.ts';
import {
  joinTracks,
  lengthOf,
  sampleAt,
  silentTrack,
  sliceTrack,
  strangerTrack,
  type SoundTrack,
} from './sound-track.ts';

function numbers(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

function withSlots(cut: Cut, slots: readonly FrameSlot[]): Cut {
  return { ...cut, frames: { ...cut.frames, slots } };
}

/** When frames [from, from + count) are shown. */
function spanOf(cut: Cut, from: number, count: number): { startMs: number; endMs: number } {
  const { starts, endMs } = startsMs(cut.frames);
  return { startMs: starts[from] ?? endMs, endMs: starts[from + count] ?? endMs };
}

export function removeFrames(cut: Cut, edit: EditOf<'remove-frames'>): Applied {
  const { frame, count } = edit;
  checkRun(cut, edit, frame, count);
  const { slots } = cut.frames;
  if (count === slots.length) throw new AssayError('edit-leaves-nothing', { edit: edit.kind });
  const removed = slots.slice(frame, frame + count).flatMap((slot) => (slot.shows ? [slot.shows.frame] : []));
  const after = withSlots(cut, [...slots.slice(0, frame), ...slots.slice(frame + count)]);
  const { startMs } = spanOf(cut, frame, count);
  const truth: EditTruth = { asked: edit, removed, startMs, endMs: startMs };
  if (edit.sound === 'keep' || cut.sound === undefined) return { cut: after, truth };
  const { from, to } = samplesOfRun(cut, cut.sound, frame, count);
  return {
    cut: { ...after, sound: cutTrack(cut.sound, from, to, 0) },
    truth: { ...truth, samples: { from, to: from }, movedSamples: to - from },
  };
}

function addFrames(
  cut: Cut,
  edit: EditOf<'repeat-frames'> | EditOf<'insert-frames'>,
  at: number,
  added: readonly FrameSlot[],
  soundAlong: (sound: SoundTrack) => SoundTrack,
): Applied {
  const { slots } = cut.frames;
  const after = withSlots(cut, [...slots.slice(0, at), ...added, ...slots.slice(at)]);
  const truth = { asked: edit, added: numbers(at, added.length), ...spanOf(after, at, added.length) };
  if (edit.sound === 'keep' || cut.sound === undefined) return { cut: after, truth };
  const { from } = samplesOfRun(cut, cut.sound, at, 0);
  const piece = soundAlong(cut.sound);
  return {
    cut: { ...after, sound: putIn(cut.sound, piece, from, 0, 0) },
    truth: { ...truth, samples: { from, to: from + lengthOf(piece) } },
  };
}

export function repeatFrames(cut: Cut, edit: EditOf<'repeat-frames'>): Applied {
  checkRun(cut, edit, edit.frame, edit.count);
  const run = cut.frames.slots.slice(edit.frame, edit.frame + edit.count);
  const again = run.map((slot): FrameSlot => ({ ...slot, role: 'repeated' }));
  const added = Array.from({ length: edit.times }, () => again).flat();
  return addFrames(cut, edit, edit.frame + edit.count, added, (sound) => {
    const { from, to } = samplesOfRun(cut, sound, edit.frame, edit.count);
    const piece = sliceTrack(sound, from, to);
    return joinTracks(piece, ...Array.from({ length: edit.times - 1 }, () => piece));
  });
}

export function insertFrames(cut: Cut, edit: EditOf<'insert-frames'>, context: CutContext): Applied {
  const { slots } = cut.frames;
  const { frame, count, from } = edit;
  checkRun(cut, edit, frame, 0);
  if (from.source === 'clip') checkRun(cut, edit, from.frame, count);
  const durationTicks = slots[Math.min(frame, slots.length - 1)]?.durationTicks ?? 1;
  const stepMs = (durationTicks * cut.frames.timeBase.num * 1000) / cut.frames.timeBase.den;
  const { startMs } = spanOf(cut, frame, 0);
  const added = numbers(0, count).map((i): FrameSlot => {
    if (from.source === 'clip') return { ...(slots[from.frame + i] as FrameSlot), role: 'inserted' };
    const origin: FrameOrigin =
      from.source === 'black' ? { from: 'black' } : { from: 'presenter', seed: from.seed, ms: startMs + i * stepMs };
    return { origin, durationTicks, pastes: [], face: from.source === 'presenter', role: 'inserted' };
  });
  return addFrames(cut, edit, frame, added, (sound) => {
    if (from.source === 'clip') {
      const run = samplesOfRun(cut, sound, from.frame, count);
      return sliceTrack(sound, run.from, run.to);
    }
    const length = sampleAt(sound, count * stepMs);
    if (from.source === 'black') return silentTrack(sound, length);
    return strangerTrack(sound, context.sounds.voice(from.seed, startMs, length, sound.rateHz), 'other-voice');
  });
}

function checkRegion(edit: EditOf<'paste-region'>, region: Region, x: number, y: number, context: CutContext): void {
  const beyond = (from: number, length: number, size: number): void => {
    if (from + length <= size) return;
    throw new AssayError('edit-beyond-clip', { edit: edit.kind, unit: 'px', from, to: from + length - 1, size });
  };
  beyond(x, region.width, context.width);
  beyond(y, region.height, context.height);
}

export function pasteRegion(cut: Cut, edit: EditOf<'paste-region'>, context: CutContext): Applied {
  const { frame, count, region } = edit;
  checkRun(cut, edit, frame, count);
  checkRun(cut, edit, edit.from, edit.follow ? count : 1);
  const to = edit.to ?? { x: region.x, y: region.y };
  checkRegion(edit, region, region.x, region.y, context);
  checkRegion(edit, region, to.x, to.y, context);
  const slots = cut.frames.slots.map((slot, index): FrameSlot => {
    if (index < frame || index >= frame + count) return slot;
    const at = edit.from + (edit.follow ? index - frame : 0);
    const origin = cut.frames.slots[at]?.origin;
    if (origin?.from !== 'source') throw new AssayError('edit-of-inserted-frame', { edit: edit.kind, frame: at });
    const paste = { sourceIndex: origin.index, region, toX: to.x, toY: to.y, feather: edit.feather };
    return { ...slot, pastes: [...slot.pastes, paste] };
  });
  const truth = { asked: edit, changed: numbers(frame, count), ...spanOf(cut, frame, count) };
  return { cut: withSlots(cut, slots), truth };
}

export function hideFace(cut: Cut, edit: EditOf<'hide-face'>, context: CutContext): Applied {
  if (!context.drawn) throw new AssayError('edit-needs-presenter', { edit: edit.kind });
  const count = edit.count ?? Math.max(1, cut.frames.slots.length - edit.frame);
  checkRun(cut, edit, edit.frame, count);
  const hidden = (index: number): boolean => index >= edit.frame && index < edit.frame + count;
  const slots = cut.frames.slots.map((slot, index) => (hidden(index) ? { ...slot, face: false } : slot));
  const truth = { asked: edit, changed: numbers(edit.frame, count), ...spanOf(cut, edit.frame, count) };
  return { cut: withSlots(cut, slots), truth };
}
