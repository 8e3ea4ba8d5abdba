import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { gatherFrames, lookPipes, type SeenFrame } from '../../../../src/media/decode/gathered-frames.ts';

const size = { width: 2, height: 1 };
const hash = (n: number): string => `0, ${n}, ${n}, 1, 6, ${String(n).padStart(32, '0')}\n`;
const time = (n: number): string => `frame:${n}    pts:${n * 40}     pts_time:0\nn=1\n`;
const pixels = (n: number): Buffer => Buffer.alloc(6, n);
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function opened(take: (frame: SeenFrame) => void | Promise<void>, shift = 0) {
  const readers = gatherFrames(size, shift, take);
  const pipes = { hashes: new PassThrough(), times: new PassThrough(), pixels: new PassThrough() };
  const done = Promise.all([
    readers[lookPipes.hashes]?.(pipes.hashes),
    readers[lookPipes.times]?.(pipes.times),
    readers[lookPipes.pixels]?.(pipes.pixels),
  ]);
  const end = async (): Promise<void> => {
    for (const pipe of Object.values(pipes)) pipe.end();
    await done;
  };
  return { pipes, end };
}

describe('gatherFrames', () => {
  it('hands a frame over when its hash, time and picture are there, whichever comes last', async () => {
    const seen: SeenFrame[] = [];
    const { pipes, end } = opened((frame) => void seen.push(frame), 1000);
    pipes.pixels.write(Buffer.concat([pixels(0), pixels(1), pixels(2)]));
    pipes.times.write(time(0) + time(1));
    await settled();
    expect(seen).toEqual([]);
    pipes.hashes.write(hash(0));
    await settled();
    expect(seen.map(({ pts, hash: one }) => [pts, Number(one)])).toEqual([[-1000, 0]]);
    pipes.hashes.write(hash(1) + hash(2));
    await settled();
    expect(seen).toHaveLength(2);
    pipes.times.write(time(2));
    await end();
    expect(seen.map(({ rgb }) => rgb[0])).toEqual([0, 1, 2]);
  });

  it('hands the smaller picture of the first frame over as soon as its hash and time are there', async () => {
    const [seen, sketches]: [SeenFrame[], SeenFrame[]] = [[], []];
    const take = (frame: SeenFrame): void => void sketches.push(frame);
    const readers = gatherFrames(size, 0, (frame) => void seen.push(frame), { width: 1, height: 1, take });
    const [hashes, times, small] = [new PassThrough(), new PassThrough(), new PassThrough()];
    void readers[lookPipes.hashes]?.(hashes);
    void readers[lookPipes.times]?.(times);
    void readers[lookPipes.sketch]?.(small);
    times.write(time(5));
    small.write(Buffer.alloc(3, 9));
    await settled();
    expect(sketches).toEqual([]);
    hashes.write(hash(5) + hash(6));
    await settled();
    expect(sketches).toMatchObject([{ width: 1, height: 1, pts: 200, rgb: new Uint8Array(3).fill(9) }]);
    expect(Number(sketches[0]?.hash)).toBe(5);
    expect(seen).toEqual([]);
  });

  it('hands nothing over, and reads no further pictures, while the taker holds it up', async () => {
    const seen: number[] = [];
    let release: (() => void) | undefined;
    const { pipes, end } = opened((frame) => {
      seen.push(frame.pts / 40);
      return new Promise((resolve) => (release = resolve));
    });
    // Pictures are there first, and all hashes and times come at once: what a slow machine does.
    pipes.pixels.write(Buffer.concat([pixels(0), pixels(1)]));
    await settled();
    pipes.times.write(time(0) + time(1) + time(2));
    pipes.hashes.write(hash(0) + hash(1) + hash(2));
    pipes.pixels.write(pixels(2));
    await settled();
    expect(seen).toEqual([0]);
    for (const expected of [
      [0, 1],
      [0, 1, 2],
    ]) {
      release?.();
      await settled();
      expect(seen).toEqual(expected);
    }
    release?.();
    await end();
  });
});
