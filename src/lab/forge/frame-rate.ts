import { z } from 'zod';
import type { Rational } from '../../base/rational.ts';
import { seededRandom } from '../../base/random.ts';

const Milliseconds = z.number().int().min(1).max(2000);

/**
 * How often there is a frame: a constant rate; or, for a variable one, durations in whole ms that repeat, a regular
 * rate whose durations are each off by up to `jitterMs`, or the presentation time of each frame.
 */
export const FrameRate = z.union([
  z.number().min(1).max(120),
  z.strictObject({ patternMs: z.array(Milliseconds).min(1).max(10_000) }),
  z.strictObject({ framesPerSecond: z.number().min(1).max(120), jitterMs: z.number().min(0).max(500) }),
  z.strictObject({
    timesMs: z
      .array(z.number().int().min(0))
      .min(1)
      .max(200_000)
      .refine((times) => times.every((time, i) => i === 0 || time > (times[i - 1] ?? 0)), 'times must rise'),
  }),
]);
export type FrameRate = z.infer<typeof FrameRate>;

/** When frames are shown: ticks of the time base at which the first one is, and how long each stays. */
export interface FrameTimes {
  readonly timeBase: Rational;
  readonly startTicks: number;
  readonly durations: readonly number[];
  readonly constant: boolean;
}

/** Broadcast rates stand for fractions over 1001; others are taken to the thousandth. */
function timeBaseOf(framesPerSecond: number): Rational {
  const nearest = Math.round(framesPerSecond);
  if (Math.abs(framesPerSecond - (nearest * 1000) / 1001) < 0.002) return { num: 1001, den: nearest * 1000 };
  if (Math.abs(framesPerSecond - nearest) < 1e-9) return { num: 1, den: nearest };
  return { num: 1000, den: Math.round(framesPerSecond * 1000) };
}

/** Times of the frames that fill `seconds` (the last one may reach beyond it; a list is taken as it is). */
export function frameTimes(rate: FrameRate, seconds: number, seed: number): FrameTimes {
  if (typeof rate === 'number') {
    const timeBase = timeBaseOf(rate);
    const count = Math.max(1, Math.round((seconds * timeBase.den) / timeBase.num));
    return { timeBase, startTicks: 0, durations: new Array<number>(count).fill(1), constant: true };
  }
  const timeBase = { num: 1, den: 1000 };
  const totalMs = Math.round(seconds * 1000);
  if ('timesMs' in rate) {
    const times = rate.timesMs;
    const durations = times.map((time, i) => (times[i + 1] ?? Math.max(totalMs, time + 1)) - time);
    return { timeBase, startTicks: times[0] ?? 0, durations, constant: false };
  }
  const random = seededRandom(seed).fork('frame-rate');
  const durations: number[] = [];
  for (let now = 0, i = 0; now < totalMs; i++) {
    const duration =
      'patternMs' in rate
        ? (rate.patternMs[i % rate.patternMs.length] as number)
        : Math.max(1, Math.round(1000 / rate.framesPerSecond + random.between(-rate.jitterMs, rate.jitterMs)));
    durations.push(duration);
    now += duration;
  }
  return { timeBase, startTicks: 0, durations, constant: false };
}
