import type { z } from 'zod';
import { ticksToMs } from '../../base/rational.ts';
import type { frameIndex } from '../../contract/window-operations.ts';
import { hashOfFrame } from '../frames/examined-hashes.ts';
import type { ExhibitMedia, ProbedStream } from '../../media/exhibit-media.ts';
import type { FrameTimeIndex, KnownTimes } from '../frames/frame-time-index.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';

type Page = z.infer<typeof frameIndex.output>;

/**
 * Answers `exhibit.frames` for the exhibit's main moving picture: from the packets, without decoding, so that a film of
 * hours is as quick as one of seconds. Empty where there is none.
 */
export async function frameIndexOperation(
  session: WindowSession,
  input: z.infer<typeof frameIndex.input>,
): Promise<Page> {
  const target = heldCase(session, input.folder);
  const media = await session.media.of(target, input.exhibit);
  const video = await media.mainVideo();
  const none = { total: null, from: 0, timesMs: [], key: [], hashes: [], examined: false };
  if (video === undefined) return { ...none, keyBefore: null, keyAfter: null };
  const known = await timesFor(session.times, media, video, input);
  const { pts, key } = known;
  const total = pts.length;
  const timeOf = (index: number): number => ticksToMs(pts[index] ?? 0, video.timeBase);
  const at = input.atMs === undefined ? input.from : frameAt(total, timeOf, input.atMs);
  const from = input.atMs === undefined ? at : at - (at % input.count);
  const to = Math.min(total, from + input.count);
  const examined = await session.hashes.of(target, input.exhibit, video.index);
  const numbers = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const keyBefore = key.lastIndexOf(true, from - 1);
  const keyAfter = key.indexOf(true, to);
  return {
    total: known.isWhole ? total : null,
    from,
    timesMs: numbers.map(timeOf),
    key: numbers.map((index) => key[index] ?? false),
    hashes: numbers.map((index) =>
      examined === undefined ? null : (hashOfFrame(examined, index, timeOf(index)) ?? null),
    ),
    examined: examined !== undefined,
    keyBefore: from === 0 || keyBefore < 0 ? null : keyBefore,
    keyAfter: to >= total || keyAfter < 0 ? null : keyAfter,
  };
}

/** All times, or those of the beginning where these are there sooner, hold what is asked for, and are enough for who asks. */
async function timesFor(
  times: FrameTimeIndex,
  media: ExhibitMedia,
  { index, timeBase }: ProbedStream,
  { soon, from, atMs }: z.infer<typeof frameIndex.input>,
): Promise<KnownTimes> {
  const known = soon === true ? await times.soon(media, index) : undefined;
  const last = known?.pts.at(-1);
  const holds =
    known !== undefined &&
    last !== undefined &&
    (atMs === undefined ? from < known.pts.length : atMs < ticksToMs(last, timeBase));
  if (known !== undefined && (known.isWhole || holds)) return known;
  return { ...(await times.whole(media, index)), isWhole: true };
}

/** The last frame that begins no later than `ms`; the first where all begin later. */
function frameAt(total: number, timeOf: (index: number) => number, ms: number): number {
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(middle) <= ms) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
