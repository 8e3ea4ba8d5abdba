import { ticksToMs, type Rational } from '../../base/rational.ts';
import { seekScript } from '../../tools/media-input.ts';
import type { PixelSize } from './frame-size.ts';
import { gatherFrames, type SeenFrame, type TakeFrame } from './gathered-frames.ts';
import { lookGraph } from './look-graph.ts';
import type { FrameStretch } from './stream-frames.ts';
import { waitingTimeBase, type WaitingDecoder } from './waiting-decoder.ts';

/** The script that leads a waiting decoder to a stretch, and what it then adds to each of the stream's times, in ticks. */
export interface StretchScript {
  readonly script: string;
  readonly shift: number;
}

/** Formats whose frames come through a script as without one, which the tests hold; others are decoded by a run of their own. */
const scripted: readonly { readonly formatName: RegExp; readonly reorderUs: number; readonly looksFirst: boolean }[] = [
  // Its tables tell how far pictures are out of order; elsewhere ffmpeg finds out by decoding some.
  { formatName: /^mov,mp4\b/, reorderUs: 0, looksFirst: false },
  // ffmpeg goes back further where a demuxer seeks by decoding time: 3 frames at 23 a second.
  { formatName: /^matroska,webm$/, reorderUs: Math.floor(3e6 / 23), looksFirst: true },
];

/** True for a format that a waiting decoder opens. */
export function goesByScript(formatName: string): boolean {
  return scripted.some((one) => one.formatName.test(formatName));
}

/** How a waiting decoder gets to `fromPts`; undefined where it cannot. */
export function scriptOfStretch(
  fileName: string,
  formatName: string,
  fromPts: number,
  timeBase: Rational,
): StretchScript | undefined {
  const format = scripted.find((one) => one.formatName.test(formatName));
  if (format === undefined || fromPts < 0) return undefined;
  const fromUs = Math.max(0, Math.round(ticksToMs(fromPts, timeBase) * 1000) - format.reorderUs);
  const script = seekScript(fileName, formatName, fromUs, format.looksFirst);
  return script === undefined ? undefined : { script, shift: -ticksOf(fromUs, timeBase) };
}

/** Microseconds in ticks, rounded as ffmpeg's script reader does: to the nearest, halves up. */
function ticksOf(us: number, { num, den }: Rational): number {
  const divisor = 2n * BigInt(num) * 1_000_000n;
  return Number((2n * BigInt(us) * BigInt(den) + divisor / 2n) / divisor);
}

interface StretchBounds {
  readonly size: PixelSize;
  readonly sketchSize?: PixelSize;
  readonly timeMs: number;
  readonly timeBase: Rational;
}

/**
 * Has a waiting decoder decode a stretch. Tells how many frames it handed over, the time of the last, and whether it ended because
 * another frame came than the one that had to come next. It is ended as soon as all are there.
 */
export async function workStretch(
  waiting: WaitingDecoder,
  stretch: FrameStretch,
  { script, shift }: StretchScript,
  { size, sketchSize, timeMs, timeBase }: StretchBounds,
  take: TakeFrame,
): Promise<{ readonly handed: number; readonly lastPts: number; readonly isOther: boolean }> {
  let handed = 0;
  let lastPts = -Infinity;
  let isOther = false;
  const sketch = stretch.sketch &&
    sketchSize && {
      ...sketchSize,
      take: (frame: SeenFrame) => {
        if (isNext(stretch, waiting.threads, 0, frame)) stretch.sketch?.take(frame);
      },
    };
  const takeNext: TakeFrame = (frame) => {
    isOther ||= handed < stretch.count && !isNext(stretch, waiting.threads, handed, frame);
    if (isOther) waiting.end();
    if (isOther || handed >= stretch.count) return;
    handed += 1;
    lastPts = frame.pts;
    const held = take(frame);
    if (handed === stretch.count) waiting.end();
    return held;
  };
  const outputs = gatherFrames(size, shift, takeNext, sketch);
  await waiting.work({
    ...{ script, outputs, timeMs, graph: stretchGraph(stretch, timeBase, shift, size, sketchSize) },
    ...(stretch.signal === undefined ? {} : { signal: stretch.signal }),
  });
  return { handed, lastPts, isOther };
}

/**
 * FORENSIC: whether a frame is the one that has to come at this place. A script may lead elsewhere than a seek does, and several
 * threads may decode a damaged stream in as many ways: what is not by its time the next frame, and by its hash the one that an
 * examination with one thread saw, is not shown.
 */
function isNext({ fromPts, expected }: FrameStretch, threads: number, place: number, frame: SeenFrame): boolean {
  const known = expected?.(place);
  if (known === undefined) return threads === 1 && (place > 0 || frame.pts === fromPts);
  return frame.pts === known.pts && (threads === 1 || frame.hash === known.hash);
}

/** Time past the stretch at which the decoder stops looking for a frame that does not come. */
const pastMs = 5000;

function stretchGraph(
  { stream, fromPts, toPts, width }: FrameStretch,
  { num, den }: Rational,
  shift: number,
  size: PixelSize,
  sketchSize: PixelSize | undefined,
): string {
  const end = toPts + shift + Math.ceil((pastMs * den) / (num * 1000));
  const retime = `settb=${waitingTimeBase},setpts=N`;
  return `[0:${stream}]trim=end_pts=${end},${lookGraph({ fromPts, toPts, shift, width, size, sketchSize, retime })}`;
}
