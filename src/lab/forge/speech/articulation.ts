import { smoothStep } from '../elementary.ts';
import { seededRandom } from '../../../base/random.ts';
import { smoothNoise1d } from '../lattice-noise.ts';
import type { Phone, Score } from './score.ts';
import type { Voice } from './voice.ts';

/**
 * Where lips and larynx are, one value a millisecond from `startMs`: the one source of both picture and sound, so
 * that their truth is exact below a frame.
 */
export interface Articulation {
  readonly startMs: number;
  readonly length: number;
  /** Opening of the lips in [0, about 1.2]; exactly 0 while /p b m/ shut them. */
  readonly opening: Float32Array;
  /** -1 rounded … 1 spread. */
  readonly width: Float32Array;
  /** How far the lower lip is under the upper teeth (f, v), 0…1. */
  readonly tuck: Float32Array;
  /** How hard the lips are pressed together, 0…1: 1 only inside a closure. */
  readonly press: Float32Array;
  /** Formants in Hz for this voice. */
  readonly f1: Float32Array;
  readonly f2: Float32Array;
  readonly f3: Float32Array;
  readonly pitchHz: Float32Array;
  /** Amplitudes: voice through the mouth, voice through nose or throat wall, breath, friction. */
  readonly voicing: Float32Array;
  readonly murmur: Float32Array;
  readonly breath: Float32Array;
  readonly friction: Float32Array;
  readonly frictionHz: Float32Array;
  readonly frictionWidthHz: Float32Array;
}

/** How long the lips take to shut before a closure and to part after it, ms. */
export const closingMs = 58;
export const openingMs = 52;

/** Two running means: a triangular window 4·half + 1 samples wide, so that targets turn into movements. */
function smooth(values: Float64Array, half: number): Float64Array {
  let from = values;
  for (let pass = 0; pass < 2; pass++) {
    const sums = new Float64Array(from.length + 1);
    for (let i = 0; i < from.length; i++) sums[i + 1] = (sums[i] as number) + (from[i] as number);
    const to = new Float64Array(from.length);
    for (let i = 0; i < to.length; i++) {
      const low = Math.max(0, i - half);
      const high = Math.min(to.length, i + half + 1);
      to[i] = ((sums[high] as number) - (sums[low] as number)) / (high - low);
    }
    from = to;
  }
  return from;
}

function targets(score: Score, length: number, valueOf: (phone: Phone, ms: number) => number): Float64Array {
  const track = new Float64Array(length);
  for (const phone of score.phones) {
    for (let ms = phone.startMs; ms < phone.endMs; ms++) track[ms - score.startMs] = valueOf(phone, ms);
  }
  return track;
}

/** Multiplies gestures into a track: 1 far from them, 0 inside; smooth on either side. */
function carve(track: Float64Array, score: Score, chosen: (phone: Phone) => boolean): void {
  for (const phone of score.phones) {
    if (!chosen(phone)) continue;
    const first = Math.max(score.startMs, phone.startMs - closingMs);
    const last = Math.min(score.startMs + track.length - 1, phone.releaseMs + openingMs);
    for (let ms = first; ms <= last; ms++) {
      const away =
        ms < phone.startMs
          ? smoothStep(phone.startMs, phone.startMs - closingMs, ms)
          : ms <= phone.releaseMs
            ? 0
            : smoothStep(phone.releaseMs, phone.releaseMs + openingMs, ms);
      const at = ms - score.startMs;
      track[at] = (track[at] as number) * away;
    }
  }
}

function pitchTrack(score: Score, voice: Voice, seed: number, length: number): Float64Array {
  const track = new Float64Array(length).fill(voice.pitchHz);
  for (const phrase of score.phrases) {
    const span = phrase.endMs - phrase.startMs;
    for (let ms = phrase.startMs; ms < phrase.endMs; ms++) {
      const t = (ms - phrase.startMs) / span;
      const fall = 1.13 - 0.22 * t;
      const turn = phrase.ending * smoothStep(0.8, 1, t) * (phrase.ending > 0 ? 0.28 : 0.1);
      track[ms - score.startMs] = voice.pitchHz * (fall + turn);
    }
  }
  for (const phone of score.phones) {
    if (phone.phoneme.manner !== 'vowel') continue;
    const lift = phone.stressed ? 1 + voice.melody : 1 - voice.melody * 0.2;
    for (let ms = phone.startMs; ms < phone.endMs; ms++) {
      const at = ms - score.startMs;
      track[at] = (track[at] as number) * lift;
    }
  }
  const smoothed = smooth(track, 36);
  const noiseSeed = seededRandom(seed).fork('pitch').uint32();
  for (let i = 0; i < length; i++) {
    const drift = smoothNoise1d(noiseSeed, (i + score.startMs) / 90) * 0.012;
    smoothed[i] = (smoothed[i] as number) * (1 + drift);
  }
  return smoothed;
}

