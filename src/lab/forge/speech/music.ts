import { seededRandom } from '../../../base/random.ts';
import { exponential, sineOfTurns } from '../elementary.ts';

/** Chords as semitones over the key note; every progression of them sounds like one. */
const chords = [
  [0, 4, 7, 12],
  [-3, 0, 4, 9],
  [5, 9, 12, 17],
  [-5, -1, 2, 7],
] as const;

function pitchOf(semitones: number): number {
  return 220 * exponential(semitones * 0.05776226504666211);
}

/** Adds one plucked note: four partials, each dying faster than the one below. */
function pluck(out: Float32Array, start: number, lengthSamples: number, hz: number, gain: number, rate: number): void {
  const end = Math.min(out.length, start + lengthSamples);
  for (let partial = 1; partial <= 4; partial++) {
    const step = (hz * partial) / rate;
    if (step > 0.45) return;
    // A rotating vector instead of a sine for each sample: two multiplications, same bits everywhere.
    const turn = sineOfTurns(step);
    const keep = sineOfTurns(step + 0.25);
    const decay = exponential(-(1.6 + partial * 1.3) / rate);
    let x = gain / (partial * partial);
    let y = 0;
    for (let i = start; i < end; i++) {
      const attack = i - start < 200 ? (i - start) / 200 : 1;
      out[i] = (out[i] as number) + y * attack;
      const nextX = (x * keep - y * turn) * decay;
      y = (x * turn + y * keep) * decay;
      x = nextX;
    }
  }
}

/** Simple music: chords, a melody and a soft beat. Mono, in about [-0.6, 0.6]; knows nothing of anyone's lips. */
export function playMusic(seed: number, length: number, sampleRateHz: number): Float32Array {
  const random = seededRandom(seed).fork('music');
  const out = new Float32Array(length);
  const beat = Math.round((60 / random.between(84, 126)) * sampleRateHz);
  const key = random.integer(-5, 4);
  const scale = [0, 2, 4, 7, 9, 12] as const;
  for (let start = 0, count = 0; start < length; start += beat, count++) {
    if (count % 4 === 0) {
      const chord = random.pick(chords);
      for (const note of chord) pluck(out, start, beat * 4, pitchOf(key + note - 12), 0.085, sampleRateHz);
    }
    if (random.unit() < 0.8) pluck(out, start, beat * 2, pitchOf(key + random.pick(scale)), 0.16, sampleRateHz);
    if (random.unit() < 0.4) {
      pluck(out, start + Math.floor(beat / 2), beat, pitchOf(key + random.pick(scale)), 0.12, sampleRateHz);
    }
    const hit = Math.min(length, start + Math.round(sampleRateHz * 0.06));
    let level = count % 2 === 0 ? 0.05 : 0.09;
    const fade = exponential(-60 / sampleRateHz);
    for (let i = start; i < hit; i++, level *= fade) out[i] = (out[i] as number) + level * random.between(-1, 1);
  }
  return out;
}
