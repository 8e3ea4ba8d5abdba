import { PassThrough, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readChunks } from '../../../src/tools/read-chunks.ts';

/** Chunks as a pipe gives them: each with memory of its own. */
const pipeOf = (...chunks: readonly Uint8Array[]): Readable => Readable.from(chunks, { objectMode: false });
const filled = (length: number, value: number): Buffer => Buffer.from(new Uint8Array(length).fill(value).buffer);

describe('readChunks', () => {
  it('hands over every byte in order, and waits where it is asked to', async () => {
    const seen: number[] = [];
    let busy = false;
    await readChunks(pipeOf(filled(70_000, 1), filled(3, 2), filled(40_000, 3)), async (chunk) => {
      expect(busy).toBe(false);
      busy = true;
      await nextTurn();
      seen.push(chunk.length, chunk[0] ?? -1);
      busy = false;
    });
    expect(seen).toEqual([70_000, 1, 3, 2, 40_000, 3]);
  });

  it('takes one after the other also where somebody else lets the pipe flow on', async () => {
    const stream = pipeOf(filled(20_000, 1), filled(20_000, 2), filled(20_000, 3));
    const seen: number[] = [];
    let busy = 0;
    await readChunks(stream, async (chunk) => {
      busy += 1;
      expect(busy).toBe(1);
      stream.resume();
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(chunk[0] ?? -1);
      busy -= 1;
    });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('gives the memory of a large chunk back as soon as it is taken, and leaves what is shared alone', async () => {
    const own = filled(65_536, 1);
    const shared = Buffer.from(new ArrayBuffer(200_000), 8, 100_000);
    const small = filled(100, 1);
    await readChunks(pipeOf(own, shared, small), () => undefined);
    expect(own.length).toBe(0);
    expect(shared.length).toBe(100_000);
    expect(small.length).toBe(100);
  });

  it('keeps a chunk for as long as it is being taken', async () => {
    const chunk = filled(65_536, 7);
    await readChunks(pipeOf(chunk), async (taken) => {
      await nextTurn();
      expect(taken.at(-1)).toBe(7);
    });
  });

  it.each([
    [
      'at once',
      () => {
        throw new Error('full');
      },
    ],
    ['later', () => Promise.reject(new Error('full'))],
  ])('rejects with what the taker throws %s, and reads no more', async (_when, take) => {
    const stream = new PassThrough();
    stream.write(filled(20_000, 1));
    await expect(readChunks(stream, take)).rejects.toThrow('full');
    expect(stream.destroyed).toBe(true);
  });

  it('rejects when the pipe breaks off', async () => {
    const stream = new PassThrough();
    const reading = readChunks(stream, () => undefined);
    stream.destroy();
    await expect(reading).rejects.toThrow();
  });
});
