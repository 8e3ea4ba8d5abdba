import { seededRandom } from '../../../base/random.ts';

/** What makes one speaker's voice another's than the next one's. */
export interface Voice {
  readonly pitchHz: number;
  /** Factor on all formants: 1 for a long vocal tract, about 1.17 for a short one. */
  readonly formantScale: number;
  /** Share of a glottal period in which the glottis is open. */
  readonly openQuotient: number;
  /** Coefficient of the one-pole low-pass that tilts the voice source; nearer 1 is softer. */
  readonly tilt: number;
  readonly breathiness: number;
  /** Standard deviations, relative, of period and of amplitude from one period to the next. */
  readonly jitter: number;
  readonly shimmer: number;
  /** Factor on speaking rate. */
  readonly tempo: number;
  /** How far pitch moves on accents, relative. */
  readonly melody: number;
}

/** The voice of a seed: about half low, half high. */
export function voiceOf(seed: number): Voice {
  const random = seededRandom(seed).fork('voice');
  const high = random.unit() < 0.5;
  return {
    pitchHz: high ? random.between(172, 228) : random.between(92, 134),
    formantScale: high ? random.between(1.11, 1.2) : random.between(0.95, 1.04),
    openQuotient: random.between(0.5, 0.68),
    tilt: random.between(0.2, 0.55),
    breathiness: random.between(0.01, 0.05),
    jitter: random.between(0.004, 0.011),
    shimmer: random.between(0.02, 0.05),
    tempo: random.between(0.9, 1.12),
    melody: random.between(0.12, 0.24),
  };
}
