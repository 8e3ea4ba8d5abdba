import type { FrameBlock } from '../../../../../src/methods/av-sync/content/measure-flow.ts';
import { voiceBandCount } from '../../../../../src/methods/av-sync/content/voice-bands.ts';

/** Numbers in [0, 1) that look random and are always the same. */
export function fixedNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A textured picture function: smooth, everywhere different. */
export function texture(x: number, y: number): number {
  return 128 + 40 * Math.sin(x * 0.43 + 1.3 * Math.sin(y * 0.11)) + 40 * Math.sin(y * 0.39 + 1.1 * Math.sin(x * 0.13));
}

/** A grey picture of a function of pixel coordinates. */
export function draw(width: number, height: number, value: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) =>
    Math.max(0, Math.min(255, Math.round(value(i % width, Math.floor(i / width))))),
  );
}

/** How far a mouth is open (pixels) at a time: syllables of irregular length, from a seed. */
export function openingOf(seed: number, seconds: number): (ms: number) => number {
  const random = fixedNumbers(seed);
  const knots: number[] = [];
  for (let ms = -3000; ms < seconds * 1000 + 3000; ms += 90 + 160 * random()) knots.push(ms);
  const heights = knots.map((_, i) => (i % 2 === 0 ? 0 : 2 + 5 * random()));
  return (ms) => {
    const next = knots.findIndex((knot) => knot > ms);
    if (next <= 0) return 0;
    const [a, b] = [knots[next - 1]!, knots[next]!];
    const t = (1 - Math.cos((Math.PI * (ms - a)) / (b - a))) / 2;
    return heights[next - 1]! + (heights[next]! - heights[next - 1]!) * t;
  };
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly mouthX: number;
  readonly mouthY: number;
  /** Where the head is, pixels, at a time. */
  readonly head?: (ms: number) => readonly [x: number, y: number];
  readonly noise?: number;
}

/** Frames of a textured head whose part below the mouth's line goes down as the mouth opens. */
export function filmMouth(scene: Scene, opening: (ms: number) => number, timesMs: readonly number[]): FrameBlock {
  const { width, height, mouthX, mouthY, head = () => [0, 0] as const, noise = 0 } = scene;
  const random = fixedNumbers(9);
  const frames = new Uint8Array(timesMs.length * width * height);
  timesMs.forEach((ms, i) => {
    const [dx, dy] = head(ms);
    const open = opening(ms);
    const frame = draw(width, height, (x, y) => {
      const [hx, hy] = [x - dx, y - dy];
      // The lower lip and chin move down, less the further they are from the mouth.
      const near = Math.exp(-(((hx - mouthX) / 14) ** 2)) * Math.exp(-(((hy - mouthY - 8) / 12) ** 2));
      const below = 1 / (1 + Math.exp(-(hy - mouthY) / 1.5));
      return texture(hx, hy - open * near * below) + noise * (random() - 0.5);
    });
    frames.set(frame, i * width * height);
  });
  return { width, height, count: timesMs.length, frames };
}

/** Band powers every 10 ms of a voice that is as loud as the mouth is open, heard `leadMs` before the lips are seen. */
export function voiceOf(
  opening: (ms: number) => number,
  startMs: number,
  seconds: number,
  leadMs: number,
): Float32Array {
  const count = Math.round(seconds * 100);
  const powers = new Float32Array(count * voiceBandCount);
  for (let i = 0; i < count; i++) {
    const level = 10 ** (-4 + 0.5 * opening(startMs + i * 10 + leadMs));
    for (let band = 0; band < voiceBandCount; band++) powers[i * voiceBandCount + band] = level * 1000;
  }
  return powers;
}

export const times = (count: number, stepMs = 40): number[] => Array.from({ length: count }, (_, i) => i * stepMs);
