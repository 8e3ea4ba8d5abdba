import { describe, expect, it } from 'vitest';
import { LensCache, type SeenThroughLens } from '../../../../src/workbench/frames/lens-cache.ts';

const seen = (bytes: number): SeenThroughLens => ({
  frame: null,
  shown: {
    ...{ width: 1, height: 1, channels: 1, data: new Uint8Array(bytes) },
    legend: { max: 255, unit: 'levels', label: 'level' },
  },
});

describe('LensCache', () => {
  it('works out once what several ask for at a time', async () => {
    const cache = new LensCache();
    let made = 0;
    const make = () => Promise.resolve(seen(++made));
    const [first, second] = await Promise.all([cache.get('a', make), cache.get('a', make)]);
    expect(first).toBe(second);
    await cache.get('a', make);
    expect(made).toBe(1);
  });

  it('tries again what failed', async () => {
    const cache = new LensCache();
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await cache.get('a', () => Promise.resolve(seen(3)))).shown.data).toHaveLength(3);
  });

  it('lets go of what was seen longest ago, and of what belongs to a closed case', async () => {
    const cache = new LensCache();
    let made = 0;
    const make = (bytes: number) => () => {
      made += 1;
      return Promise.resolve(seen(bytes));
    };
    await cache.get('/one a', make(40 * 1024 * 1024));
    await cache.get('/two b', make(40 * 1024 * 1024));
    await cache.get('/one a', make(1));
    expect(made).toBe(3);
    cache.close('/one ');
    await cache.get('/one a', make(1));
    expect(made).toBe(4);
  });
});
