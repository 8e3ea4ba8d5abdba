import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { MessageChannel } from 'node:worker_threads';

/**
 * Hands every chunk of a pipe to `take` and waits where it says so before it reads on. A chunk is only there until then: its
 * memory is given back at once. Settles when the pipe has ended; rejects with what `take` throws, or when the pipe
 * breaks off.
 *
 * V8 counts the memory of such buffers late and frees it later still: an hour of film would hold some fifty megabytes of
 * chunks that nobody needs any more.
 */
export async function readChunks(stream: Readable, take: (chunk: Buffer) => void | Promise<void>): Promise<void> {
  const giveBack = openNowhere();
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

/** A way to free a chunk's memory now: it is sent to where nobody receives, and belongs to nobody from then on. */
function openNowhere(): (chunk: Uint8Array) => void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.close();
  return (chunk) => {
    const { buffer, byteLength } = chunk;
    // A chunk that shares its memory (Node's pool, a piece of a larger one) is left to the collector.
    if (buffer.byteLength === byteLength && byteLength >= smallest) port1.postMessage(null, [buffer as ArrayBuffer]);
  };
}

/** Below this many bytes the collector is cheaper; Node's own pool of small buffers is never larger. */
const smallest = 16_384;
