import { describe, expect, it } from 'vitest';
import type { SeenFrame } from '../../../../src/media/decode/stream-frames.ts';
import { FrameStore } from '../../../../src/workbench/frames/frame-store.ts';

const frame = (index: number, bytes = 10): SeenFrame => ({
  width: 1,
  height: 1,
  pts: index * 40,
  hash: `h${index}`,
  rgb: new Uint8Array(bytes).fill(index),
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A store of 100 frames over a decoder that hands over frames when told. */
function opened(options: { budgetBytes?: number; missing?: number } = {}) {
  const runs: {
    from: number;
    to: number;
    aborted: () => boolean;
    deliver: (upTo?: number) => void;
    end: () => void;
  }[] = [];
  const store = new FrameStore({
    count: 100,
    budgetBytes: options.budgetBytes ?? 10_000,
    decode: (from, to, take, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('ended')));
        runs.push({
          from,
          to,
          aborted: () => signal.aborted,
          deliver: (upTo = to) => {
            for (let i = from; i <= upTo; i++) if (i !== options.missing) take(i, frame(i));
          },
          end: () => resolve(),
        });
      }),
  });
  return { store, runs };
}

describe('FrameStore', () => {
  it('answers as soon as the frame is there, before the run has ended', async () => {
    const { store, runs } = opened();
    const asked = store.get(50);
    expect(runs[0]).toMatchObject({ from: 50, to: 78 });
    runs[0]?.deliver(50);
    expect((await asked)?.hash).toBe('h50');
  });

  it('does not decode again what it has', async () => {
    const { store, runs } = opened();
    const asked = store.get(50);
    runs[0]?.deliver();
    await asked;
    expect((await store.get(60))?.hash).toBe('h60');
    expect(runs).toHaveLength(1);
  });

  it('waits for a frame that is on its way instead of starting anew', async () => {
    const { store, runs } = opened();
    void store.get(50);
    const later = store.get(55);
    expect(runs).toHaveLength(1);
    runs[0]?.deliver();
    expect((await later)?.hash).toBe('h55');
  });

  it('leaves a run that nobody waits for when the person jumps elsewhere', async () => {
    const { store, runs } = opened();
    const first = store.get(50);
    runs[0]?.deliver(50);
    await first;
    const jumped = store.get(5);
    expect(runs[0]?.aborted()).toBe(true);
    runs[1]?.deliver();
    expect((await jumped)?.hash).toBe('h5');
  });

  it('counts nobody as waiting who has given up', async () => {
    const { store, runs } = opened();
    const abort = new AbortController();
    const first = store.get(50, false, abort.signal);
    abort.abort();
    expect(await first).toBeUndefined();
    void store.get(5);
    expect(runs.map(({ aborted }) => aborted())).toEqual([true, false]);
  });

  it('gives way to somebody who waits for the same film elsewhere, but not to who looks nearby', () => {
    const { store, runs } = opened();
    void store.get(10);
    runs[0]?.deliver(10);
    store.giveWay(40);
    expect(runs[0]?.aborted()).toBe(false);
    store.giveWay(99);
    expect(runs[0]?.aborted()).toBe(true);
  });

  it('does not give way while somebody waits here too', () => {
    const { store, runs } = opened();
    void store.get(10);
    store.giveWay(99);
    expect(runs[0]?.aborted()).toBe(false);
  });

  it('does not let the one who asked last stand behind two others', async () => {
    const { store, runs } = opened();
    const first = store.get(5);
    void store.get(50);
    const last = store.get(90);
    expect(runs.map(({ aborted }) => aborted())).toEqual([true, false, false]);
    runs[2]?.deliver();
    expect((await last)?.hash).toBe('h90');
    runs[2]?.end();
    await new Promise((resolve) => setTimeout(resolve));
    runs[3]?.deliver();
    expect((await first)?.hash).toBe('h5');
  });

  it('is not held up by a decoder that does not end when it is told to', async () => {
    const runs: { from: number; deliver: () => void; end: () => void }[] = [];
    const store = new FrameStore({
      count: 1000,
      budgetBytes: 10_000,
      decode: (from, to, take) =>
        new Promise((resolve) => {
          runs.push({ from, deliver: () => range(from, to).forEach((i) => take(i, frame(i))), end: resolve });
        }),
    });
    const asked = [100, 200, 300, 400].map((index) => store.get(index));
    // The last two run; those before were told to end and never do.
    for (let i = 2; i < 6; i++) {
      runs[i]?.deliver();
      runs[i]?.end();
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect((await Promise.all(asked)).map((one) => one?.hash)).toEqual(['h100', 'h200', 'h300', 'h400']);
  });

  it('gives nothing for a frame that the decoder did not put out', async () => {
    const { store, runs } = opened({ missing: 50 });
    const asked = store.get(50);
    runs[0]?.deliver();
    runs[0]?.end();
    expect(await asked).toBeUndefined();
  });

  it('lets go of what was seen longest ago when the budget is spent', async () => {
    const { store, runs } = opened({ budgetBytes: 100 });
    const asked = store.get(50);
    runs[0]?.deliver();
    await asked;
    void store.get(50);
    expect(runs).toHaveLength(2);
  });

  it('fetches what lies before a place once nobody waits, and up to the frame when a person steps back', async () => {
    const { store, runs } = opened();
    const asked = store.get(50);
    runs[0]?.deliver();
    await asked;
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    await new Promise((resolve) => setTimeout(resolve));
    expect(runs[1]).toMatchObject({ from: 38, to: 49 });
    runs[1]?.deliver();
    runs[1]?.end();
    await new Promise((resolve) => setTimeout(resolve));
    // What was fetched without being asked for fetches no more.
    expect(runs).toHaveLength(2);
    expect((await store.get(44))?.hash).toBe('h44');
    const stepped = store.get(37);
    expect(runs[2]).toMatchObject({ from: 25, to: 37 });
    runs[2]?.deliver();
    expect((await stepped)?.hash).toBe('h37');
  });

  it('ends what it fetched without being asked when a person jumps elsewhere', async () => {
    const { store, runs } = opened();
    const asked = store.get(50);
    runs[0]?.deliver();
    await asked;
    runs[0]?.end();
    await new Promise((resolve) => setTimeout(resolve));
    void store.get(5);
    expect(runs[1]?.aborted()).toBe(true);
    expect(runs[2]).toMatchObject({ from: 5 });
  });

  it('decodes one frame and no other where it is wanted alone', async () => {
    const { store, runs } = opened();
    const asked = store.get(50, true);
    expect(runs[0]).toMatchObject({ from: 50, to: 50 });
    runs[0]?.deliver();
    runs[0]?.end();
    expect((await asked)?.hash).toBe('h50');
    await new Promise((resolve) => setTimeout(resolve));
    expect(runs).toHaveLength(1);
  });

  it('fetches fewer large frames at a time', async () => {
    const runs: { from: number; to: number }[] = [];
    const store = new FrameStore({
      count: 1000,
      budgetBytes: 64 << 20,
      decode: (from, to, take) => {
        runs.push({ from, to });
        take(from, frame(from, 6_000_000));
        return new Promise(() => undefined);
      },
    });
    await store.get(50);
    await store.get(500);
    expect(runs.map(({ from, to }) => to - from)).toEqual([28, 9]);
  });
});
