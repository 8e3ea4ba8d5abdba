import type { ExhibitMedia } from '../../media/exhibit-media.ts';
import { streamFrames } from '../../media/decode/stream-frames.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { FrameStore } from './frame-store.ts';
import { readFrameTimes, type FrameTimes } from './frame-times.ts';

export interface OpenStore {
  readonly times: FrameTimes;
  readonly store: FrameStore;
}

/** Bytes of decoded frames kept for each stream and width: some forty 1080p frames, or many small ones. */
const budgetBytes = 256 * 1024 * 1024;

/** One frame store for each stream and width that a window looks at. */
export class FrameStores {
  readonly #toolbox: Toolbox;
  readonly #stores = new Map<string, Promise<OpenStore>>();

  constructor(toolbox: Toolbox) {
    this.#toolbox = toolbox;
  }

  /** The store of a stream at a width, opened when first asked for. `name` tells exhibits of different cases apart. */
  of(name: string, media: ExhibitMedia, stream: number, width: number | 'native'): Promise<OpenStore> {
    const key = `${name} ${stream} ${width}`;
    const known = this.#stores.get(key) ?? this.#open(media, stream, width);
    this.#stores.set(key, known);
    known.catch(() => this.#stores.delete(key));
    return known;
  }

  /** Ends what runs for a case and lets its frames go. */
  async close(namePrefix: string): Promise<void> {
    for (const [key, opening] of [...this.#stores]) {
      if (!key.startsWith(namePrefix)) continue;
      this.#stores.delete(key);
      (await opening.catch(() => undefined))?.store.close();
    }
  }

  async #open(media: ExhibitMedia, stream: number, width: number | 'native'): Promise<OpenStore> {
    const times = await readFrameTimes(media, stream);
    const { pts } = times;
    const store = new FrameStore({
      count: pts.length,
      budgetBytes,
      decode: async (from, to, take, signal) => {
        const [fromPts, toPts] = [pts[from], pts[to]];
        if (fromPts === undefined || toPts === undefined) return;
        // Frames are told apart by their times; where two share one, they come in the order of decoding.
        let next = from;
        await streamFrames(
          { media, toolbox: this.#toolbox, stream, fromPts, toPts, count: to - from + 1, width, signal },
          (frame) => {
            while (next <= to && (pts[next] ?? Infinity) < frame.pts) next += 1;
            if (pts[next] === frame.pts) take(next++, frame);
          },
        );
      },
    });
    return { times, store };
  }
}
