import { silent } from '../src/base/progress.ts';
import { forgeClip } from '../src/lab/forge/forge-clip.ts';
import { renderFrames, renderSpeech } from '../src/lab/forge/render.ts';
import { playMusic } from '../src/lab/forge/speech/music.ts';
import type { ForgeSpecInput } from '../src/lab/forge/spec.ts';
import { declaredCodecDelays, decoderOwnSkip } from '../src/media/declared-codec-delay.ts';
import { decode } from '../src/media/decode/decode.ts';
import { openExhibitMedia } from '../src/media/open-exhibit-media.ts';
import { soundClock } from '../src/media/sound-clock.ts';
import { subscribe } from '../src/media/taps.ts';
import { ticksToMs } from '../src/base/rational.ts';
import { createToolbox } from '../src/tools/create-toolbox.ts';
import { analysedSize } from '../src/methods/av-sync/content/analysed-size.ts';
import { decideLag } from '../src/methods/av-sync/content/decide-lag.ts';
import { readMotion, readStretch, type StretchReport } from '../src/methods/av-sync/content/examine-stretch.ts';
import { measureFlow, type BlockFlow } from '../src/methods/av-sync/content/measure-flow.ts';
import type { StretchMotion } from '../src/methods/av-sync/content/scan-stretch.ts';
import { clockAt, powersOver } from '../src/methods/av-sync/content/sound-time.ts';
import { VoiceBands, voiceBandCount, voiceRateHz } from '../src/methods/av-sync/content/voice-bands.ts';
import { voiceOnset } from '../src/methods/av-sync/content/voice-onset.ts';
import { AvSyncParams } from '../src/methods/av-sync/parameters.ts';
import { basename, dirname } from 'node:path';

export { judgeBlows } from './av-sync-blows-engine.ts';
export { courseParts, judgeCourse, looped } from './av-sync-course-engine.ts';

/** A clip's pictures as motion, with the times that the product gives them. */
export interface SeenClip {
  readonly flow: BlockFlow;
  readonly timesMs: Float64Array;
  readonly endMs: number;
}

/** A voice as band powers every 10 ms from time 0 on. */
export interface HeardVoice {
  readonly powers: Float32Array;
  readonly seconds: number;
}

export interface Verdict {
  readonly told: boolean;
  readonly reason: string;
  readonly leadMs: number;
  readonly chance: number;
  readonly standing: number;
}

const params = AvSyncParams.parse({});
const quickMismatches = 20;

/** The mismatched voices of one stretch: moving the sound leaves them as they are, so they are searched once. */
export interface Nulls {
  kept?: readonly Float32Array[];
}

/** Grey frames in the analysed size and the voice, read by the product's own decode. */
export async function readClip(
  path: string,
): Promise<{ frames: Uint8Array[]; width: number; height: number; timesMs: number[]; voice: HeardVoice } | undefined> {
  const toolbox = createToolbox({ env: process.env, platform: process.platform });
  const media = await openExhibitMedia({
    ...{
      folder: dirname(path),
      fileName: basename(path),
      originalName: basename(path),
      sha256: '0'.repeat(64),
      toolbox,
    },
  });
  try {
    const [probe, picture, sound, packets] = [
      await media.probe(),
      await media.mainVideo(),
      await media.mainAudio(),
      await media.packets(),
    ];
    if (probe.status !== 'ok' || packets.status !== 'ok' || sound === undefined) return undefined;
    const delays = declaredCodecDelays(await media.structure(), probe.value.streams);
    const own = packets.value.streams.find(({ stream }) => stream === sound.index);
    const clock = clockAt(soundClock(sound, own, decoderOwnSkip(sound, delays)), voiceRateHz);
    const bands = new VoiceBands();
    const frames: Uint8Array[] = [];
    const timesMs: number[] = [];
    let size = { width: 0, height: 0 };
    const subscriptions = [
      subscribe({ kind: 'pcm', stream: sound.index, sampleRateHz: voiceRateHz, channels: 'mono' }, (chunk) => {
        bands.push(chunk.samples);
      }),
      ...(picture === undefined
        ? []
        : [
            subscribe(
              {
                ...{ kind: 'frames', stream: picture.index, pixelFormat: 'gray', select: 'all' },
                width: analysedSize(picture.width ?? 0, picture.height ?? 0).width,
              },
              (frame) => {
                if (frame.pts === null) return;
                size = { width: frame.width, height: frame.height };
                frames.push(frame.data.slice());
                timesMs.push(ticksToMs(frame.pts, picture.timeBase));
              },
            ),
          ]),
    ];
    await decode({
      ...{ media, toolbox, signal: new AbortController().signal, progress: silent },
      subscriptions: subscriptions.map((subscription) => ({ owner: 'bench', subscription })),
    });
    const seconds = bands.count / 100;
    const end = Math.max(seconds * 1000, timesMs.at(-1) ?? 0) + 1000;
    return { frames, ...size, timesMs, voice: { powers: powersOver(bands, clock, 0, end), seconds } };
  } finally {
    await media.close();
  }
}

