import { MessageChannel } from 'node:worker_threads';

/** Below this many bytes the collector is cheaper; Node's own pool of small buffers is never larger. */
const smallest = 16_384;

/**
 * Frees the memory of large arrays that nobody needs any more, at once: it is sent to where nobody receives, and the arrays are
 * empty from then on. An array that shares its memory with others (a piece of a larger one) is left to the collector.
 *
 * V8 counts such memory late and frees it later still: an hour of film would hold some fifty megabytes for nothing.
 */
export function openGiveBack(): (array: ArrayBufferView) => void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.close();
  return ({ buffer, byteLength }) => {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength >= smallest)
      port1.postMessage(null, [buffer]);
  };
}
