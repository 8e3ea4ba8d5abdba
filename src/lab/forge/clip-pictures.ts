import type { Readable } from 'node:stream';
import { AssayError } from '../../base/errors.ts';
import { frameArguments, readClip, type ClipFrames, type ClipReading } from './clip-reader.ts';
import type { FrameSlot } from './frame-slot.ts';
import { frameBytes, type PictureSource } from './picture-source.ts';

/** Cuts a stream into pictures of a known size. Each is valid until the next is asked for. */
async function* splitFrames(stream: Readable, size: number): AsyncGenerator<Uint8Array> {
  const frame = new Uint8Array(size);
  let has = 0;
  for await (const chunk of stream) {
    let rest = chunk as Uint8Array;
    while (rest.length > 0) {
      const part = rest.subarray(0, size - has);
      frame.set(part, has);
      has += part.length;
      rest = rest.subarray(part.length);
      if (has < size) break;
      yield frame;
      has = 0;
    }
  }
}

/** Decodes a clip as a pull: the decoder waits while nothing is asked for. */
async function* decoded(
  reading: ClipReading,
  path: string,
  size: number,
  indexes?: readonly number[],
): AsyncGenerator<Uint8Array> {
  let opened: (stream: Readable) => void = () => undefined;
  let finish: () => void = () => undefined;
  const open = new Promise<Readable>((done) => (opened = done));
  const finished = new Promise<void>((done) => (finish = done));
  const stop = new AbortController();
  const signal = reading.signal === undefined ? stop.signal : AbortSignal.any([reading.signal, stop.signal]);
  const running = readClip({ ...reading, signal }, path, frameArguments(indexes), async (stream) => {
    opened(stream);
    await finished;
  });
  // Where it does not start, waiting for its output must end too.
  const failed = running.then(() => Promise.reject(new AssayError('defect', { what: 'a decoder without output' })));
  let whole = false;
  try {
    yield* splitFrames(await Promise.race([open, failed]), size);
    whole = true;
  } finally {
    failed.catch(() => undefined);
    finish();
    if (!whole) stop.abort();
    await running.catch((error: unknown) => {
      if (whole) throw error;
    });
  }
}

/** Frames that these slots ask for out of their order, and so must be fetched before. */
export function outOfOrder(slots: readonly FrameSlot[]): number[] {
  const kept = new Set<number>();
  let last = -1;
  for (const { origin, pastes } of slots) {
    for (const paste of pastes) kept.add(paste.sourceIndex);
    if (origin.from !== 'source') continue;
    if (origin.index < last) kept.add(origin.index);
    else last = origin.index;
  }
  return [...kept].sort((a, b) => a - b);
}

/** A clip's decoded frames, for the slots that will be drawn in their order. */
export async function clipPictures(
  reading: ClipReading,
  path: string,
  clip: ClipFrames,
  slots: readonly FrameSlot[],
  foreign: PictureSource['foreign'],
): Promise<PictureSource> {
  const size = frameBytes(clip);
  const kept = new Map<number, Uint8Array>();
  const wanted = outOfOrder(slots);
  if (wanted.length > 0) {
    let at = 0;
    for await (const pixels of decoded(reading, path, size, wanted)) kept.set(wanted[at++] ?? -1, pixels.slice());
  }
  const frames = decoded(reading, path, size);
  let index = -1;
  let pixels: Uint8Array | undefined;
  return {
    width: clip.width,
    height: clip.height,
    foreign,
    frame: async (asked) => {
      const known = kept.get(asked);
      if (known !== undefined) return known;
      while (index < asked) {
        const next = await frames.next();
        if (next.done === true) throw new AssayError('clip-not-made', { path, reason: `frame ${asked}` });
        pixels = next.value;
        index += 1;
      }
      if (pixels === undefined || index !== asked) throw new AssayError('defect', { what: 'frames out of order' });
      return pixels;
    },
    close: async () => {
      await frames.return(undefined);
    },
  };
}
