import { joinMaps, sliceMap, type SoundMap, type Stranger } from './sound-map.ts';

/** Sound with its own story: samples a channel, all equally long, and where each came from. */
export interface SoundTrack {
  readonly rateHz: number;
  readonly channels: readonly Float32Array[];
  readonly map: SoundMap;
}

export function lengthOf(track: SoundTrack): number {
  return track.channels[0]?.length ?? 0;
}

/** Sample at which a time falls, to the nearest. */
export function sampleAt(track: { readonly rateHz: number }, ms: number): number {
  return Math.round((ms * track.rateHz) / 1000);
}

/** Samples [from, to), cut short at the track's ends. */
export function sliceTrack(track: SoundTrack, from: number, to: number): SoundTrack {
  const length = lengthOf(track);
  const low = Math.max(0, Math.min(length, from));
  const high = Math.max(low, Math.min(length, to));
  return {
    rateHz: track.rateHz,
    channels: track.channels.map((samples) => samples.subarray(low, high)),
    map: sliceMap(track.map, low, high),
  };
}

/** Tracks of one rate and channel count, end to end. */
export function joinTracks(first: SoundTrack, ...rest: readonly SoundTrack[]): SoundTrack {
  const all = [first, ...rest];
  const total = all.reduce((sum, track) => sum + lengthOf(track), 0);
  const channels = first.channels.map((_, channel) => {
    const joined = new Float32Array(total);
    let at = 0;
    for (const track of all) {
      const samples = track.channels[channel] ?? track.channels[0];
      if (samples === undefined) continue;
      joined.set(samples, at);
      at += samples.length;
    }
    return joined;
  });
  return { rateHz: first.rateHz, channels, map: joinMaps(...all.map((track) => track.map)) };
}

/** Mono samples on as many channels as the track has, told as a stranger's. */
export function strangerTrack(like: SoundTrack, samples: Float32Array, stranger: Stranger): SoundTrack {
  return {
    rateHz: like.rateHz,
    channels: like.channels.map(() => samples),
    map: [{ length: samples.length, source: { stranger } }],
  };
}

export function silentTrack(like: SoundTrack, length: number): SoundTrack {
  return strangerTrack(like, new Float32Array(length), 'silence');
}

/** Cut or filled with silence at its end to this many samples. */
export function fitTrack(track: SoundTrack, length: number): SoundTrack {
  const has = lengthOf(track);
  if (has === length) return track;
  return has > length ? sliceTrack(track, 0, length) : joinTracks(track, silentTrack(track, length - has));
}

/**
 * Interleaved signed 16-bit little-endian samples, rounded to the nearest and limited: the raw PCM whose digest the
 * truth states. Samples that came from 16-bit PCM come back unchanged.
 */
export function pcm16Of(track: SoundTrack, from = 0, to = lengthOf(track)): Uint8Array {
  const count = track.channels.length;
  const bytes = new Uint8Array((to - from) * count * 2);
  const view = new DataView(bytes.buffer);
  for (const [channel, samples] of track.channels.entries()) {
    for (let i = from, at = channel * 2; i < to; i++, at += count * 2) {
      const value = Math.floor((samples[i] as number) * 32768 + 0.5);
      view.setInt16(at, value > 32767 ? 32767 : value < -32768 ? -32768 : value, true);
    }
  }
  return bytes;
}
