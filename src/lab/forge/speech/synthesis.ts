import { seededRandom, type SeededRandom } from '../../../base/random.ts';
import type { Articulation } from './articulation.ts';
import { NoiseBand, Resonator } from './resonator.ts';
import type { Voice } from './voice.ts';

/**
 * Share of the voice that the lips let out: 0 when they are shut, near 1 when they are wide. This is what ties the
 * loudness of the voice to the picture of the mouth.
 */
export function radiationOf(opening: number): number {
  return (1.1 * opening) / (opening + 0.1);
}

/** Glottal flow derivative after KLGLOTT88 (Klatt and Klatt 1990), with jitter and shimmer from period to period. */
class Glottis {
  readonly #voice: Voice;
  readonly #random: SeededRandom;
  readonly #sampleRateHz: number;
  #phase = 0;
  #stretch = 1;
  #strength = 1;
  #tilted = 0;

  constructor(voice: Voice, random: SeededRandom, sampleRateHz: number) {
    this.#voice = voice;
    this.#random = random;
    this.#sampleRateHz = sampleRateHz;
  }

  /** Next sample at this pitch; peaks at about -1, at closure. */
  step(pitchHz: number): number {
    const voice = this.#voice;
    this.#phase += (pitchHz * this.#stretch) / this.#sampleRateHz;
    if (this.#phase >= 1) {
      this.#phase -= 1;
      this.#stretch = 1 + this.#random.normal() * voice.jitter;
      this.#strength = 1 + this.#random.normal() * voice.shimmer;
    }
    const x = this.#phase / voice.openQuotient;
    const pulse = x < 1 ? (2 * x - 3 * x * x) * this.#strength : 0;
    this.#tilted = pulse * (1 - voice.tilt) + this.#tilted * voice.tilt;
    return this.#tilted;
  }

  /** Breath noise is stronger while the glottis is open. */
  get open(): boolean {
    return this.#phase < this.#voice.openQuotient;
  }
}

/** Uniform noise in [-1, 1] by xorshift32: one a sample is all that is asked of it. */
class WhiteNoise {
  #state: number;

  constructor(random: SeededRandom) {
    this.#state = random.uint32() | 1;
  }

  step(): number {
    let s = this.#state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.#state = s;
    return s / 2147483648;
  }
}

/** Odd, smooth, below 1 in magnitude: keeps loud accents from clipping. */
function softLimit(x: number): number {
  if (x > 3) return 1;
  if (x < -3) return -1;
  return (x * (27 + x * x)) / (27 + 9 * x * x);
}

const formantBandwidthsHz = [65, 85, 120, 180, 260] as const;

/**
 * Speaks an articulation: source and filter, cascade for the voiced branch, one band for friction, one low resonance
 * for what goes through nose or throat wall (Klatt 1980). Mono, in [-1, 1]; sample 0 is at `articulation.startMs`.
 */
export function synthesise(art: Articulation, voice: Voice, seed: number, sampleRateHz: number): Float32Array {
  const random = seededRandom(seed).fork('voice-source');
  const glottis = new Glottis(voice, random.fork('glottis'), sampleRateHz);
  const breathNoise = new WhiteNoise(random.fork('breath'));
  const frictionNoise = new WhiteNoise(random.fork('friction'));
  const formants = formantBandwidthsHz.map(() => new Resonator());
  const [r1, r2, r3, r4, r5] = formants as [Resonator, Resonator, Resonator, Resonator, Resonator];
  const nose = new Resonator();
  const noseUpper = new Resonator();
  const friction = new NoiseBand();
  r4.tune(3500 * voice.formantScale, formantBandwidthsHz[3], sampleRateHz);
  r5.tune(Math.min(4500 * voice.formantScale, sampleRateHz * 0.45), formantBandwidthsHz[4], sampleRateHz);
  nose.tune(255 * voice.formantScale, 90, sampleRateHz);
  noseUpper.tune(2100 * voice.formantScale, 400, sampleRateHz);
  const hasFourth = sampleRateHz > 9000;
  const hasFifth = sampleRateHz > 11_000;

  const total = Math.floor((art.length * sampleRateHz) / 1000);
  const out = new Float32Array(total);
  const msPerSample = 1000 / sampleRateHz;
  let n = 0;
  for (let ms = 0; ms < art.length; ms++) {
    const next = ms + 1 < art.length ? ms + 1 : ms;
    const end = Math.min(total, Math.ceil(((ms + 1) * sampleRateHz) / 1000));
    r1.tune(art.f1[ms] as number, formantBandwidthsHz[0], sampleRateHz);
    r2.tune(art.f2[ms] as number, formantBandwidthsHz[1], sampleRateHz);
    r3.tune(art.f3[ms] as number, formantBandwidthsHz[2], sampleRateHz);
    const hisses = (art.friction[ms] as number) > 0 || (art.friction[next] as number) > 0;
    if (hisses) friction.tune(art.frictionHz[ms] as number, art.frictionWidthHz[ms] as number, sampleRateHz);
    const pitch = art.pitchHz[ms] as number;
    const v0 = art.voicing[ms] as number;
    const v1 = art.voicing[next] as number;
    const m0 = art.murmur[ms] as number;
    const m1 = art.murmur[next] as number;
    const b0 = art.breath[ms] as number;
    const b1 = art.breath[next] as number;
    const h0 = art.friction[ms] as number;
    const h1 = art.friction[next] as number;
    const g0 = radiationOf(art.opening[ms] as number);
    const g1 = radiationOf(art.opening[next] as number);
    for (; n < end; n++) {
      const t = n * msPerSample - ms;
      const source = glottis.step(pitch);
      const voicing = v0 + (v1 - v0) * t;
      const noise = breathNoise.step() * (glottis.open ? 1 : 0.5);
      const breath = b0 + (b1 - b0) * t + voicing * voice.breathiness;
      let oral = r3.step(r2.step(r1.step(source * voicing + noise * breath)));
      if (hasFourth) oral = r4.step(oral);
      if (hasFifth) oral = r5.step(oral);
      const murmur = (m0 + (m1 - m0) * t) * source;
      const nasal = nose.step(murmur) + 0.04 * noseUpper.step(murmur);
      const hiss = hisses ? friction.step(frictionNoise.step()) * (h0 + (h1 - h0) * t) * 1.6 : 0;
      out[n] = softLimit(0.34 * oral * (g0 + (g1 - g0) * t) + 0.16 * nasal + 0.5 * hiss);
    }
  }
  return out;
}
