import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTime } from '../../../../renderer/state/time.ts';

describe('steps of the cursor', () => {
  let frames: (() => void)[] = [];

  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
    useTime.getState().cover({ startMs: 0, endMs: 1000 });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are drawn together, once for each picture of the screen', () => {
    const seen: number[] = [];
    const stop = useTime.subscribe(({ cursorMs }, before) => {
      if (cursorMs !== before.cursorMs) seen.push(cursorMs);
    });
    for (let ms = 40; ms <= 400; ms += 40) useTime.getState().stepTo(ms);
    expect(useTime.getState()).toMatchObject({ cursorMs: 0, headingMs: 400 });
    expect(frames).toHaveLength(1);
    frames[0]?.();
    stop();
    expect(seen).toEqual([400]);
    expect(useTime.getState().headingMs).toBeNull();
  });

  it('stay within the exhibit, and give way to a place that was chosen since', () => {
    useTime.getState().stepTo(5000);
    expect(useTime.getState().headingMs).toBe(1000);
    useTime.getState().moveTo(120);
    frames[0]?.();
    expect(useTime.getState().cursorMs).toBe(120);
  });
});
