import type { Readable } from 'node:stream';

/**
 * Cuts a stream into blocks of one size and waits for each to be taken before it reads on. The block is one buffer, filled
 * anew each time. Settles with the number of bytes that were left over at the end, which stand in the block.
 */
export async function readBlocks(
  stream: Readable,
  block: Uint8Array,
  take: () => void | Promise<void>,
): Promise<number> {
  let filled = 0;
  for await (const piece of stream) {
    const chunk = piece as Buffer;
    let at = 0;
    while (at < chunk.length) {
      const count = Math.min(chunk.length - at, block.length - filled);
      block.set(chunk.subarray(at, at + count), filled);
      at += count;
      filled += count;
      if (filled === block.length) {
        filled = 0;
        await take();
      }
    }
  }
  return filled;
}
