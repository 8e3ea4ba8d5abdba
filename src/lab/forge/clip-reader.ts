import { basename, dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { AssayError } from '../../base/errors.ts';
import { parseRational } from '../../base/rational.ts';
import { inputArguments } from '../../tools/media-input.ts';
import { readLines } from '../../tools/read-text.ts';
import { runTool, type OutputReader, type ToolRun } from '../../tools/run-tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { FrameTimes } from './frame-rate.ts';

/** What reading a clip needs from its surroundings. */
export interface ClipReading {
  readonly toolbox: Toolbox;
  readonly signal?: AbortSignal;
  readonly onRun?: (run: ToolRun) => void;
}

/** Longest that one pass over a clip may take. */
const limits = { timeMs: 60 * 60_000 };

/**
 * Runs ffmpeg over a clip with its output on a pipe. The clip's clock begins at its first packet, as players have it.
 * Throws `clip-not-made` with what ffmpeg said where it fails.
 */
export async function readClip(
  reading: ClipReading,
  path: string,
  output: readonly string[],
  read: OutputReader,
): Promise<void> {
  const { toolbox, signal, onRun } = reading;
  const absolute = resolve(path);
  const ffmpeg = await toolbox.require('ffmpeg');
  const args = ['-hide_banner', '-v', 'level+error', '-nostdin', ...inputArguments(basename(absolute)), ...output];
  const { run, messages } = await runTool(toolbox, ffmpeg, args, {
    folder: dirname(absolute),
    outputs: { 1: read },
    limits,
    ...(signal ? { signal } : {}),
    ...(onRun ? { onRun } : {}),
  });
  if (run.exitCode === 0) return;
  throw new AssayError('clip-not-made', { path, reason: messages[0] ?? `ffmpeg ${String(run.exitCode)}` });
}

/** Size of the picture and time of every frame, as ffmpeg decodes them; sizes are cut to even numbers. */
export interface ClipFrames {
  readonly width: number;
  readonly height: number;
  readonly times: FrameTimes;
}

const evenSize = 'crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0';

/** A packet's time that the container does not tell. */
const noTime = -9_223_372_036_854_775_808;

/**
 * Learns a clip's frames: by decoding its picture once, or (much faster, for those who leave the picture alone) from its
 * packets, where all of them have times. Throws `clip-not-made` where there is no picture.
 */
export async function readFrames(
  reading: ClipReading,
  path: string,
  from: 'decoded' | 'packets' = 'decoded',
): Promise<ClipFrames> {
  let timeBase = { num: 1, den: 1 };
  let width = 0;
  let height = 0;
  const frames: { pts: number; duration: number }[] = [];
  const take = (lines: readonly string[]): void => {
    for (const line of lines) {
      const head = /^#(tb|dimensions) 0: (\d+)[/x](\d+)/.exec(line);
      if (head?.[1] === 'tb') timeBase = parseRational(`${head[2]}/${head[3]}`) ?? timeBase;
      if (head?.[1] === 'dimensions') [width, height] = [Number(head[2]), Number(head[3])];
      const frame = /^0, *-?\d+, *(-?\d+), *(\d+)/.exec(line);
      if (frame) frames.push({ pts: Number(frame[1]), duration: Math.max(1, Number(frame[2])) });
    }
  };
  const how =
    from === 'packets'
      ? ['-c:v', 'copy', '-copytb', '1']
      : ['-vf', evenSize, '-fps_mode', 'passthrough', '-enc_time_base', '-1'];
  const output = ['-map', '0:v:0', ...how, '-f', 'framecrc', 'pipe:1'];
  await readClip(reading, path, output, (stream) => readLines(stream, take));
  if (frames.length === 0 || width === 0) throw new AssayError('clip-not-made', { path, reason: 'ffmpeg: 0 frames' });
  if (from === 'packets' && frames.some(({ pts }) => pts <= noTime)) return readFrames(reading, path, 'decoded');
  frames.sort((a, b) => a.pts - b.pts);
  const durations = frames.map(({ pts, duration }, i) => {
    const next = frames[i + 1];
    return next === undefined ? duration : Math.max(1, next.pts - pts);
  });
  const constant = durations.every((duration) => duration === durations[0]);
  return { width, height, times: { timeBase, startTicks: frames[0]?.pts ?? 0, durations, constant } };
}

/** Sound as decoded: from the clip's first instant, gaps filled with silence, samples a channel. */
export interface ClipSound {
  readonly rateHz: number;
  readonly channels: readonly Float32Array[];
}

/**
 * Decodes the first sound stream, at its own rate and channels or as asked. Undefined where the clip has
 * no sound.
 *
 * FORENSIC: `first_pts=0` and `async=1` put sample n at n / rate on the clip's clock, whatever the stream's start, edit
 * list or gaps say, so that samples and frames can be edited on one clock.
 */
export async function readSound(
  reading: ClipReading,
  path: string,
  as: { readonly rateHz?: number; readonly mono?: boolean } = {},
): Promise<ClipSound | undefined> {
  const parts: Uint8Array[] = [];
  const convert = [...(as.mono ? ['-ac', '1'] : []), ...(as.rateHz === undefined ? [] : ['-ar', String(as.rateHz)])];
  const filter = ['-af', 'aresample=async=1:min_hard_comp=0.01:first_pts=0'];
  const output = ['-map', '0:a:0?', ...filter, ...convert, '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'];
  try {
    await readClip(reading, path, output, (stream) => collect(stream, parts));
  } catch (error) {
    // An optional map that finds nothing leaves an output without streams, which ffmpeg refuses.
    if (error instanceof AssayError && error.message.includes('does not contain any stream')) return undefined;
    throw error;
  }
  return splitWave(Buffer.concat(parts));
}

async function collect(stream: Readable, parts: Uint8Array[]): Promise<void> {
  for await (const chunk of stream) parts.push(chunk as Uint8Array);
}

/** Reads ffmpeg's own WAV on a pipe: lengths in it are not to be believed, the data runs to the end. */
function splitWave(bytes: Buffer): ClipSound | undefined {
  const format = bytes.indexOf('fmt ');
  const data = bytes.indexOf('data');
  if (format < 0 || data < 0) return undefined;
  const count = bytes.readUInt16LE(format + 10);
  const rateHz = bytes.readUInt32LE(format + 12);
  const start = data + 8;
  const length = Math.floor((bytes.length - start) / (4 * count));
  const channels = Array.from({ length: count }, () => new Float32Array(length));
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  for (const [channel, samples] of channels.entries()) {
    for (let i = 0; i < length; i++) samples[i] = view.getFloat32((i * count + channel) * 4, true);
  }
  return { rateHz, channels };
}

/** Output arguments that give chosen frames (or all) as yuv420p, one after the other. */
export function frameArguments(indexes?: readonly number[]): string[] {
  const chosen = indexes === undefined ? [] : [`select='${ranges(indexes)}'`];
  return [
    ...['-map', '0:v:0', '-vf', [...chosen, evenSize].join(','), '-fps_mode', 'passthrough'],
    ...['-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'],
  ];
}

/** A select expression for rising frame numbers, runs joined. */
function ranges(indexes: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const index of indexes) {
    const last = runs.at(-1);
    if (last !== undefined && index === last[1] + 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([from, to]) => `between(n,${from},${to})`).join('+');
}
