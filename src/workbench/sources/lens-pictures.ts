import type { z } from 'zod';
import { canonicalJson } from '../../base/canonical-json.ts';
import { AssayError, isAssayError } from '../../base/errors.ts';
import { ticksToMs } from '../../base/rational.ts';
import type { ExhibitMedia } from '../../media/exhibit-media.ts';
import type { Lens, LensPicture, Method } from '../../methods/method.ts';
import { loadMethod, methodIds } from '../../methods/registry.ts';
import type { SeenThroughLens } from '../frames/lens-cache.ts';
import type { Source } from '../handle.ts';
import type { WindowSession } from '../window-session.ts';

interface Stored {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * `GET /exhibit/<id>/lens/<method>/<frame|picture>?case=<folder>&stream=<n>&params=<json>`: a picture through a method's
 * live lens, unscaled, as large as the picture. The header `x-assay-lens` (JSON) gives width, height, channels, legend and, of a film, the frame with its hash.
 * What was worked out is kept by everything that changes it, so that only the shown gain ever changes for free.
 */
export function lensPictures(session: WindowSession): Source {
  return async (url, request) => {
    const match = /^\/exhibit\/(E\d{3,})\/lens\/([a-z0-9-]+)\/(\d{1,9}|picture)$/.exec(url.pathname);
    const target = session.engine.held.find(url.searchParams.get('case') ?? '');
    const [, exhibit = '', methodId = '', place = ''] = match ?? [];
    if (match === null || target?.exhibits().some(({ id }) => id === exhibit) !== true) return undefined;
    const method = methodIds.some((id) => id === methodId) ? await loadMethod(methodId) : undefined;
    if (method?.lens === undefined) return undefined;
    const params = readParameters(method, url.searchParams.get('params'));
    const changing = Object.entries(params).filter(
      ([name]) => name !== method.lens?.gainParameter && method.lens?.parameters.includes(name) === true,
    );
    const stream = url.searchParams.get('stream') ?? '';
    const owner = `${target.folder} ${exhibit}`;
    const name = `${owner} ${stream} ${place} ${methodId} ${canonicalJson(Object.fromEntries(changing))}`;
    try {
      const media = await session.media.of(target, exhibit);
      const seen = await session.lenses.get(name, async () => {
        const { picture, frame } = await storedPicture(session, owner, media, Number(stream), place);
        // The answer is kept for whoever asks next: it is worked out to its end even when this window has gone on.
        return { frame, shown: await look(session, method, method.lens, picture, params) };
      });
      if (request.signal.aborted) return undefined;
      return answer(seen);
    } catch (error) {
      if (isAssayError(error, 'frames-not-decodable')) return Response.json(error.toValue(), { status: 422 });
      throw error;
    }
  };
}

function readParameters(method: Method, asked: string | null): Record<string, unknown> {
  let wanted: unknown;
  try {
    wanted = JSON.parse(asked ?? '{}');
  } catch {
    wanted = undefined;
  }
  const parsed = method.params.safeParse(wanted);
  if (!parsed.success)
    throw new AssayError('wrong-use', { what: parsed.error.issues.map(({ message }) => message).join('; ') });
  return parsed.data as Record<string, unknown>;
}

async function storedPicture(
  session: WindowSession,
  owner: string,
  media: ExhibitMedia,
  stream: number,
  place: string,
): Promise<{ picture: Stored; frame: SeenThroughLens['frame'] }> {
  if (place === 'picture') {
    const picture = await media.picture();
    if (picture.status === 'ok') return { picture: picture.value, frame: null };
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream: 0 });
  }
  const index = Number(place);
  const { store, times } = await session.frames.of(owner, media, stream, 'native', index);
  const frame = await store.get(index);
  const probe = await media.probe();
  const probed = probe.status === 'ok' ? probe.value.streams.find((one) => one.index === stream) : undefined;
  if (frame === undefined || probed === undefined)
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream });
  const { width, height, rgb, pts, hash } = frame;
  return {
    picture: { width, height, data: rgb },
    frame: { index, timeMs: ticksToMs(pts, probed.timeBase), key: times.key[index] ?? false, hash },
  };
}

function look(
  session: WindowSession,
  method: Method,
  lens: Lens<z.infer<z.ZodType>> | undefined,
  picture: Stored,
  params: Record<string, unknown>,
): Promise<LensPicture> {
  if (lens === undefined) throw new AssayError('defect', { what: `${method.id} has no lens` });
  const { signal } = new AbortController();
  return lens.look(picture, params, {
    signal,
    progress: () => undefined,
    compute: (kernel, input, transfer = []) =>
      session.engine.kernels.run({ method: method.id, kernel, input }, transfer, signal),
  });
}

function answer({ shown, frame }: SeenThroughLens): Response {
  const { width, height, channels, data, legend } = shown;
  return new Response(data as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'x-assay-lens': JSON.stringify({ width, height, channels, legend, frame }),
      'cache-control': 'no-store',
    },
  });
}
