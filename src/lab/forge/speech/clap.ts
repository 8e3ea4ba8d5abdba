import { seededRandom } from '../../../base/random.ts';
import { exponential } from '../elementary.ts';

/** How fast a clap dies away, and how long it is made for. */
const decayMs = 14;
const lengthMs = 120;
const level = 0.55;

/**
 * Adds two hands' clap at each of these instants of the speaker's clock: noise without lows, loudest at its first sample.
 * `startMs` is the instant of the first sample.
 */
export function addClaps(
  samples: Float32Array,
  sampleRateHz: number,
  startMs: number,
  atMs: readonly number[],
  seed: number,
): void {
  const length = Math.round((lengthMs * sampleRateHz) / 1000);
  const perSample = exponential(-1000 / (decayMs * sampleRateHz));
  atMs.forEach((ms, index) => {
    const random = seededRandom(seed).fork(`clap-${index}`);
    const first = Math.round(((ms - startMs) * sampleRateHz) / 1000);
    let envelope = level;
    let before = 0;
    for (let i = 0; i < length; i++, envelope *= perSample) {
      const white = random.between(-1, 1);
      const at = first + i;
      if (at >= 0 && at < samples.length)
        samples[at] = Math.max(-1, Math.min(1, (samples[at] as number) + envelope * (white - 0.6 * before)));
      before = white;
    }
  });
}
