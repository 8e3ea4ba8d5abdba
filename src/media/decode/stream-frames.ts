import { AssayError } from '../../base/errors.ts';
import { ticksToMs } from '../../base/rational.ts';
import { ffmpegRun } from '../../tools/ffmpeg-run.ts';
import { inputArguments } from '../../tools/media-input.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { ExhibitMedia, ProbedStream } from '../exhibit-media.ts';
import { commonArguments, videoInputArguments } from './command.ts';
import { decodeTimeMs, defaultDecodeLimits } from './decode-limits.ts';
import { tapSize, type PixelSize } from './frame-size.ts';
import { gatherFrames, type Sketch, type TakeFrame } from './gathered-frames.ts';
import { lookGraph, lookOutputs } from './look-graph.ts';
import type { WaitingDecoders } from './waiting-decoders.ts';
import { scriptOfStretch, workStretch } from './work-stretch.ts';

export type { SeenFrame, Sketch } from './gathered-frames.ts';

/** What is known of a frame before it is decoded. */
export interface ExpectedFrame {
  /** Presentation time in ticks, as its packet tells it. */
  readonly pts: number;
  /** The hash that an examination with one thread kept of it. */
  readonly hash: string | undefined;
}

export interface FrameStretch {
  readonly media: ExhibitMedia;
  readonly toolbox: Toolbox;
  readonly stream: number;
  /** Presentation times, in ticks, of the first and the last frame that are wanted. */
  readonly fromPts: number;
  readonly toPts: number;
  /** Time of the last key frame that is no later than the first wanted one, where it is known. */
  readonly keyPts?: number;
  /** Frames that end the run early at the most. */
  readonly count: number;
  /** Scaled to this width, or as coded. */
  readonly width: number | 'native';
  readonly signal?: AbortSignal;
  /** Decoders that stand ready, where there are any. */
  readonly waiting?: WaitingDecoders;
  /** A smaller picture of the first frame, wanted before it. */
  readonly sketch?: Sketch;
  /** The stretch's frames as far as they are known, by their place in it from 0 on. */
  readonly expected?: (place: number) => ExpectedFrame | undefined;
}

/**
 * Decodes a stretch of frames near a time and hands each over as soon as it is there: what a viewer needs when a person
 * steps or scrubs. A promise that the taker returns holds the run up. ffmpeg seeks to the key frame before the stretch. A decoder that waits for work is taken where there is one.
 *
 * FORENSIC: this serves looking, never measuring. A seek can land on other pictures in a damaged exhibit; so each frame
 * comes with its hash, and the viewer says whether it is that of the whole decode.
 *
 * Throws `frames-not-decodable`, `cancelled`, and what starting ffmpeg throws.
 */
export async function streamFrames(stretch: FrameStretch, onFrame: TakeFrame): Promise<void> {
  const { media, stream, signal } = stretch;
  const probe = await media.probe();
  const probed = probe.status === 'ok' ? probe.value.streams.find(({ index }) => index === stream) : undefined;
  const limits = defaultDecodeLimits;
  const { width, height } = probed ?? {};
  if (probe.status !== 'ok' || probed === undefined || width === undefined || height === undefined)
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream });
  if (width * height > limits.maxPixels)
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream });
  const sizes = {
    size: tapSize(stretch.width, width, height),
    ...(stretch.sketch && { sketchSize: tapSize(stretch.sketch.width, width, height) }),
  };
  const timeMs = decodeTimeMs(limits, probe.value.durationMs);
  const { formatName } = probe.value;
  const script = scriptOfStretch(media.fileName, formatName, stretch.fromPts, probed.timeBase);
  const isExamined = stretch.expected?.(0)?.hash !== undefined;
  const waiting = script === undefined ? undefined : stretch.waiting?.take(media.folder, isExamined);
  let isFirst = true;
  const take: TakeFrame = (frame) => {
    if (isFirst && script !== undefined && signal?.aborted !== true)
      stretch.waiting?.prepareSoon(media.folder, isExamined);
    isFirst = false;
    return onFrame(frame);
  };
  let rest: FrameStretch = stretch;
  let sketchSize = sizes.sketchSize;
  if (script !== undefined && waiting !== undefined) {
    const { handed, lastPts, isOther } = await workStretch(
      waiting,
      stretch,
      script,
      { ...sizes, timeMs, timeBase: probed.timeBase },
      take,
    );
    if (isOther && waiting.threads > 1) stretch.waiting?.keepToOneThread(media.folder);
    if (handed >= stretch.count) return;
    if (signal?.aborted === true) throw new AssayError('cancelled', { what: 'ffmpeg' });
    // Whatever kept it from going on: a run of its own tells what there is.
    if (handed > 0) {
      rest = { ...stretch, fromPts: lastPts + 1, count: stretch.count - handed };
      sketchSize = undefined;
    }
  }
  const sketch = stretch.sketch && sketchSize && { ...sketchSize, take: stretch.sketch.take };
  await ffmpegRun(stretch.toolbox, stretchArguments(rest, probed, formatName, sizes.size, sketchSize), {
    folder: media.folder,
    outputs: gatherFrames(sizes.size, 0, take, sketch),
    limits: { timeMs, memoryBytes: limits.memoryBytes },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Arguments that send the hashes, RGB pixels and times of a stretch to their pipes. */
export function stretchArguments(
  stretch: Pick<FrameStretch, 'fromPts' | 'toPts' | 'keyPts' | 'count' | 'width'> & {
    readonly media: { fileName: string };
  },
  stream: ProbedStream,
  formatName: string,
  size: PixelSize,
  sketchSize?: PixelSize,
): string[] {
  const seconds = seekSeconds(stretch, stream, formatName).toFixed(6);
  const { num, den } = stream.timeBase;
  return [
    ...commonArguments,
    ...videoInputArguments(defaultDecodeLimits.maxPixels),
    ...['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seconds],
    ...inputArguments(stretch.media.fileName, formatName),
    '-filter_complex',
    `[0:${stream.index}]${lookGraph({ ...stretch, shift: 0, size, sketchSize })}`,
    ...lookOutputs(`${num}:${den}`, ['-frames:v', String(stretch.count)]),
  ];
}

/** Demuxers that seek by an index of key frames and know their presentation times. */
const seeksToKeyFrames = /^(mov,mp4|matroska,webm)\b/;
/** How far before a key frame the others are sent: they look for a packet, by its decoding time or its place in the file. */
const marginSeconds = 1;

function seekSeconds(
  { fromPts, keyPts }: Pick<FrameStretch, 'fromPts' | 'keyPts'>,
  { timeBase }: ProbedStream,
  formatName: string,
): number {
  const seconds = (pts: number): number => ticksToMs(pts, timeBase) / 1000;
  if (seeksToKeyFrames.test(formatName) || keyPts === undefined) return seconds(fromPts);
  // A transport stream is entered in the midst of a group of pictures otherwise, and nothing is shown before the next key frame.
  return Math.max(0, seconds(keyPts) - marginSeconds);
}