export function seeFrames(
  frames: readonly Uint8Array[],
  width: number,
  height: number,
  timesMs: readonly number[],
): SeenClip {
  const all = new Uint8Array(frames.length * width * height);
  frames.forEach((frame, i) => {
    all.set(frame, i * width * height);
  });
  const flow = measureFlow({ width, height, count: frames.length, frames: all });
  return { flow, timesMs: Float64Array.from(timesMs), endMs: timesMs.at(-1) ?? 0 };
}

/** Motion of the part [fromMs, toMs) of a clip. */
export function cutMotion(
  clip: SeenClip,
  fromMs: number,
  toMs: number,
): { motion: StretchMotion; timesMs: Float64Array } {
  const from = Math.max(
    0,
    clip.timesMs.findIndex((at) => at >= fromMs),
  );
  let to = from;
  while (to < clip.timesMs.length && clip.timesMs[to]! < toMs) to += 1;
  const block: BlockFlow = {
    change: clip.flow.change.subarray(from, to - 1),
    mostChange: clip.flow.mostChange.subarray(from, to - 1),
    levels: clip.flow.levels.map(({ columns, rows, down, right }) => ({
      ...{ columns, rows, length: to - 1 - from },
      down: down.subarray(from * columns * rows, (to - 1) * columns * rows),
      right: right.subarray(from * columns * rows, (to - 1) * columns * rows),
    })),
  };
  const timesMs = clip.timesMs.slice(from, to);
  return { motion: readMotion({ blocks: [block], timesMs, region: undefined }), timesMs };
}

/**
 * What the method says when this voice is heard with those pictures, the voice moved to be `leadMs` earlier. `offsetMs`: which
 * moment of the voice is heard at time 0 before that.
 */
export function judge(
  { motion, timesMs }: { motion: StretchMotion; timesMs: Float64Array },
  voice: HeardVoice,
  leadMs: number,
  offsetMs = 0,
  limits?: { readonly fromMs: number; readonly toMs: number },
  nulls?: Nulls,
): Verdict {
  const startMs = timesMs[0] ?? 0;
  const endMs = timesMs.at(-1) ?? 0;
  const voiceStartMs = Math.floor((startMs - params.searchMs) / 10) * 10;
  const count = Math.round((endMs + params.searchMs - voiceStartMs) / 10);
  const powers = new Float32Array(count * voiceBandCount);
  for (let i = 0; i < count; i++) {
    const at = voiceStartMs + i * 10 + leadMs + offsetMs;
    // A trimmed clip has no sound beyond its ends.
    if (limits !== undefined && (at < limits.fromMs || at >= limits.toMs)) continue;
    const reading = Math.round(at / 10);
    if (reading < 0 || (reading + 1) * voiceBandCount > voice.powers.length) continue;
    powers.set(voice.powers.subarray(reading * voiceBandCount, (reading + 1) * voiceBandCount), i * voiceBandCount);
  }
  const { searchMs } = params;
  const read = (mismatches: number): StretchReport =>
    readStretch(motion, { timesMs, powers, voiceStartMs, searchMs, mismatches, windowMs: 0, region: undefined });
  const decide = (report: StretchReport) =>
    decideLag(
      { stretches: [report], frames: timesMs.length, width: 0, height: 0, pixelScale: 1, late: 0, soundSeconds: 0 },
      params,
    );
  const known = nulls?.kept;
  let report = read(known === undefined ? quickMismatches : 0);
  if (known !== undefined) report = { ...report, nulls: known };
  let decided = decide(report);
  // What twenty mismatched voices already rule out is not held against all sixty.
  if (known === undefined && (nulls !== undefined || (decided.pooled?.chance ?? 1) < 0.1)) {
    report = read(params.mismatches);
    decided = decide(report);
  }
  if (nulls !== undefined) nulls.kept ??= report.nulls;
  const { pooled } = decided;
  return {
    told: decided.told,
    reason: decided.told ? '' : decided.reason,
    leadMs: pooled === undefined ? NaN : params.naturalLeadMs - pooled.lagMs,
    chance: pooled?.chance ?? 1,
    standing: pooled === undefined ? 0 : (pooled.score - pooled.nulls.mean) / Math.max(1e-6, pooled.nulls.deviation),
  };
}

