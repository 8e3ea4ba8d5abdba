import type { Readable } from 'node:stream';
import { readChunks } from '../../tools/read-chunks.ts';

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
  const fill = (chunk: Uint8Array, from: number): void | Promise<void> => {
    for (let at = from; at < chunk.length;) {
      const count = Math.min(chunk.length - at, block.length - filled);
      block.set(count === chunk.length ? chunk : chunk.subarray(at, at + count), filled);
      at += count;
      filled += count;
      if (filled < block.length) continue;
      filled = 0;
      const taking = take();
      if (taking !== undefined) return taking.then(() => fill(chunk, at));
    }
  };
  await readChunks(stream, (chunk) => fill(chunk, 0));
  return filled;
}
