import { joinMaps, stretchMap } from './sound-map.ts';
import { lowPass, resampleAt } from './resample.ts';
import {
  fitTrack,
  joinTracks,
  lengthOf,
  silentTrack,
  sliceTrack,
  strangerTrack,
  type SoundTrack,
} from './sound-track.ts';
import { roomTone } from './speech/room.ts';

/** Moves the sound by whole samples; positive is ahead. The length stays. */
export function shiftTrack(track: SoundTrack, samples: number, fill: 'silence' | 'wrap'): SoundTrack {
  const length = lengthOf(track);
  const by = Math.max(-length, Math.min(length, samples));
  if (by === 0) return track;
  const fallen = by > 0 ? sliceTrack(track, 0, by) : sliceTrack(track, length + by, length);
  const kept = by > 0 ? sliceTrack(track, by, length) : sliceTrack(track, 0, length + by);
  const gap = fill === 'wrap' ? fallen : silentTrack(track, lengthOf(fallen));
  return by > 0 ? joinTracks(kept, gap) : joinTracks(gap, kept);
}

/** Lets the sound run ahead by `msPerMinute`, resampled; the length stays, what is missing at the end is silent. */
export function driftTrack(track: SoundTrack, msPerMinute: number): SoundTrack {
  const factor = 1 + msPerMinute / 60_000;
  const length = lengthOf(track);
  const sounding = Math.min(length, Math.round(length / factor));
  const channels = track.channels.map((samples) => resampleAt(samples, 0, factor, sounding));
  return fitTrack({ rateHz: track.rateHz, channels, map: stretchMap(track.map, factor, sounding) }, length);
}

/**
 * Joins tracks in order. Around each seam both sides fade over `fade` samples (to silence, not into each other, so that no
 * sample is from two places); 0 leaves a hard seam.
 */
export function spliceTracks(fade: number, first: SoundTrack, ...rest: readonly SoundTrack[]): SoundTrack {
  const joined = joinTracks(first, ...rest);
  if (fade <= 0) return joined;
  let seam = 0;
  const total = lengthOf(joined);
  for (const track of [first, ...rest].slice(0, -1)) {
    seam += lengthOf(track);
    for (const samples of joined.channels) {
      for (let k = 0; k < fade; k++) {
        const gain = (k + 0.5) / fade;
        const before = seam - 1 - k;
        const after = seam + k;
        if (before >= 0) samples[before] = (samples[before] as number) * gain;
        if (after < total) samples[after] = (samples[after] as number) * gain;
      }
    }
  }
  return joined;
}

/** Takes samples [from, to) out. */
export function cutTrack(track: SoundTrack, from: number, to: number, fade: number): SoundTrack {
  return spliceTracks(fade, sliceTrack(track, 0, from), sliceTrack(track, to, lengthOf(track)));
}

/** Puts a piece at sample `from`, in place of `replaced` samples. */
export function putIn(track: SoundTrack, piece: SoundTrack, from: number, replaced: number, fade: number): SoundTrack {
  const after = sliceTrack(track, from + replaced, lengthOf(track));
  return spliceTracks(fade, sliceTrack(track, 0, from), piece, after);
}

/** Silences samples [from, to). */
export function muteTrack(track: SoundTrack, from: number, to: number): SoundTrack {
  return to <= from ? track : putIn(track, silentTrack(track, to - from), from, to - from, 0);
}

export function lowPassTrack(track: SoundTrack, cutoffHz: number): SoundTrack {
  return { ...track, channels: track.channels.map((samples) => lowPass(samples, track.rateHz, cutoffHz)) };
}

export function addNoise(track: SoundTrack, seed: number, levelDb: number): SoundTrack {
  const noise = roomTone(seed, lengthOf(track), levelDb);
  const channels = track.channels.map((samples) => samples.map((value, i) => value + (noise[i] as number)));
  return { ...track, channels };
}

/** Other sound throughout, as long as the track is. */
export function replaceTrack(track: SoundTrack, samples: Float32Array, stranger: 'other-voice' | 'music'): SoundTrack {
  const other = strangerTrack(track, samples, stranger);
  return fitTrack({ ...other, map: joinMaps(other.map) }, lengthOf(track));
}