export function hear(samples: Float32Array): HeardVoice {
  const bands = new VoiceBands();
  bands.push(samples);
  return { powers: bands.slice(0, bands.count), seconds: bands.count / 100 };
}

export function silence(seconds: number): HeardVoice {
  return { powers: new Float32Array(Math.round(seconds * 100) * voiceBandCount), seconds };
}

export function music(seed: number, seconds: number): HeardVoice {
  return hear(playMusic(seed, Math.round(seconds * voiceRateHz), voiceRateHz));
}

/** How alike two voices are at their best shift: the same recording twice is no cross-dub. */
export function likeness(a: HeardVoice, b: HeardVoice): number {
  const [x, y] = [voiceOnset(a.powers, 0).rise, voiceOnset(b.powers, 0).rise];
  const n = Math.min(x.length, 600);
  let best = 0;
  for (let shift = -(n - 100); shift < y.length - 100; shift += 1) {
    let [sum, xx, yy] = [0, 1e-9, 1e-9];
    for (let i = 0; i < n; i++) {
      const other = y[i + shift];
      if (other === undefined) continue;
      sum += x[i]! * other;
      xx += x[i]! ** 2;
      yy += other ** 2;
    }
    best = Math.max(best, sum / Math.sqrt(xx * yy));
  }
  return best;
}

/** The same frames with the whole picture shrunk into the middle of a still, slightly noisy grey: a person far away. */
export function farAway(frames: readonly Uint8Array[], width: number, height: number, share: number): Uint8Array[] {
  const w = Math.round(width * share);
  const h = Math.round(height * share);
  const [left, top] = [(width - w) >> 1, (height - h) >> 1];
  let state = 12_345;
  return frames.map((frame) => {
    const out = new Uint8Array(width * height);
    for (let i = 0; i < out.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      out[i] = 118 + ((state >>> 24) % 5);
    }
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        const [x0, x1] = [Math.floor(x / share), Math.min(width, Math.ceil((x + 1) / share))];
        const [y0, y1] = [Math.floor(y / share), Math.min(height, Math.ceil((y + 1) / share))];
        let sum = 0;
        for (let yy = y0; yy < y1; yy++) for (let xx = x0; xx < x1; xx++) sum += frame[yy * width + xx]!;
        const at = (top + y) * width + left + x;
        out[at] = Math.max(0, Math.min(255, sum / ((x1 - x0) * (y1 - y0)) + out[at]! - 120));
      }
    return out;
  });
}

/** A drawn presenter's frames in the analysed size (nearest whole reduction) and its voice. */
export function present(spec: ForgeSpecInput): { clip: SeenClip; voice: HeardVoice } {
  const [width, height] = [spec.width ?? 640, spec.height ?? 360];
  const size = analysedSize(width, height);
  const frames: Uint8Array[] = [];
  const timesMs: number[] = [];
  for (const { data, startMs } of renderFrames({ ...spec, sampleRateHz: 16_000 })) {
    frames.push(resized(data, width, height, size.width, size.height));
    timesMs.push(startMs);
  }
  return {
    clip: seeFrames(frames, size.width, size.height, timesMs),
    voice: hear(renderSpeech({ ...spec, sampleRateHz: 16_000 })),
  };
}

/** Area average of the luma plane. */
function resized(luma: Uint8Array, width: number, height: number, w: number, h: number): Uint8Array {
  if (w === width && h === height) return luma.slice(0, w * h);
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [fromX, toX] = [(x * width) / w, ((x + 1) * width) / w];
      const [fromY, toY] = [(y * height) / h, ((y + 1) * height) / h];
      let [sum, weight] = [0, 0];
      for (let yy = Math.floor(fromY); yy < toY; yy++)
        for (let xx = Math.floor(fromX); xx < toX; xx++) {
          const part = (Math.min(toX, xx + 1) - Math.max(fromX, xx)) * (Math.min(toY, yy + 1) - Math.max(fromY, yy));
          sum += part * luma[yy * width + xx]!;
          weight += part;
        }
      out[y * w + x] = Math.round(sum / weight);
    }
  return out;
}

/** A drawn clip as a file. */
export async function forge(spec: ForgeSpecInput, path: string): Promise<void> {
  await forgeClip(spec, path, { toolbox: createToolbox({ env: process.env, platform: process.platform }) });
}
