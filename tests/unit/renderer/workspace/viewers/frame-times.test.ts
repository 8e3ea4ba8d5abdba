import { describe, expect, it } from 'vitest';
import { framesOnPage, FrameTimes, type FramePage } from '../../../../../renderer/workspace/viewers/frame-times.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A film of so many frames, 40 ms each, a key frame every 100. */
function film(total: number) {
  const asked: { from: number; atMs?: number }[] = [];
  const times = new FrameTimes(({ from: wanted, atMs, count }) => {
    asked.push({ from: wanted, ...(atMs === undefined ? {} : { atMs }) });
    const at = atMs === undefined ? wanted : Math.min(total - 1, Math.floor(atMs / 40));
    const from = at - (at % count);
    const numbers = Array.from({ length: Math.min(count, total - from) }, (_, i) => from + i);
    const page: FramePage = {
      ...{ total, from, examined: true },
      timesMs: numbers.map((index) => index * 40),
      key: numbers.map((index) => index % 100 === 0),
      hashes: numbers.map((index) => (index === 7 ? null : `h${index}`)),
      keyBefore: from === 0 ? null : Math.floor((from - 1) / 100) * 100,
      keyAfter: Math.ceil((from + numbers.length) / 100) * 100,
    };
    return Promise.resolve(page);
  });
  return { times, asked };
}

describe('FrameTimes', () => {
  it('finds the frame that is shown at a time', async () => {
    const { times } = film(500);
    expect(times.when(0)).toBeUndefined();
    await settled();
    expect([0, 39.9, 40, 119.999, 1e9, -5].map((ms) => times.when(ms)?.index)).toEqual([0, 0, 1, 3, 499, 0]);
  });

  it('finds a frame by its own time however the time was rounded', async () => {
    const { times } = film(5000);
    times.when(0);
    await settled();
    for (let index = 0; index < framesOnPage; index += 1)
      expect(times.when(Math.round(index * 40 * 1e3) / 1e3 - 0.001)?.index).toBe(index);
  });

  it('asks for the part of a long film that is looked at, and its neighbours, no more', async () => {
    const { times, asked } = film(200_000);
    expect(times.when(4_000_000)).toBeUndefined();
    await settled();
    expect(times.when(4_000_000)?.index).toBe(100_000);
    expect(asked).toHaveLength(3);
    const edge = Math.floor(100_000 / framesOnPage) * framesOnPage;
    expect(times.when(edge * 40 - 1)?.index).toBe(edge - 1);
    expect(asked).toHaveLength(3);
  });

  it('shows the beginning of a long film before its whole index is there, and the whole of it then', async () => {
    const page = (total: number | null, count: number): FramePage => ({
      ...{ total, from: 0, examined: false, keyBefore: null, keyAfter: null },
      timesMs: Array.from({ length: count }, (_, i) => i * 40),
      key: Array.from({ length: count }, () => false),
      hashes: Array.from({ length: count }, () => null),
    });
    let tellWhole: (page: FramePage) => void = () => undefined;
    const asked: boolean[] = [];
    const times = new FrameTimes(({ soon }) => {
      asked.push(soon === true);
      return soon === true ? Promise.resolve(page(null, 100)) : new Promise((resolve) => (tellWhole = resolve));
    }, 0);
    times.when(0);
    await settled();
    expect([times.when(0)?.index, times.total, times.reach, times.at(99)?.index]).toEqual([0, null, 100, 99]);
    expect(times.at(100)).toBeUndefined();
    tellWhole(page(180_000, framesOnPage));
    await settled();
    expect([times.total, times.reach, times.at(100)?.index]).toEqual([180_000, 180_000, 100]);
    expect(asked.slice(0, 2)).toEqual([true, false]);
  });

  it('steps to key frames on the page and beyond it', async () => {
    const { times } = film(10_000);
    times.when(0);
    await settled();
    expect([times.keyFrom(150, 1), times.keyFrom(150, -1), times.keyFrom(100, -1), times.keyFrom(0, -1)]).toEqual([
      200,
      100,
      0,
      undefined,
    ]);
    expect(times.keyFrom(framesOnPage - 1, 1)).toBe(2100);
  });

  it('tells a frame that the whole decode did not give from one that nobody examined', async () => {
    const { times } = film(500);
    times.when(0);
    await settled();
    expect(times.at(6)?.examinedHash).toBe('h6');
    expect(times.at(7)?.examinedHash).toBeNull();
  });
});
