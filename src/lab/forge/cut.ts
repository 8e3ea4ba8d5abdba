import { AssayError } from '../../base/errors.ts';
import type { Edit } from './edit.ts';
import { startsMs, type FrameTrack } from './frame-slot.ts';
import { lengthOf, sampleAt, type SoundTrack } from './sound-track.ts';

/** A clip between its source and its encoding: frames to draw, sound, and how far the container shall shift the sound. */
export interface Cut {
  readonly frames: FrameTrack;
  /** Absent in a clip without sound. */
  readonly sound: SoundTrack | undefined;
  readonly containerLeadMs: number;
}

/** Where an edit took place. Numbers and times are those of the clip as this edit left it, unless said otherwise. */
export interface EditTruth {
  readonly asked: Edit;
  /** Frames taken away, by the untouched clip's numbers. */
  readonly removed?: readonly number[];
  readonly changed?: readonly number[];
  readonly added?: readonly number[];
  readonly startMs?: number;
  readonly endMs?: number;
  /** Samples [from, to) of each channel that are new or changed; from = to is a seam. */
  readonly samples?: { readonly from: number; readonly to: number };
  /** By how much the sound after the place (or all of it) moved ahead, exactly. */
  readonly movedSamples?: number;
  readonly movedMs?: number;
  /** How many times as fast the sound runs. */
  readonly rate?: number;
}

export interface Applied {
  readonly cut: Cut;
  readonly truth: EditTruth;
}

/** Sounds that edits may ask for, mono. */
export interface SoundSources {
  /** What the speaker of a seed says from an instant of their own clock on. */
  voice(seed: number, fromMs: number, length: number, rateHz: number): Float32Array;
  music(seed: number, length: number, rateHz: number): Float32Array;
  room(seed: number, length: number, levelDb: number): Float32Array;
  /** Sound of a media file, as long as it is. */
  file(path: string, rateHz: number): Promise<Float32Array>;
}

/** What making edits needs to know of the source. */
export interface CutContext {
  readonly width: number;
  readonly height: number;
  /** True while a presenter is being drawn: only then can the face leave the picture. */
  readonly drawn: boolean;
  readonly sounds: SoundSources;
}

/** The sound of a cut. Throws `edit-needs-sound`. */
export function soundOf(cut: Cut, edit: Edit): SoundTrack {
  if (cut.sound === undefined) throw new AssayError('edit-needs-sound', { edit: edit.kind });
  return cut.sound;
}

/** Throws `edit-beyond-clip` unless the clip has `count` frames from `frame` on. */
export function checkRun(cut: Cut, edit: Edit, frame: number, count: number): void {
  const size = cut.frames.slots.length;
  if (frame + count <= size) return;
  throw new AssayError('edit-beyond-clip', {
    edit: edit.kind,
    unit: 'frames',
    from: frame,
    to: frame + count - 1,
    size,
  });
}

/** Throws `edit-beyond-clip` unless the sound reaches to sample `to`. */
export function checkSamples(sound: SoundTrack, edit: Edit, from: number, to: number): void {
  const size = lengthOf(sound);
  if (to <= size) return;
  throw new AssayError('edit-beyond-clip', { edit: edit.kind, unit: 'samples', from, to, size });
}

/** Samples that sound while these frames are shown, as far as there is sound. */
export function samplesOfRun(cut: Cut, sound: SoundTrack, frame: number, count: number): { from: number; to: number } {
  const { starts, endMs } = startsMs(cut.frames);
  const limit = lengthOf(sound);
  const at = (ms: number): number => Math.min(limit, sampleAt(sound, ms));
  return { from: at(starts[frame] ?? endMs), to: at(starts[frame + count] ?? endMs) };
}
