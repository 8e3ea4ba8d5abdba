import { z } from 'zod';
import { Unit } from '../../../src/base/finding.ts';
import { OperationError } from '../../api/call.ts';

/** A picture as the engine gave it: RGB as stored. */
export interface LoadedPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly orientation: number;
  /** Undefined for a still picture. */
  readonly frame?: FrameIdentity;
}

/** Which decoded frame a picture is. */
export interface FrameIdentity {
  readonly index: number;
  readonly timeMs: number;
  readonly key: boolean;
  readonly hash: string;
}

/** A live lens' answer: unscaled bytes, what 255 means, and how many there are for a pixel. */
export interface LoadedLens {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
  readonly legend: { readonly max: number; readonly unit: Unit; readonly label: string };
  readonly frame: FrameIdentity | null;
}

const Identity = z.object({ index: z.number(), timeMs: z.number(), key: z.boolean(), hash: z.string() });

const PictureList = z.object({
  width: z.number().int().nonnegative(),
  height: z.number().int().nonnegative(),
  orientation: z.number(),
  frames: z.array(Identity),
});

const LensHead = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  channels: z.union([z.literal(1), z.literal(3)]),
  legend: z.object({ max: z.number(), unit: Unit, label: z.string() }),
  frame: Identity.nullable(),
});

/** Whose pictures: the exhibit of a case, and its moving picture's stream; null for a still. */
export interface PictureSource {
  readonly folder: string;
  readonly exhibit: string;
  readonly stream: number | null;
}

/** `count` frames from number `index` (with `then`, one small one, nothing is decoded beyond it before it is asked for at that width), or the still picture. Fewer where the decoder gives fewer. Rejects with OperationError, and when it is given up. */
export async function fetchPictures(
  { folder, exhibit, stream }: PictureSource,
  width: number | 'native',
  index: number,
  count: number,
  then?: number | 'native',
  signal?: AbortSignal,
): Promise<LoadedPicture[]> {
  const query = new URLSearchParams({ case: folder });
  if (stream !== null) {
    query.set('stream', String(stream));
    query.set('width', String(width));
    query.set('count', String(count));
    if (then !== undefined) {
      query.set('alone', '1');
      query.set('then', String(then));
    }
  }
  const place = stream === null ? 'picture' : `frame/${index}`;
  const response = await ask(`/exhibit/${exhibit}/${place}?${query}`, signal);
  if (response === undefined) return [];
  const list = PictureList.parse(JSON.parse(response.headers.get('x-assay-pictures') ?? 'null'));
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { width: w, height, orientation } = list;
  const size = w * height * 3;
  if (stream === null) return [{ width: w, height, orientation, rgb: bytes }];
  return list.frames.map((frame, i) => ({
    ...{ width: w, height, orientation, frame },
    // A copy of its own: one frame that is kept must not keep the whole answer.
    rgb: list.frames.length === 1 ? bytes : bytes.slice(i * size, (i + 1) * size),
  }));
}

/** The picture through a method's live lens. Rejects with OperationError. */
export async function fetchLens(
  { folder, exhibit, stream }: PictureSource,
  method: string,
  index: number,
  params: Readonly<Record<string, unknown>>,
): Promise<LoadedLens | undefined> {
  const query = new URLSearchParams({ case: folder, params: JSON.stringify(params) });
  if (stream !== null) query.set('stream', String(stream));
  const response = await ask(`/exhibit/${exhibit}/lens/${method}/${stream === null ? 'picture' : index}?${query}`);
  if (response === undefined) return undefined;
  const head = LensHead.parse(JSON.parse(response.headers.get('x-assay-lens') ?? 'null'));
  return { ...head, data: new Uint8Array(await response.arrayBuffer()) };
}

const patienceMs = 60_000;

async function ask(address: string, signal?: AbortSignal): Promise<Response | undefined> {
  // A viewer never waits for ever: it says that it failed, and tries again when told to.
  const patience = AbortSignal.timeout(patienceMs);
  const response = await fetch(address, {
    signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
  });
  if (response.ok) return response;
  if (response.status === 404) return undefined;
  const body = (await response.json()) as { code?: string; details?: Record<string, unknown>; error?: unknown };
  const error = (body.error ?? body) as { code?: string; details?: Record<string, unknown> };
  throw new OperationError(error.code ?? 'defect', error.details ?? {});
}
