import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { openGiveBack } from '../base/give-back.ts';

/**
 * Bytes of one pipe after which the collector is called, where Node was started with it (`--expose-gc`): V8 lets some sixty
 * megabytes of small leavings outside its heap gather before it looks.
 */
const collectEvery = 96 * 1024 * 1024;

/**
 * Hands every chunk of a pipe to `take` and waits where it says so before it reads on. A chunk is only there until then: its
 * memory is given back at once. Settles when the pipe has ended; rejects with what `take` throws, or when the pipe
 * breaks off.
 */
export async function readChunks(stream: Readable, take: (chunk: Buffer) => void | Promise<void>): Promise<void> {
  const giveBack = openGiveBack();
  let sinceCollected = 0;
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    stream.destroy();
  };
  // Node has a paused pipe flow again when the program has ended, so chunks can come while one is still being taken; and
  // it tells the end while the last one is.
  const queue: Buffer[] = [];
  let taking: Promise<void> | undefined;
  const takeNext = (): void => {
    for (let chunk = queue.shift(); chunk !== undefined && failure === undefined; chunk = queue.shift()) {
      const taken = chunk;
      const waiting = take(taken);
      if (waiting !== undefined) {
        stream.pause();
        taking = waiting.then(() => {
          giveBack(taken);
          taking = undefined;
          stream.resume();
          takeNext();
        });
        taking.catch(fail);
        return;
      }
      giveBack(taken);
    }
  };
  stream.on('data', (chunk: Buffer) => {
    queue.push(chunk);
    sinceCollected += chunk.length;
    if (sinceCollected >= collectEvery) {
      sinceCollected = 0;
      globalThis.gc?.();
    }
    if (taking !== undefined) return;
    try {
      takeNext();
    } catch (error) {
      fail(error);
    }
  });
  try {
    await finished(stream, { writable: false });
  } catch (error) {
    failure ??= { error };
  }
  while (taking !== undefined && failure === undefined) await Promise.resolve(taking).catch(fail);
  if (failure !== undefined) throw failure.error;
}
