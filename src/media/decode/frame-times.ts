/**
 * Presentation times by decode index, as they arrive. Whoever has a frame waits for its time, which ffmpeg writes before the
 * frame itself; a time that never comes (the run was stopped) is null.
 */
export class FrameTimes {
  #times = new Float64Array(1024);
  #count = 0;
  #ended = false;
  readonly #waiting = new Map<number, ((pts: number | null) => void)[]>();

  get count(): number {
    return this.#count;
  }

  add(pts: number | null): void {
    if (this.#count === this.#times.length) {
      const grown = new Float64Array(this.#times.length * 2);
      grown.set(this.#times);
      this.#times = grown;
    }
    this.#times[this.#count] = pts ?? NaN;
    this.#settle(this.#count, pts);
    this.#count += 1;
  }

  end(): void {
    this.#ended = true;
    for (const index of [...this.#waiting.keys()]) this.#settle(index, null);
  }

  /** Time of the frame with this decode index; at once where it is known. */
  at(index: number): number | null | Promise<number | null> {
    if (index < this.#count) {
      const pts = this.#times[index] ?? NaN;
      return Number.isNaN(pts) ? null : pts;
    }
    if (this.#ended) return null;
    return new Promise((resolve) => {
      this.#waiting.set(index, [...(this.#waiting.get(index) ?? []), resolve]);
    });
  }

  #settle(index: number, pts: number | null): void {
    for (const resolve of this.#waiting.get(index) ?? []) resolve(pts);
    this.#waiting.delete(index);
  }
}
