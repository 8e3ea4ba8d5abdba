import type { Frame } from '../../media/taps.ts';

/** A small copy of one decoded frame. */
export interface SampledFrame {
  readonly index: number;
  readonly pts: number | null;
  readonly width: number;
  readonly height: number;
  /** yuv420p. */
  readonly data: Uint8Array;
}

/** Copies a frame, whose buffer is only lent. */
function copyOf(frame: Frame): SampledFrame {
  const { index, pts, width, height, data } = frame;
  return { index, pts, width, height, data: data.slice() };
}

/**
 * Frames at a regular distance from a recording whose length nobody knows beforehand: every frame first, and whenever `most`
 * are held, every other one is let go and the distance doubles. Holds at most `most` frames, and at least half as many once
 * it has seen that many.
 */
export class RegularSampler {
  readonly #most: number;
  #step = 1;
  #kept: SampledFrame[] = [];

  constructor(most: number) {
    this.#most = Math.max(2, most);
  }

  take(frame: Frame): void {
    if (frame.index % this.#step !== 0) return;
    if (this.#kept.length === this.#most) {
      this.#step *= 2;
      this.#kept = this.#kept.filter(({ index }) => index % this.#step === 0);
      if (frame.index % this.#step !== 0) return;
    }
    this.#kept.push(copyOf(frame));
  }

  frames(): readonly SampledFrame[] {
    return this.#kept;
  }
}

/** The frames with the highest scores, at most so many; of equal scores the earlier frame stays. */
export class HighestScores {
  readonly #most: number;
  #kept: { readonly frame: SampledFrame; readonly score: number }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  take(frame: Frame, score: number): void {
    if (this.#most === 0) return;
    const lowest = this.#kept.at(-1);
    if (this.#kept.length === this.#most && lowest !== undefined && score <= lowest.score) return;
    this.#kept.push({ frame: copyOf(frame), score });
    this.#kept.sort((a, b) => b.score - a.score || a.frame.index - b.frame.index);
    this.#kept = this.#kept.slice(0, this.#most);
  }

  frames(): readonly SampledFrame[] {
    return this.#kept.map(({ frame }) => frame);
  }
}
