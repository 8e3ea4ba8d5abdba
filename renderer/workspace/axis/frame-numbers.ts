import { frameIndex } from '../../../src/contract/window-operations.ts';
import { call } from '../../api/call.ts';
import { sampleAt } from './draw-series.ts';

interface Page {
  readonly from: number;
  readonly timesMs: readonly number[];
  readonly isLast: boolean;
}

const pageSize = 2048;
const pagesKept = 16;

/** Frame numbers of moments: asked for by the page as the cursor comes there. */
export class FrameNumbers {
  readonly #folder: string;
  readonly #exhibit: string;
  readonly #onArrival: () => void;
  #pages: readonly Page[] = [];
  #isAsking = false;
  #hasNone = false;

  constructor(folder: string, exhibit: string, onArrival: () => void) {
    this.#folder = folder;
    this.#exhibit = exhibit;
    this.#onArrival = onArrival;
  }

  /** Number of the frame that is shown at a moment; undefined where it is not known yet, or there are no frames. */
  at(ms: number): number | undefined {
    for (const { from, timesMs, isLast } of this.#pages) {
      const at = sampleAt(timesMs, ms);
      // Past the end of a page the next one may begin before that moment.
      if (at >= 0 && (at < timesMs.length - 1 || isLast)) return from + at;
      if (at < 0 && from === 0) return 0;
    }
    void this.#ask(ms);
    return undefined;
  }

  async #ask(ms: number): Promise<void> {
    if (this.#isAsking || this.#hasNone) return;
    this.#isAsking = true;
    try {
      const input = { folder: this.#folder, exhibit: this.#exhibit, from: 0, atMs: ms, count: pageSize };
      const { total, from, timesMs } = await call(frameIndex, input);
      const page = { from, timesMs: timesMs.map((at) => at ?? NaN), isLast: from + timesMs.length >= (total ?? 0) };
      this.#hasNone = timesMs.length === 0;
      if (!this.#hasNone) this.#pages = [page, ...this.#pages].slice(0, pagesKept);
    } catch {
      // Without frame numbers the axis is as useful; the viewers say what is wrong.
      this.#hasNone = true;
    }
    this.#isAsking = false;
    this.#onArrival();
  }
}
