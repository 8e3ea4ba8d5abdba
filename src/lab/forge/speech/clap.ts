import { seededRandom } from '../../../base/random.ts';
import { exponential } from '../elementary.ts';

/** How fast a clap dies away, and how long it is made for. */
const decayMs = 14;
const lengthMs = 120;
const level = 0.5;
/** Between these most of a clap's power lies, Hz. */
const band = { from: 700, to: 4500 };

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
  const pole = (hz: number): number => exponential((-6.283185307179586 * hz) / sampleRateHz);
  const [fast, slow] = [pole(band.to), pole(band.from)];
  // A low-pass leaves this share of white noise's amplitude: the same loudness at every rate.
  const gain = Math.sqrt((1 + fast) / (1 - fast));
  atMs.forEach((ms, index) => {
    const random = seededRandom(seed).fork(`clap-${index}`);
    const first = Math.round(((ms - startMs) * sampleRateHz) / 1000);
    let envelope = level;
    let [quick, sluggish] = [0, 0];
    for (let i = 0; i < length; i++, envelope *= perSample) {
      const white = random.between(-1, 1);
      quick += (1 - fast) * (white - quick);
      sluggish += (1 - slow) * (quick - sluggish);
      const at = first + i;
      const value = (samples[at] as number) + envelope * gain * (quick - sluggish);
      if (at >= 0 && at < samples.length) samples[at] = Math.max(-1, Math.min(1, value));
    }
  });
}