const isVowelLike = (phone: Phone): boolean =>
  phone.phoneme.manner === 'vowel' || phone.phoneme.manner === 'approximant';

function voicingOf(phone: Phone, ms: number): number {
  const { manner, voiced } = phone.phoneme;
  if (!voiced) return 0;
  if (manner === 'vowel') return phone.effort;
  if (manner === 'approximant') return 0.62 * phone.effort;
  if (manner === 'fricative') return 0.26 * phone.effort;
  if (manner === 'stop') return ms < phone.releaseMs ? 0 : 0.5 * phone.effort;
  return 0;
}

function murmurOf(phone: Phone, ms: number): number {
  const { manner, voiced } = phone.phoneme;
  if (manner === 'nasal') return 0.85 * phone.effort;
  return manner === 'stop' && voiced && ms < phone.releaseMs ? 0.16 * phone.effort : 0;
}

function breathOf(phone: Phone, ms: number): number {
  const { manner, voiced } = phone.phoneme;
  return manner === 'stop' && !voiced && ms >= phone.releaseMs && ms < phone.breathEndMs ? 0.16 * phone.effort : 0;
}

/** How long a stop's burst sounds, ms. */
const burstMs = 9;

function frictionOf(phone: Phone, ms: number): number {
  const { manner, noise } = phone.phoneme;
  if (noise === undefined) return 0;
  if (manner === 'stop') {
    const since = ms - phone.releaseMs;
    return since >= 0 && since < burstMs ? (noise.level * phone.effort * (burstMs - since)) / burstMs : 0;
  }
  return noise.level * phone.effort;
}

/** Plays a score with lips and larynx. */
export function articulate(score: Score, voice: Voice, seed: number): Articulation {
  const length = score.endMs - score.startMs;
  const track = (valueOf: (phone: Phone, ms: number) => number, half: number): Float64Array =>
    smooth(targets(score, length, valueOf), half);
  const shuts = (phone: Phone): boolean => phone.phoneme.lips === 'closed';
  const tucks = (phone: Phone): boolean => phone.phoneme.lips === 'on-teeth';

  // A closure's own target is what the lips would do without it: it must not drag its neighbours down twice.
  const opening = track((phone) => (shuts(phone) ? 0.35 : phone.phoneme.opening * phone.gesture), 32);
  carve(opening, score, shuts);
  const press = new Float64Array(length).fill(1);
  carve(press, score, shuts);
  const tuck = new Float64Array(length).fill(1);
  carve(tuck, score, tucks);
  const opposite = (values: Float64Array): Float32Array => Float32Array.from(values, (value) => 1 - value);

  const scaled = (index: 0 | 1 | 2, half: number): Float32Array =>
    Float32Array.from(track((phone) => phone.phoneme.formantsHz[index] * voice.formantScale, half));
  const sharp = (valueOf: (phone: Phone, ms: number) => number, half: number): Float32Array =>
    Float32Array.from(track(valueOf, half));

  return {
    startMs: score.startMs,
    length,
    opening: Float32Array.from(opening),
    width: Float32Array.from(track((phone) => phone.phoneme.width * (isVowelLike(phone) ? phone.gesture : 0.8), 26)),
    tuck: opposite(tuck),
    press: opposite(press),
    f1: scaled(0, 13),
    f2: scaled(1, 15),
    f3: scaled(2, 15),
    pitchHz: Float32Array.from(pitchTrack(score, voice, seed, length)),
    voicing: sharp(voicingOf, 6),
    murmur: sharp(murmurOf, 4),
    breath: sharp(breathOf, 3),
    friction: sharp(frictionOf, 2),
    frictionHz: sharp((phone) => phone.phoneme.noise?.hz ?? 3000, 2),
    frictionWidthHz: sharp((phone) => phone.phoneme.noise?.bandwidthHz ?? 3000, 2),
  };
}

/** Value of a track at any time on the speaker's clock, between its milliseconds by a straight line; ends are held. */
export function trackAt(articulation: Articulation, track: Float32Array, ms: number): number {
  const x = ms - articulation.startMs;
  if (x <= 0) return track[0] ?? 0;
  const i = Math.floor(x);
  if (i >= articulation.length - 1) return track[articulation.length - 1] ?? 0;
  const a = track[i] as number;
  return a + ((track[i + 1] as number) - a) * (x - i);
}
