import { describe, expect, it } from 'vitest';
import type { LoadedPicture } from '../../../../../renderer/workspace/viewers/fetch-pictures.ts';
import { PictureLoader } from '../../../../../renderer/workspace/viewers/picture-loader.ts';

const source = { folder: '/case', exhibit: 'E001', stream: 0 };

interface Call {
  readonly first: number;
  readonly count: number;
  readonly width: number | 'native';
  /** Width that is told to be asked for next. */
  readonly then: number | 'native' | undefined;
  readonly isGivenUp: () => boolean;
  readonly answer: (missing?: number) => Promise<void>;
}

function opened(budgetBytes = 10_000) {
  const calls: Call[] = [];
  const loader = new PictureLoader(
    (_, width, first, count, then, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('given up')));
        calls.push({
          ...{ first, count, width, then, isGivenUp: () => signal?.aborted === true },
          answer: async (missing) => {
            const numbers = Array.from({ length: count }, (_, i) => first + i).filter((index) => index !== missing);
            resolve(numbers.map(picture));
            await new Promise((done) => setTimeout(done));
          },
        });
      }),
    budgetBytes,
  );
  return { loader, calls };
}

const picture = (index: number): LoadedPicture => ({
  ...{ width: 1, height: 1, orientation: 1, rgb: new Uint8Array(100) },
  frame: { index, timeMs: index * 40, key: false, hash: `h${index}` },
});

const wish = (index: number, more: { direction?: 1 | -1; ahead?: number; width?: number | 'native' } = {}) =>
  ({ source, width: 640, index, direction: 1, ahead: 4, total: 100, ...more }) as const;

describe('PictureLoader', () => {
  it('fetches what is looked at before what may be looked at next', async () => {
    const { loader, calls } = opened();
    loader.want('a', wish(10));
    expect(calls.map(({ first, count }) => [first, count])).toEqual([
      [10, 1],
      [11, 3],
    ]);
    expect(loader.state(source, 640, 10).state).toBe('coming');
    await calls[0]?.answer();
    expect(loader.state(source, 640, 10).state).toBe('ready');
    await calls[1]?.answer();
    expect(calls.at(-1)).toMatchObject({ first: 14, count: 1 });
  });

  it('shows a small picture first where a person jumps to, and the large one once they stay', async () => {
    const { loader, calls } = opened();
    const large = (index: number) => ({ ...wish(index, { width: 1472, ahead: 0 }), quick: 640 });
    loader.want('a', large(10));
    expect(calls.map(({ first, width, then }) => [first, width, then])).toEqual([[10, 640, 1472]]);
    await calls[0]?.answer();
    expect(loader.state(source, 640, 10).state).toBe('ready');
    // The person goes on at once: no large picture of the place in between.
    loader.want('a', large(50));
    expect(calls.map(({ first, width }) => [first, width])).toEqual([
      [10, 640],
      [50, 640],
    ]);
    await calls[1]?.answer();
    await new Promise((done) => setTimeout(done, 200));
    expect(calls.at(-1)).toMatchObject({ first: 50, width: 1472, then: undefined });
    await calls[2]?.answer();
    // One step on, the large one comes at once.
    loader.want('a', large(51));
    expect(calls.at(-1)).toMatchObject({ first: 51, width: 1472 });
  });

  it('gives up what is on its way for a place that the person has left, and asks again when they are back', async () => {
    const { loader, calls } = opened();
    loader.want('a', wish(10));
    await calls[0]?.answer();
    expect(calls[1]).toMatchObject({ first: 11, count: 3 });
    loader.want('a', wish(12));
    expect(calls[1]?.isGivenUp()).toBe(false);
    loader.want('a', wish(80, { ahead: 0 }));
    expect(calls[1]?.isGivenUp()).toBe(true);
    await calls[2]?.answer();
    loader.want('a', wish(11, { ahead: 0 }));
    expect(loader.state(source, 640, 11).state).toBe('coming');
    expect(calls.at(-1)).toMatchObject({ first: 11, count: 1 });
  });

  it('fetches large pictures ahead one by one', async () => {
    const { loader, calls } = opened();
    loader.want('a', wish(10, { width: 1120 }));
    await calls[0]?.answer();
    expect(calls.map(({ first, count }) => [first, count])).toEqual([
      [10, 1],
      [11, 1],
    ]);
  });

  it('fetches backwards for a person who goes backwards', () => {
    const { loader, calls } = opened();
    loader.want('a', wish(2, { direction: -1, ahead: 8 }));
    expect(calls.map(({ first, count }) => [first, count])).toEqual([
      [2, 1],
      [0, 2],
    ]);
  });

  it('asks for nothing twice, whoever wants it', async () => {
    const { loader, calls } = opened();
    loader.want('a', wish(10, { ahead: 0 }));
    loader.want('b', wish(10, { ahead: 0 }));
    expect(calls).toHaveLength(1);
    await calls[0]?.answer();
    loader.want('b', wish(10, { ahead: 0 }));
    expect(calls).toHaveLength(1);
  });

  it('drops wishes that are gone instead of fetching them late', async () => {
    const { loader, calls } = opened();
    for (let index = 0; index < 20; index += 1) loader.want('a', wish(index, { ahead: 0 }));
    expect(calls.length).toBeLessThanOrEqual(3);
    await calls[0]?.answer();
    expect(calls.at(-1)?.first).toBe(19);
  });

  it('says that a frame is not there, and tries again when asked to', async () => {
    const { loader, calls } = opened();
    loader.want('a', wish(10, { ahead: 0 }));
    await calls[0]?.answer(10);
    expect(loader.state(source, 640, 10).state).toBe('failed');
    loader.retry();
    await calls[1]?.answer();
    expect(loader.state(source, 640, 10).state).toBe('ready');
  });

  it('keeps within its bytes', async () => {
    const { loader, calls } = opened(250);
    for (const index of [1, 2, 3]) {
      loader.want('a', wish(index, { ahead: 0 }));
      await calls.at(-1)?.answer();
    }
    expect([1, 2, 3].map((index) => loader.state(source, 640, index).state)).toEqual(['coming', 'ready', 'ready']);
  });
});
