import { seededRandom } from '../../../base/random.ts';
import { smoothStep } from '../elementary.ts';
import { latticeValue, smoothNoise1d } from '../lattice-noise.ts';
import type { EyePose } from './eyes.ts';

/** Where the head is at one instant, in face heights from its place of rest; tilt in turns, clockwise. */
export interface HeadPose {
  readonly x: number;
  readonly y: number;
  readonly tilt: number;
  readonly scale: number;
}

/** Movements of head and eyes as functions of time in ms: any instant, in any order. */
export interface Motion {
  head(ms: number): HeadPose;
  /** `emphasis` 0…1 raises the brows. */
  eyes(ms: number, emphasis: number): EyePose;
}

/** Length of a blink, ms: shut in the first third, open again over the rest. */
const blinkMs = 240;

/** Mean ms between blinks; one falls somewhere in each such span. */
const blinkEveryMs = 3600;

export function motionOf(seed: number, amount: number): Motion {
  const random = seededRandom(seed).fork('motion');
  const [sx, sy, st, ss, sb, sg, sn] = [0, 0, 0, 0, 0, 0, 0].map(() => random.uint32() | 0) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  /** Slow wandering with a little of something quicker. */
  const wander = (noiseSeed: number, ms: number, slowMs: number): number =>
    0.78 * smoothNoise1d(noiseSeed, ms / slowMs) + 0.22 * smoothNoise1d(noiseSeed + 77, (ms * 2.7) / slowMs);

  const blinkAt = (ms: number): number => {
    let shut = 0;
    const slot = Math.floor(ms / blinkEveryMs);
    for (const k of [slot - 1, slot]) {
      const start = (k + 0.45 * (latticeValue(sb, k, 0) + 1)) * blinkEveryMs;
      const t = (ms - start) / blinkMs;
      if (t > 0 && t < 1) shut = Math.max(shut, t < 0.36 ? smoothStep(0, 0.34, t) : smoothStep(1, 0.46, t));
    }
    return shut;
  };
  /** Gaze rests at one point and jumps to the next within 40 ms. */
  const gazeAt = (noiseSeed: number, ms: number, reach: number): number => {
    const slot = Math.floor(ms / 1300);
    const jump = smoothStep(0, 40, ms - slot * 1300);
    const from = latticeValue(noiseSeed, slot - 1, 0);
    return reach * (from + (latticeValue(noiseSeed, slot, 0) - from) * jump);
  };

  return {
    head: (ms) => ({
      x: amount * 0.05 * wander(sx, ms, 1700),
      y: amount * (0.028 * wander(sy, ms, 1300) + 0.012 * smoothNoise1d(sn, ms / 420)),
      tilt: amount * 0.011 * wander(st, ms, 1900),
      scale: 1 + amount * 0.018 * wander(ss, ms, 2600),
    }),
    eyes: (ms, emphasis) => ({
      blink: blinkAt(ms),
      gazeX: gazeAt(sg, ms, 0.014),
      gazeY: gazeAt(sg + 3, ms, 0.006),
      browRaise: 0.006 * (1 + smoothNoise1d(sb + 9, ms / 900)) + 0.014 * emphasis,
    }),
  };
}
