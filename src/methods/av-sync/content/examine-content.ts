import { ticksToMs } from '../../../base/rational.ts';
import type { ProbedStream } from '../../../media/exhibit-media.ts';
import type { SoundClock } from '../../../media/sound-clock.ts';
import { type Frame, type PcmChunk, subscribe, type Subscription } from '../../../media/taps.ts';
import type { MethodContext } from '../../method.ts';
import type { AvSyncParams } from '../parameters.ts';
import { analysedSize } from './analysed-size.ts';
import type { Box, StretchInput, StretchReport } from './examine-stretch.ts';
import type { BlockFlow, FrameBlock } from './measure-flow.ts';
import { clockAt, powersOver, readUntilMs, sampleAt } from './sound-time.ts';
import { VoiceBands, voiceHop, voiceRateHz } from './voice-bands.ts';

/** What was seen and heard of a clip, stretch by stretch. */
export interface ContentReadings {
  readonly stretches: readonly StretchReport[];
  /** Frames that were looked at. */
  readonly frames: number;
  /** Size that frames were analysed in, and how many stored pixels one pixel of it is. */
  readonly width: number;
  readonly height: number;
  readonly pixelScale: number;
  /** Stretches whose sound came too late in the file to be held against them. */
  readonly late: number;
  readonly soundSeconds: number;
  /** For a registered model only: the sound's beginning, and each frame's time by its decode index. */
  readonly kept?: { readonly sound: Int16Array; readonly frameTimesMs: readonly number[] };
}

/** Frames of a block: the unit in which pictures go to the worker. */
const blockFrames = 24;
/** Clips up to this long are one stretch. */
const wholeMs = 30_000;
const stretchMs = 20_000;
/** A stretch between cuts that is shorter tells nothing. */
const leastPairs = 20;
/** Mean difference of neighbours in grey levels that is a cut. */
const cutLevels = 22;
/** Stretches that may wait for their sound: bounds memory where a file keeps sound far from its pictures. */
const mostWaiting = 4;
/** More frames a second than this are thinned out: lips show nothing more in them. */
const mostRate = 35;

/** Sound before a stretch that is kept beyond what is searched, ms. */
const spareMs = 1000;

/** Sound that is kept for a registered model: ten minutes. */
const mostKeptSamples = 600 * voiceRateHz;

interface OpenStretch {
  readonly blocks: BlockFlow[];
  readonly timesMs: number[];
}

/** Takes frames and sound of one clip as they are decoded; what it keeps grows with the clip only by each stretch's report. */
export class ContentExamination {
  readonly #picture: ProbedStream;
  readonly #sound: ProbedStream;
  readonly #clock: SoundClock;
  readonly #context: MethodContext;
  readonly #params: AvSyncParams;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #thinning: number;
  readonly #whole: boolean;
  readonly #voice = new VoiceBands();

  #block: { readonly frames: Uint8Array; readonly timesMs: number[]; count: number } | undefined;
  #frameSize = 0;
  #frameDimensions = { width: 0, height: 0 };
  #flowing: Promise<void> = Promise.resolve();
  #scanning: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #open: OpenStretch = { blocks: [], timesMs: [] };
  #waiting: OpenStretch[] = [];
  #stretches: StretchReport[] = [];
  #frames = 0;
  #late = 0;
  #soundEnded = false;
  readonly #keptSound: Int16Array[] = [];
  #keptSamples = 0;
  readonly #frameTimesMs: number[] = [];

  constructor(
    streams: { readonly picture: ProbedStream; readonly sound: ProbedStream },
    clock: SoundClock,
    durationMs: number | null,
    context: MethodContext,
    params: AvSyncParams,
  ) {
    this.#picture = streams.picture;
    this.#sound = streams.sound;
    this.#clock = clockAt(clock, voiceRateHz);
    this.#context = context;
    this.#params = params;
    this.#size = analysedSize(streams.picture.width ?? 0, streams.picture.height ?? 0);
    const rate = streams.picture.averageFrameRate;
    const perSecond = rate === undefined || rate.den === 0 ? 25 : rate.num / rate.den;
    this.#thinning = perSecond > mostRate ? Math.ceil(perSecond / mostRate) : 1;
    this.#whole = durationMs !== null && durationMs <= wholeMs;
  }

