import { decideLag } from '../src/methods/av-sync/content/decide-lag.ts';
import { readStretch, type StretchReport } from '../src/methods/av-sync/content/examine-stretch.ts';
import { lagCourse, type LagCourse } from '../src/methods/av-sync/content/lag-over-time.ts';
import type { StretchMotion } from '../src/methods/av-sync/content/scan-stretch.ts';
import { voiceBandCount } from '../src/methods/av-sync/content/voice-bands.ts';
import { AvSyncParams } from '../src/methods/av-sync/parameters.ts';
import { cutMotion, type HeardVoice, type SeenClip } from './av-sync-engine.ts';

const params = AvSyncParams.parse({});
/** As the method cuts a clip that is longer than half a minute. */
const stretchMs = 20_000;

/** A clip several times in a row, as if it had been filmed so: the seam between two runs is taken for a repeated frame. */
export function looped(clip: SeenClip, voice: HeardVoice, times: number): { clip: SeenClip; voice: HeardVoice } {
  const frames = clip.timesMs.length;
  // Whole readings, so that the sound's copies are as long as the picture's.
  const lengthMs = Math.round((clip.endMs + (clip.endMs - clip.timesMs[0]!) / (frames - 1)) / 10) * 10;
  const pairs = frames * times - 1;
  const change = new Float32Array(pairs);
  const mostChange = new Float32Array(pairs);
  const timesMs = new Float64Array(frames * times);
  const levels = clip.flow.levels.map(({ columns, rows, right }) => ({
    ...{ columns, rows, length: pairs },
    down: new Int16Array(pairs * columns * rows),
    right: new Int16Array(right.length === 0 ? 0 : pairs * columns * rows),
  }));
  const count = (lengthMs / 10) * voiceBandCount;
  const powers = new Float32Array(count * times);
  for (let turn = 0; turn < times; turn++) {
    change.set(clip.flow.change, turn * frames);
    mostChange.set(clip.flow.mostChange, turn * frames);
    clip.timesMs.forEach((at, i) => (timesMs[turn * frames + i] = at + turn * lengthMs));
    levels.forEach((level, i) => {
      const from = clip.flow.levels[i]!;
      level.down.set(from.down, turn * frames * level.columns * level.rows);
      if (level.right.length > 0) level.right.set(from.right, turn * frames * level.columns * level.rows);
    });
    powers.set(voice.powers.subarray(0, count), turn * count);
  }
  return {
    clip: { flow: { levels, change, mostChange }, timesMs, endMs: timesMs.at(-1)! },
    voice: { powers, seconds: (lengthMs * times) / 1000 },
  };
}

/** One stretch as the method would cut it: its motion does not depend on the sound. */
export interface CoursePart {
  readonly motion: StretchMotion;
  readonly timesMs: Float64Array;
}

export function courseParts(clip: SeenClip): CoursePart[] {
  const lengthMs = clip.endMs - clip.timesMs[0]!;
  const parts = lengthMs <= 30_000 ? 1 : Math.ceil(lengthMs / stretchMs);
  return Array.from({ length: parts }, (_, part) =>
    cutMotion(clip, (part * clip.endMs) / parts, part === parts - 1 ? Infinity : ((part + 1) * clip.endMs) / parts),
  );
}

/** What the method says of the lag over time where the sound is `leadAt(ms)` further ahead at each moment. */
export function judgeCourse(
  parts: readonly CoursePart[],
  voice: HeardVoice,
  leadAt: (ms: number) => number,
): { course: LagCourse; reported: boolean; reason: string } {
  const { searchMs, mismatches, windowSeconds } = params;
  const stretches = parts.map(({ motion, timesMs }): StretchReport => {
    const voiceStartMs = Math.floor((timesMs[0]! - searchMs) / 10) * 10;
    const count = Math.round((timesMs.at(-1)! + searchMs - voiceStartMs) / 10);
    const powers = new Float32Array(count * voiceBandCount);
    for (let i = 0; i < count; i++) {
      const ms = voiceStartMs + i * 10;
      const at = (ms + leadAt(ms)) / 10;
      const floor = Math.floor(at);
      if (floor < 0 || (floor + 2) * voiceBandCount > voice.powers.length) continue;
      for (let band = 0; band < voiceBandCount; band++) {
        const [a, b] = [
          voice.powers[floor * voiceBandCount + band]!,
          voice.powers[(floor + 1) * voiceBandCount + band]!,
        ];
        powers[i * voiceBandCount + band] = a + (b - a) * (at - floor);
      }
    }
    const input = { timesMs, powers, voiceStartMs, searchMs, mismatches, region: undefined };
    return readStretch(motion, { ...input, windowMs: windowSeconds * 1000 });
  });
  const readings = { stretches, frames: 0, width: 0, height: 0, pixelScale: 1, late: 0, soundSeconds: 0 };
  const lag = decideLag(readings, params);
  const reason = lag.told ? '' : lag.reason;
  return { course: lagCourse(stretches), reported: lag.told || reason === 'several-lags', reason };
}
