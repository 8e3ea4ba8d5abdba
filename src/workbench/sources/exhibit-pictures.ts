import { AssayError, isAssayError } from '../../base/errors.ts';
import { ticksToMs } from '../../base/rational.ts';
import type { Case } from '../../case/case.ts';
import type { ExhibitMedia } from '../../media/exhibit-media.ts';
import type { SeenFrame } from '../../media/decode/stream-frames.ts';
import type { Source } from '../handle.ts';
import type { WindowSession } from '../window-session.ts';

/** Narrowest and widest scaled frames that a viewer may ask for; wider is asked for as coded. */
const widths = { least: 16, most: 4096 };
const mostFramesAtOnce = 32;

/**
 * `GET /exhibit/<id>/frame/<n>?case=<folder>&stream=<n>[&width=<px>][&count=<k>][&alone=1][&then=<px>]`: k frames from number n as raw RGB, one after
 * the other, and `GET /exhibit/<id>/picture?case=<folder>`: the still picture. The header `x-assay-pictures` (JSON) says what they are:
 * width and height in pixels, and of each frame its number, time in ms and hash. `then` is the width at which one frame will be asked for next.
 */
export function exhibitPictures(session: WindowSession): Source {
  return async (url, request) => {
    const match = /^\/exhibit\/(E\d{3,})\/(?:frame\/(\d{1,9})|picture)$/.exec(url.pathname);
    const target = session.engine.held.find(url.searchParams.get('case') ?? '');
    const exhibit = match?.[1];
    if (exhibit === undefined || target?.exhibits().some(({ id }) => id === exhibit) !== true) return undefined;
    try {
      const media = await session.media.of(target, exhibit);
      const frame = match?.[2];
      if (frame === undefined) return await stillPicture(media);
      return await frames(session, target, exhibit, media, Number(frame), url.searchParams, request.signal);
    } catch (error) {
      if (isAssayError(error, 'frames-not-decodable')) return Response.json(error.toValue(), { status: 422 });
      throw error;
    }
  };
}

async function stillPicture(media: ExhibitMedia): Promise<Response | undefined> {
  const picture = await media.picture();
  if (picture.status !== 'ok') return undefined;
  const { width, height, data, orientation } = picture.value;
  return pictures(data, { width, height, orientation: orientation ?? 1, frames: [] });
}

async function frames(
  session: WindowSession,
  target: Case,
  exhibit: string,
  media: ExhibitMedia,
  first: number,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Response | undefined> {
  const stream = Number(query.get('stream') ?? 'NaN');
  const count = Math.min(Math.max(1, Number(query.get('count') ?? '1')), mostFramesAtOnce);
  const alone = query.get('alone') === '1';
  const width = widthOf(query.get('width'));
  if (!Number.isInteger(stream) || !Number.isInteger(count) || width === undefined)
    throw new AssayError('wrong-use', { what: 'a frame is asked for by stream, width and count' });
  const open = (at: number | 'native') => session.frames.of(`${target.folder} ${exhibit}`, media, stream, at, first);
  const { store, times } = await open(width);
  const probe = await media.probe();
  const probed = probe.status === 'ok' ? probe.value.streams.find(({ index }) => index === stream) : undefined;
  if (probed === undefined || first >= times.pts.length) return undefined;
  const wanted = Array.from({ length: Math.min(count, times.pts.length - first) }, (_, i) => first + i);
  const seen: (SeenFrame & { index: number })[] = [];
  const then = widthOf(query.get('then'));
  if (count === 1 && typeof then === 'number' && typeof width === 'number' && !store.has(first)) {
    const sketch = await (await open(then)).store.sketch(first, width, signal);
    if (sketch !== undefined) seen.push({ ...sketch, index: first });
  }
  for (const index of wanted.slice(seen.length)) {
    if (signal.aborted) return undefined;
    const frame = await store.get(index, alone, signal);
    if (frame !== undefined) seen.push({ ...frame, index });
  }
  if (signal.aborted) return undefined;
  const [one] = seen;
  // The frame is there by its packet, and the decoder makes no picture of it: that is an answer, not a wrong address.
  if (one === undefined) return pictures(new Uint8Array(), { width: 0, height: 0, orientation: 1, frames: [] });
  const bytes = new Uint8Array(one.rgb.length * seen.length);
  seen.forEach(({ rgb }, i) => bytes.set(rgb, i * one.rgb.length));
  return pictures(bytes, {
    width: one.width,
    height: one.height,
    orientation: 1,
    frames: seen.map(({ index, pts, hash }) => ({
      index,
      timeMs: ticksToMs(pts, probed.timeBase),
      key: times.key[index] ?? false,
      hash,
    })),
  });
}

function widthOf(asked: string | null): number | 'native' | undefined {
  if (asked === null || asked === 'native') return 'native';
  const width = Number(asked);
  return Number.isInteger(width) && width >= widths.least && width <= widths.most ? width : undefined;
}

/** What the header says of the bytes. `orientation` is EXIF's 1–8; pixels are as stored. */
interface PictureList {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly frames: readonly { index: number; timeMs: number; key: boolean; hash: string }[];
}

function pictures(bytes: Uint8Array, list: PictureList): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'x-assay-pictures': JSON.stringify(list),
      'cache-control': 'no-store',
    },
  });
}
