import { parseFrameHashLine } from '../../tools/parse-framehash.ts';
import { parseFrameTime } from '../../tools/parse-metadata-print.ts';
import { readLines } from '../../tools/read-text.ts';
import type { OutputReader } from '../../tools/run-tool.ts';
import type { Frame, FrameHash } from '../taps.ts';
import type { Consumers } from './consumers.ts';
import { FrameTimes } from './frame-times.ts';
import { tapKey, type PlannedFrames, type PlannedVideo } from './plan.ts';
import { readBlocks } from './read-blocks.ts';

/** The readers of one moving picture's pipes, and what they counted. */
export interface VideoReading {
  readonly outputs: Readonly<Record<number, OutputReader>>;
  /** True when every pipe carried the same frames. Ask after the run. */
  agrees(): boolean;
}

/** Counts of frames that were read from one pipe; `remainder` is of a frame that broke off. */
interface Count {
  frames: number;
  remainder: number;
}

/** Readers for the times, the hashes and the pixels of one moving picture. `onTime` hears each frame's time. */
export function readVideo(
  video: PlannedVideo,
  consumers: Consumers,
  onTime: (pts: number | null) => void,
): VideoReading {
  const times = new FrameTimes();
  const counts: Count[] = [];
  const partial: { readonly selected: FrameTimes; readonly count: Count }[] = [];
  const outputs: Record<number, OutputReader> = {
    [video.timesFd]: (stream) =>
      readLines(stream, (lines) => {
        for (const line of lines) {
          const time = parseFrameTime(line);
          if (time === undefined) continue;
          times.add(time.pts);
          onTime(time.pts);
        }
      }).finally(() => {
        times.end();
      }),
  };
  for (const { tap, fd } of video.hashes) {
    const count: Count = { frames: 0, remainder: 0 };
    counts.push(count);
    outputs[fd] = (stream) => readHashes(stream, times, count, consumers.of<FrameHash>(tapKey(tap)));
  }
  for (const planned of video.frames) {
    const count: Count = { frames: 0, remainder: 0 };
    const hand = consumers.of<Frame>(tapKey(planned.tap));
    if (planned.indexFd === undefined) {
      counts.push(count);
      outputs[planned.fd] = (stream) => readFrames(stream, planned, (n) => n, times, count, hand);
      continue;
    }
    const selected = new FrameTimes();
    partial.push({ selected, count });
    outputs[planned.indexFd] = (stream) =>
      readLines(stream, (lines) => {
        for (const line of lines) {
          const time = parseFrameTime(line);
          if (time !== undefined) selected.add(time.pts);
        }
      }).finally(() => {
        selected.end();
      });
    const indexOf = planned.tap.select === 'key' ? byIndex(selected) : byTime(selected, times);
    outputs[planned.fd] = (stream) => readFrames(stream, planned, indexOf, times, count, hand);
  }
  return {
    outputs,
    agrees: () =>
      counts.every(({ frames, remainder }) => frames === times.count && remainder === 0) &&
      partial.every(({ selected, count }) => count.frames === selected.count && count.remainder === 0),
  };
}

/** Decode index of the n-th frame that was sent, or null where the run ended before it was told. */
type IndexOf = (position: number) => number | null | Promise<number | null>;

/** Where decode indexes were printed in place of times. */
function byIndex(selected: FrameTimes): IndexOf {
  return (position) => selected.at(position);
}

/** Where times were printed: every frame with such a time was sent, so they are found in order. */
function byTime(selected: FrameTimes, times: FrameTimes): IndexOf {
  let next = 0;
  return async (position) => {
    const pts = await selected.at(position);
    if (pts === null) return null;
    for (; ; next += 1) {
      const time = await times.at(next);
      if (time === pts) return next++;
      if (time === null && next >= times.count) return null;
    }
  };
}

async function readHashes(
  stream: Parameters<OutputReader>[0],
  times: FrameTimes,
  count: Count,
  hand: (hash: FrameHash) => void | Promise<void>,
): Promise<void> {
  await readLines(stream, async (lines) => {
    for (const line of lines) {
      const parsed = parseFrameHashLine(line);
      if (parsed === undefined) continue;
      const index = count.frames;
      count.frames += 1;
      const pts = times.at(index);
      const waiting = hand({ index, pts: pts instanceof Promise ? await pts : pts, ...parsed });
      if (waiting !== undefined) await waiting;
    }
  });
}

async function readFrames(
  stream: Parameters<OutputReader>[0],
  planned: PlannedFrames,
  indexOf: IndexOf,
  times: FrameTimes,
  count: Count,
  hand: (frame: Frame) => void | Promise<void>,
): Promise<void> {
  const { width, height, frameBytes } = planned;
  const data = new Uint8Array(frameBytes);
  count.remainder = await readBlocks(stream, data, async () => {
    const position = count.frames;
    count.frames += 1;
    const index = await indexOf(position);
    if (index === null) return;
    const pts = await times.at(index);
    const waiting = hand({ index, pts, width, height, data });
    if (waiting !== undefined) await waiting;
  });
}
