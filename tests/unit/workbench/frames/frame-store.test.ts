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

/** A store of 100 frames over a decoder that hands over frames when told, until it is held up. */
function opened(options: { budgetBytes?: number; missing?: number; heldMs?: number; restMs?: number } = {}) {
  const runs: {
    from: number;
    to: number;
    aborted: () => boolean;
    /** The last frame that was handed over. */
    reached: () => number;
    isHeld: () => boolean;
    /** Hands over the smaller picture of the first frame, where it was asked for. */
    sketch: () => void;
    deliver: (upTo?: number) => void;
    end: () => void;
  }[] = [];
  const store = new FrameStore({
    count: 100,
    budgetBytes: options.budgetBytes ?? 10_000,
    restMs: options.restMs ?? 0,
    ...(options.heldMs === undefined ? {} : { heldMs: options.heldMs }),
    decode: (from, to, take, signal, { sketch }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('ended')));
        let next = from;
        let held: Promise<void> | undefined;
        runs.push({
          from,
          to,
          aborted: () => signal.aborted,
          reached: () => next - 1,
          isHeld: () => held !== undefined,
          sketch: () => sketch?.take({ ...frame(from), width: sketch.width }),
          deliver: (upTo = to) => {
            while (next <= upTo && held === undefined) {
              const index = next++;
              const holds = index === options.missing ? undefined : take(index, frame(index));
              held = holds?.then(() => void (held = undefined));
            }
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
    expect(runs[0]).toMatchObject({ from: 50 });
    runs[0]?.deliver(50);
    expect((await asked)?.hash).toBe('h50');
  });

  it('does not decode again what it has', async () => {
    const { store, runs } = opened();
    const asked = store.get(50);
    runs[0]?.deliver();
    await asked;
    expect((await store.get(60))?.hash).toBe('h60');
    expect(runs.filter(({ from, to }) => from <= 60 && to >= 60)).toHaveLength(1);
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

  it('does not give way while somebody waits here too, but as soon as they are gone', async () => {
    const { store, runs } = opened();
    const abort = new AbortController();
    const asked = store.get(10, false, abort.signal);
    store.giveWay(99);
    expect(runs[0]?.aborted()).toBe(false);
    abort.abort();
    expect(await asked).toBeUndefined();
    expect(runs[0]?.aborted()).toBe(true);
  });

  it('fetches what lies before a place only once a person has stayed there for a moment', async () => {
    const { store, runs } = opened({ restMs: 30 });
    const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const asked = store.get(50);
    runs[0]?.deliver();
    await asked;
    store.giveWay(0);
    await rest(60);
    expect(runs).toHaveLength(1);
    const again = store.get(20);
    runs[1]?.deliver();
    await again;
    expect(runs).toHaveLength(2);
    await rest(60);
    expect(runs[2]).toMatchObject({ from: 8, to: 19 });
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
          runs.push({ from, deliver: () => range(from, to).forEach((i) => void take(i, frame(i))), end: resolve });
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

  it('gives nothing for such a frame while the run is only held up, too', async () => {
    const { store, runs } = opened({ missing: 52 });
    void store.get(50);
    const asked = store.get(52);
    runs[0]?.deliver();
    expect(runs[0]?.isHeld()).toBe(true);
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
    expect(runs).toHaveLength(1);
    runs[0]?.deliver();
    await asked;
    expect(runs[0]?.isHeld()).toBe(true);
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

  it('makes a smaller picture on the way to a frame, keeps the frame, and goes on once it is asked for', async () => {
    const { store, runs } = opened();
    const asked = store.sketch(50, 7);
    runs[0]?.sketch();
    expect(await asked).toMatchObject({ width: 7, hash: 'h50' });
    runs[0]?.deliver();
    expect(runs[0]?.reached()).toBe(50);
    expect((await store.get(50))?.width).toBe(1);
    await Promise.resolve();
    runs[0]?.deliver();
    expect(runs[0]?.reached()).toBe(78);
    expect(runs[0]).toMatchObject({ from: 50, to: 99 });
    // What is there, or coming, is not made again.
    expect(await store.sketch(60, 7)).toBeUndefined();
    expect(runs.filter(({ from }) => from >= 50)).toHaveLength(1);
  });

  it('makes a smaller picture anew where its run gave way to others', async () => {
    const { store, runs } = opened({ restMs: 10_000 });
    const first = store.sketch(5, 7);
    void store.sketch(50, 7);
    const last = store.sketch(90, 7);
    expect(runs.map(({ aborted }) => aborted())).toEqual([true, false, false]);
    runs[2]?.sketch();
    expect((await last)?.hash).toBe('h90');
    runs[1]?.end();
    await new Promise((resolve) => setTimeout(resolve));
    expect(runs[3]).toMatchObject({ from: 5 });
    runs[3]?.sketch();
    expect(await first).toMatchObject({ width: 7, hash: 'h5' });
  });

  it('makes no smaller picture where the frame comes without, nobody waits any more, or a person has jumped on', async () => {
    const { store, runs } = opened({ restMs: 10_000 });
    const without = store.sketch(50, 7);
    runs[0]?.deliver();
    expect(await without).toBeUndefined();
    const abort = new AbortController();
    const given = store.sketch(5, 7, abort.signal);
    expect(runs[0]?.aborted()).toBe(true);
    abort.abort();
    expect(await given).toBeUndefined();
    const sketched = store.sketch(90, 7);
    runs.at(-1)?.sketch();
    await sketched;
    void store.sketch(20, 7);
    expect(runs.map(({ aborted }) => aborted())).toEqual([true, true, true, false]);
  });

  it('holds a run up some frames ahead, and lets it go on as the person does', async () => {
    const { store, runs } = opened();
    const asked = store.get(10);
    runs[0]?.deliver();
    await asked;
    expect(runs[0]?.reached()).toBe(38);
    for (let index = 11; index <= 60; index++) {
      expect((await store.get(index))?.hash).toBe(`h${index}`);
      await Promise.resolve();
      runs[0]?.deliver();
      expect(runs[0]?.reached()).toBe(Math.min(99, index + 28));
    }
    // The frames before the first place were fetched meanwhile; no decoder was started anew for those after it.
    expect(runs.map(({ from, to }) => [from, to])).toEqual([
      [10, 99],
      [0, 9],
    ]);
  });

  it('does not keep a run for ever that is held up, nor one from which the person has gone', async () => {
    const { store, runs } = opened({ heldMs: 30 });
    void store.get(10);
    runs[0]?.deliver();
    expect(runs[0]?.aborted()).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(runs[0]?.aborted()).toBe(true);

    const away = opened();
    void away.store.get(10);
    away.runs[0]?.deliver();
    void away.store.get(60);
    expect(away.runs[0]?.aborted()).toBe(true);
  });

  it('fetches fewer large frames at a time', async () => {
    const reached: number[] = [];
    const store = new FrameStore({
      restMs: 0,
      count: 1000,
      budgetBytes: 64 << 20,
      decode: async (from, to, take) => {
        for (let at = from; at <= to; at++) {
          reached.push(at);
          const held = take(at, frame(at, 6_000_000));
          if (held !== undefined) return held;
        }
      },
    });
    await store.get(50);
    await new Promise((resolve) => setTimeout(resolve));
    expect(reached).toEqual([...range(50, 59), ...range(45, 49)]);
  });
});
