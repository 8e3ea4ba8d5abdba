import type { SoundClock } from '../../../media/sound-clock.ts';
import { voiceBandCount, voiceHop, voiceRateHz, voiceStepMs, type VoiceBands } from './voice-bands.ts';

/** The clock of a stream with its samples counted at another rate. */
export function clockAt(clock: SoundClock, sampleRateHz: number): SoundClock {
  if (clock.sampleRateHz <= 0) return { ...clock, sampleRateHz };
  const factor = sampleRateHz / clock.sampleRateHz;
  return {
    ...clock,
    sampleRateHz,
    anchors: clock.anchors.map(({ sample, ms }) => ({ sample: sample * factor, ms })),
  };
}

/**
 * The sample that is heard at a time, on the presentation time axis; NaN before the sound, and in a gap where no sample is.
 * The clock's samples are counted as the decoder puts them out, so edit lists, priming and late starts are in it.
 */
export function sampleAt(clock: SoundClock, ms: number): number {
  const { anchors, sampleRateHz } = clock;
  let low = 0;
  let high = anchors.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (anchors[middle]!.ms <= ms) low = middle;
    else high = middle - 1;
  }
  const anchor = anchors[low] ?? { sample: 0, ms: 0 };
  const sample = anchor.sample + ((ms - anchor.ms) * sampleRateHz) / 1000;
  const next = anchors[low + 1];
  return sample < 0 || (next !== undefined && sample >= next.sample) ? NaN : sample;
}

/** Band powers every 10 ms of presentation time from `fromMs` on; 0 where there is no sound. */
export function powersOver(bands: VoiceBands, clock: SoundClock, fromMs: number, toMs: number): Float32Array {
  const count = Math.max(0, Math.round((toMs - fromMs) / voiceStepMs));
  const out = new Float32Array(count * voiceBandCount);
  const readings = Float64Array.from({ length: count }, (_, i) => sampleAt(clock, fromMs + i * voiceStepMs) / voiceHop);
  const known = readings.filter((reading) => !Number.isNaN(reading));
  if (known.length === 0) return out;
  const first = Math.floor(known[0]!);
  const held = bands.slice(first, Math.ceil(known[known.length - 1]!) + 2);
  const last = held.length / voiceBandCount - 1;
  for (let i = 0; i < count; i++) {
    if (Number.isNaN(readings[i]!)) continue;
    const at = readings[i]! - first;
    const floor = Math.floor(at);
    if (floor < 0 || floor >= last) continue;
    for (let band = 0; band < voiceBandCount; band++) {
      const a = held[floor * voiceBandCount + band]!;
      const b = held[(floor + 1) * voiceBandCount + band]!;
      out[i * voiceBandCount + band] = a + (b - a) * (at - floor);
    }
  }
  return out;
}

/** Presentation time up to which readings are there. */
export function readUntilMs(bands: VoiceBands, clock: SoundClock): number {
  const sample = (bands.count - 1) * voiceHop;
  const anchor = clock.anchors.findLast((one) => one.sample <= sample) ?? { sample: 0, ms: 0 };
  return anchor.ms + ((sample - anchor.sample) / voiceRateHz) * 1000;
}
