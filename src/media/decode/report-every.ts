import type { Progress } from '../../base/progress.ts';

/** Where a decode stands: the furthest presentation time that any stream reached. */
export interface DecodeProgress {
  /** A frame at this presentation time was read. */
  readonly at: (timeMs: number) => void;
  /** So many seconds of sound were read. */
  readonly seconds: (seconds: number) => void;
}

/** Tells progress in steps of at least a hundredth of the length (or of a second, where the length is unknown). */
export function reportEvery(progress: Progress, startMs: number, durationMs: number | null): DecodeProgress {
  const stepMs = durationMs === null || durationMs <= 0 ? 1000 : Math.max(durationMs / 100, 100);
  let toldMs = 0;
  const reach = (doneMs: number): void => {
    if (doneMs < toldMs + stepMs) return;
    toldMs = doneMs;
    const total = durationMs === null || durationMs <= 0 ? {} : { total: Math.round(Math.max(durationMs, doneMs)) };
    progress({ stage: 'decode', done: Math.round(doneMs), ...total, unit: 'ms' });
  };
  return {
    at: (timeMs) => {
      reach(timeMs - startMs);
    },
    seconds: (seconds) => {
      reach(seconds * 1000);
    },
  };
}
