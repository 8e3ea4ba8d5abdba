import { startsMs, type FrameSlot, type FrameTrack } from './frame-slot.ts';
import type { SoundMap } from './sound-map.ts';

/** Why picture and sound of a stretch do not belong together, or nothing can be seen or heard that does. */
export type Apart =
  'silence' | 'other-voice' | 'music' | 'room' | 'none' | 'no-face' | 'foreign-picture' | 'frozen-picture';

/**
 * How far the sound is ahead of the picture over a stretch of the clip: a straight line between its ends (ITU-R BT.1359:
 * positive = sound ahead). Absent where `apart` says why there is no such number.
 */
export interface LeadStretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly startLeadMs?: number;
  readonly endLeadMs?: number;
  readonly apart?: Apart;
}

interface PictureStretch {
  readonly startMs: number;
  readonly endMs: number;
  /** The untouched clip's instant at startMs; the picture's clock always runs at rate 1. */
  readonly showsMs?: number;
  readonly apart?: Apart;
}

function pictureStretches(frames: FrameTrack): PictureStretch[] {
  const { starts, endMs } = startsMs(frames);
  const stretches: PictureStretch[] = [];
  let before: FrameSlot | undefined;
  for (const [index, slot] of frames.slots.entries()) {
    const startMs = starts[index] as number;
    const next = frames.slots[index + 1];
    const stands = (other: FrameSlot | undefined): boolean =>
      other?.shows !== undefined && other.shows.frame === slot.shows?.frame;
    const end = starts[index + 1] ?? endMs;
    let stretch: PictureStretch;
    if (slot.shows === undefined) stretch = { startMs, endMs: end, apart: 'foreign-picture' };
    else if (!slot.face) stretch = { startMs, endMs: end, apart: 'no-face' };
    else if (stands(before) || stands(next)) stretch = { startMs, endMs: end, apart: 'frozen-picture' };
    else stretch = { startMs, endMs: end, showsMs: slot.shows.ms };
    before = slot;
    const last = stretches.at(-1);
    const goesOn =
      last !== undefined &&
      last.apart === stretch.apart &&
      (last.showsMs === undefined ||
        stretch.showsMs === undefined ||
        Math.abs(stretch.showsMs - startMs - (last.showsMs - last.startMs)) < 1e-6);
    if (goesOn) stretches[stretches.length - 1] = { ...last, endMs: end };
    else stretches.push(stretch);
  }
  return stretches;
}

interface SoundStretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly saysMs?: number;
  readonly rate?: number;
  readonly apart?: Apart;
}

function soundStretches(map: SoundMap, rateHz: number): SoundStretch[] {
  let start = 0;
  return map.map((span): SoundStretch => {
    const startMs = (start * 1000) / rateHz;
    start += span.length;
    const endMs = (start * 1000) / rateHz;
    const { source } = span;
    if ('stranger' in source) return { startMs, endMs, apart: source.stranger };
    return { startMs, endMs, saysMs: (source.start * 1000) / rateHz, rate: source.rate };
  });
}

function meeting(picture: PictureStretch, sound: SoundStretch, startMs: number, endMs: number): LeadStretch {
  const apart = picture.apart ?? sound.apart;
  if (apart !== undefined) return { startMs, endMs, apart };
  const leadAt = (ms: number): number =>
    (sound.saysMs ?? 0) + (ms - sound.startMs) * (sound.rate ?? 1) - ((picture.showsMs ?? 0) + (ms - picture.startMs));
  // The nanosecond is beyond any clock; rounding hides the noise of the subtraction.
  const rounded = (ms: number): number => Math.round(leadAt(ms) * 1e6) / 1e6 + 0;
  return { startMs, endMs, startLeadMs: rounded(startMs), endLeadMs: rounded(endMs) };
}

/**
 * Works out the lead over the whole clip from where each frame and each sample come from: whatever was edited, this is
 * what a measurement should find. Where the picture has no sound beneath it, `apart` is `none`.
 */
export function leadTimeline(frames: FrameTrack, sound: SoundMap | undefined, rateHz: number): LeadStretch[] {
  const pictures = pictureStretches(frames);
  const { endMs } = startsMs(frames);
  const sounds = soundStretches(sound ?? [], rateHz);
  const covered = sounds.at(-1)?.endMs ?? 0;
  if (covered < endMs) sounds.push({ startMs: covered, endMs, apart: 'none' });
  const timeline: LeadStretch[] = [];
  for (let p = 0, s = 0; p < pictures.length && s < sounds.length;) {
    const picture = pictures[p] as PictureStretch;
    const heard = sounds[s] as SoundStretch;
    const from = Math.max(picture.startMs, heard.startMs);
    const to = Math.min(picture.endMs, heard.endMs);
    // Less than a sample is a border falling on a border.
    if (to - from > 0.02) timeline.push(meeting(picture, heard, from, to));
    if (picture.endMs <= heard.endMs) p++;
    else s++;
  }
  return timeline;
}
