import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { Progress } from '../../base/progress.ts';
import type { Cut } from './cut.ts';
import { startsMs } from './frame-slot.ts';
import { blockHead, matroskaHead } from './matroska-pipe.ts';
import { frameBytes, renderSlot, type PictureSource } from './picture-source.ts';
import { lengthOf, pcm16Of } from './sound-track.ts';

/** Digests of what went into an encoder. */
export interface RawDigests {
  readonly framesSha256: string;
  readonly pcmSha256: string | null;
}

/** Writes a chunk and waits until it is gone, so that its bytes may be used again; false when the reader has gone. */
function send(stream: Writable, bytes: Uint8Array): Promise<boolean> {
  if (stream.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    stream.write(bytes, (error) => {
      resolve(!error);
    });
  });
}

/** Sound is handed over in pieces of this length. */
const soundBlockMs = 40;

interface SoundFeed {
  /** Sends the blocks that begin before a time; false when the reader has gone. */
  until(ms: number): Promise<boolean>;
  digest(): string | null;
}

function soundFeed(cut: Cut, stream: Writable, delayMs: number): SoundFeed {
  const { sound } = cut;
  if (sound === undefined) return { until: () => Promise.resolve(true), digest: () => null };
  const hash = createHash('sha256');
  const total = lengthOf(sound);
  const blockSamples = Math.round((sound.rateHz * soundBlockMs) / 1000);
  let next = 0;
  return {
    until: async (ms) => {
      for (; next < total; next += blockSamples) {
        const startMs = (next * 1000) / sound.rateHz + delayMs;
        if (startMs > ms) return true;
        const pcm = pcm16Of(sound, next, Math.min(total, next + blockSamples));
        hash.update(pcm);
        if (!(await send(stream, blockHead(2, Math.round(startMs * 1000), pcm.length)))) return false;
        if (!(await send(stream, pcm))) return false;
      }
      return true;
    },
    digest: () => hash.digest('hex'),
  };
}

/**
 * Draws a cut and writes it, picture and sound interleaved, to an encoder's standard input. `source` is absent where only
 * the sound is sent. The container's lead is written as time stamps: whichever stream is behind begins later.
 */
export async function pipeClip(
  cut: Cut,
  source: PictureSource | undefined,
  stream: Writable,
  progress: Progress,
): Promise<RawDigests> {
  const lead = cut.containerLeadMs;
  const feed = soundFeed(cut, stream, source === undefined ? 0 : Math.max(0, -lead));
  const hash = createHash('sha256');
  const { timeBase, slots } = cut.frames;
  // With a variable rate this is how long the last frame stays: without it muxers end the clip where that frame begins.
  const frameTicks = slots.at(-1)?.durationTicks ?? 1;
  const head = matroskaHead({
    ...(source === undefined ? {} : { picture: { width: source.width, height: source.height } }),
    frameNs: Math.round((frameTicks * timeBase.num * 1e9) / timeBase.den),
    ...(cut.sound ? { sound: { sampleRateHz: cut.sound.rateHz, channels: cut.sound.channels.length } } : {}),
  });
  let listening = await send(stream, head);
  if (source !== undefined) {
    const { starts } = startsMs(cut.frames);
    const size = frameBytes(source);
    const pixels = new Uint8Array(size);
    for (let i = 0; i < slots.length && listening; i++) {
      const slot = slots[i];
      if (slot === undefined) break;
      const startMs = (starts[i] ?? 0) + Math.max(0, lead);
      if (!(await feed.until(startMs))) break;
      await renderSlot(source, slot, pixels);
      hash.update(pixels);
      listening = (await send(stream, blockHead(1, Math.round(startMs * 1000), size))) && (await send(stream, pixels));
      progress({ stage: 'forge', done: i + 1, total: slots.length, unit: 'frames' });
    }
  }
  if (listening) await feed.until(Infinity);
  stream.end();
  return { framesSha256: hash.digest('hex'), pcmSha256: feed.digest() };
}