  subscriptions(): Subscription[] {
    const { index } = this.#picture;
    return [
      subscribe(
        { kind: 'frames', stream: index, width: this.#size.width, pixelFormat: 'gray', select: 'all' },
        (frame) => this.#takeFrame(frame),
      ),
      subscribe({ kind: 'pcm', stream: this.#sound.index, sampleRateHz: voiceRateHz, channels: 'mono' }, (chunk) => {
        this.#takeSound(chunk);
      }),
    ];
  }

  /** What the clip came to; call it when the decode has ended. */
  async finish(): Promise<ContentReadings> {
    await this.#sendBlock();
    await this.#flowing;
    this.#close();
    this.#soundEnded = true;
    this.#scanWaiting();
    await this.#scanning;
    if (this.#failure !== undefined) throw this.#failure.error;
    return {
      stretches: this.#stretches,
      frames: this.#frames,
      ...this.#frameDimensions,
      pixelScale: (this.#picture.width ?? this.#frameDimensions.width) / Math.max(1, this.#frameDimensions.width),
      late: this.#late,
      soundSeconds: (this.#voice.count * voiceHop) / voiceRateHz,
      ...(this.#params.model === ''
        ? {}
        : { kept: { sound: joined(this.#keptSound, this.#keptSamples), frameTimesMs: this.#frameTimesMs } }),
    };
  }

  async #takeFrame(frame: Frame): Promise<void> {
    if (frame.pts === null || frame.index % this.#thinning !== 0) return;
    const timeMs = ticksToMs(frame.pts, this.#picture.timeBase);
    if (this.#params.model !== '') this.#frameTimesMs[frame.index] = timeMs;
    const size = frame.width * frame.height;
    this.#frameDimensions = { width: frame.width, height: frame.height };
    const last = this.#block?.timesMs.at(-1);
    // FORENSIC: a picture that is shown no later than the one before has no place on the time axis.
    if (last !== undefined && timeMs <= last) return;
    if (this.#block !== undefined && size !== this.#frameSize) await this.#sendBlock();
    this.#frameSize = size;
    this.#block ??= { frames: new Uint8Array(size * blockFrames), timesMs: [], count: 0 };
    this.#block.frames.set(frame.data.subarray(0, size), this.#block.count * size);
    this.#block.timesMs.push(timeMs);
    this.#block.count += 1;
    this.#frames += 1;
    if (this.#block.count === blockFrames) {
      const [lastFrame, lastTime] = [frame.data.slice(0, size), timeMs];
      await this.#sendBlock();
      // The last frame of a block is the first of the next.
      const frames = new Uint8Array(size * blockFrames);
      frames.set(lastFrame);
      this.#block = { frames, timesMs: [lastTime], count: 1 };
    }
  }

  #takeSound(chunk: PcmChunk): void {
    this.#voice.push(chunk.samples);
    if (this.#params.model !== '' && this.#keptSamples < mostKeptSamples) {
      this.#keptSound.push(Int16Array.from(chunk.samples, (v) => Math.max(-32_768, Math.min(32_767, v * 32_768))));
      this.#keptSamples += chunk.samples.length;
    }
    this.#scanWaiting();
  }

  /** Sends the block to a worker once the one before has come back. */
  async #sendBlock(): Promise<void> {
    const block = this.#block;
    this.#block = undefined;
    if (block === undefined || block.count < 2) return;
    await this.#flowing;
    const { timesMs, count } = block;
    const input: FrameBlock = { ...this.#frameDimensions, count, frames: block.frames };
    this.#flowing = this.#context
      .compute<BlockFlow>('measureFlow', input, [block.frames.buffer as ArrayBuffer])
      .then((flow) => {
        this.#takeFlow(flow, timesMs);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      });
  }

  /** Adds a block to the open stretch, and closes stretches at cuts and when they are long enough. */
  #takeFlow(flow: BlockFlow, timesMs: readonly number[]): void {
    let from = 0;
    const add = (to: number): void => {
      if (to <= from) return;
      if (this.#open.timesMs.length === 0) this.#open.timesMs.push(timesMs[from]!);
      this.#open.blocks.push(partOf(flow, from, to));
      this.#open.timesMs.push(...timesMs.slice(from + 1, to + 1));
    };
    for (let pair = 0; pair < flow.change.length; pair++) {
      if (flow.change[pair]! < cutLevels) continue;
      add(pair);
      this.#close();
      from = pair + 1;
    }
    add(flow.change.length);
    const times = this.#open.timesMs;
    if (!this.#whole && times.length > 1 && times.at(-1)! - times[0]! >= stretchMs) this.#close();
  }

  #close(): void {
    const stretch = this.#open;
    this.#open = { blocks: [], timesMs: [] };
    if (stretch.timesMs.length - 1 >= leastPairs) this.#waiting.push(stretch);
    while (this.#waiting.length > mostWaiting) {
      this.#waiting.shift();
      this.#late += 1;
    }
    this.#scanWaiting();
  }

  #scanWaiting(): void {
    const { searchMs } = this.#params;
    const until = this.#soundEnded ? Infinity : readUntilMs(this.#voice, this.#clock) - searchMs;
    while (this.#waiting.length > 0 && this.#waiting[0]!.timesMs.at(-1)! <= until) this.#scan(this.#waiting.shift()!);
  }

  #scan({ blocks, timesMs }: OpenStretch): void {
    const { searchMs, windowSeconds, mismatches } = this.#params;
    const voiceStartMs = Math.floor((timesMs[0]! - searchMs) / 10) * 10;
    const input: StretchInput = {
      blocks,
      timesMs: Float64Array.from(timesMs),
      powers: powersOver(this.#voice, this.#clock, voiceStartMs, timesMs.at(-1)! + searchMs),
      ...{ voiceStartMs, searchMs, mismatches },
      windowMs: windowSeconds * 1000,
      region: this.#region(),
    };
    // The next stretch begins where this one ends, or later.
    const needed = sampleAt(this.#clock, timesMs.at(-1)! - searchMs - spareMs) / voiceHop;
    if (needed > 0) this.#voice.dropBefore(Math.floor(needed));
    const buffers = blocks.flatMap(({ levels, change, mostChange }) => [
      change.buffer as ArrayBuffer,
      mostChange.buffer as ArrayBuffer,
      ...levels.flatMap(({ down, right }) => [down.buffer as ArrayBuffer, right.buffer as ArrayBuffer]),
    ]);
    this.#scanning = this.#scanning
      .then(() => this.#context.compute<StretchReport>('examineStretch', input, buffers))
      .then((report) => {
        this.#stretches.push(report);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      });
  }

  /** The analyst's region in analysed pixels. */
  #region(): Box | undefined {
    const { region } = this.#params;
    const scale = this.#frameDimensions.width / Math.max(1, this.#picture.width ?? 1);
    if (region === null) return undefined;
    return {
      x: region.x * scale,
      y: region.y * scale,
      width: region.width * scale,
      height: region.height * scale,
    };
  }
}

function joined(pieces: readonly Int16Array[], length: number): Int16Array {
  const all = new Int16Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Pairs [from, to) of a block, with buffers of their own. */
function partOf(flow: BlockFlow, from: number, to: number): BlockFlow {
  if (from === 0 && to === flow.change.length) return flow;
  return {
    change: flow.change.slice(from, to),
    mostChange: flow.mostChange.slice(from, to),
    levels: flow.levels.map(({ columns, rows, down, right }) => ({
      ...{ columns, rows, length: to - from },
      down: down.slice(from * columns * rows, to * columns * rows),
      right: right.slice(from * columns * rows, to * columns * rows),
    })),
  };
}
