import { ticksToMs } from '../../base/rational.ts';
import type { ExhibitMedia } from '../../media/exhibit-media.ts';
import { streamFrames, type ExpectedFrame } from '../../media/decode/stream-frames.ts';
import { WaitingDecoders } from '../../media/decode/waiting-decoders.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { goesByScript } from '../../media/decode/work-stretch.ts';
import { hashOfFrame, type ExaminedHashes } from './examined-hashes.ts';
import { FrameStore } from './frame-store.ts';
import type { FrameTimeIndex } from './frame-time-index.ts';
import type { FrameTimes } from './frame-times.ts';

export interface OpenStore {
  readonly times: FrameTimes;
  readonly store: FrameStore;
}

/** Bytes of decoded frames kept for each stream and width: some twenty 1080p frames, or many small ones. */
const budgetBytes = 128 * 1024 * 1024;

/** Hashes of an exhibit's frames by an examination, as far as they are known by now; exhibits are called as in `FrameStores.of`. */
type HashesOf = (name: string, stream: number) => ExaminedHashes | undefined;

/** One frame store for each stream and width that a window looks at. */
export class FrameStores {
  readonly #toolbox: Toolbox;
  readonly #times: FrameTimeIndex;
  readonly #hashesOf: HashesOf;
  readonly #stores = new Map<string, Promise<OpenStore>>();
  readonly #waiting: WaitingDecoders;
  #closings = 0;
  /** Exhibits' folders in which a decoder may stand ready, by name. */
  readonly #folders = new Map<string, string>();

  constructor(toolbox: Toolbox, times: FrameTimeIndex, hashesOf: HashesOf = () => undefined) {
    this.#toolbox = toolbox;
    this.#times = times;
    this.#hashesOf = hashesOf;
    this.#waiting = new WaitingDecoders(toolbox);
  }

  /**
   * The store of a stream at a width, opened when first asked for; it knows the frame `index` where there is one. `name` tells
   * exhibits of different cases apart.
   */
  async of(
    name: string,
    media: ExhibitMedia,
    stream: number,
    width: number | 'native',
    index: number,
  ): Promise<OpenStore> {
    const soon = await this.#times.soon(media, stream);
    const isFirst = !soon.isWhole && index < soon.pts.length;
    const times = soon.isWhole || isFirst ? soon : await this.#times.whole(media, stream);
    const key = `${name} ${stream} ${width}${isFirst ? ' first' : ''}`;
    const known = this.#stores.get(key) ?? this.#open(name, media, stream, width, times);
    this.#stores.set(key, known);
    this.#folders.set(name, media.folder);
    if (soon.isWhole) void this.#closeOne(`${key} first`);
    known.catch(() => this.#stores.delete(key));
    return known;
  }

  /** Gets ready for the first look at an exhibit, called by the same name as in `of`. Rejects with what reading it throws. */
  async getReady(name: string, media: ExhibitMedia): Promise<void> {
    const closings = this.#closings;
    const [probe, video] = await Promise.all([media.probe(), media.mainVideo()]);
    // Closed meanwhile: nothing may be started that nobody would end.
    if (probe.status !== 'ok' || video === undefined || closings !== this.#closings) return;
    this.#folders.set(name, media.folder);
    if (goesByScript(probe.value.formatName)) this.#waiting.prepareSoon(media.folder);
    await this.#times.soon(media, video.index);
  }

  /** Ends what runs for a case and lets its frames go. */
  async close(namePrefix: string): Promise<void> {
    this.#closings += 1;
    for (const [key, opening] of [...this.#stores]) {
      if (!key.startsWith(namePrefix)) continue;
      this.#stores.delete(key);
      (await opening.catch(() => undefined))?.store.close();
    }
    for (const [name, folder] of [...this.#folders]) {
      if (!name.startsWith(namePrefix)) continue;
      this.#folders.delete(name);
      this.#waiting.end(folder);
    }
  }

  /** Lets go what the beginning was looked at with, once the whole is known. */
  async #closeOne(key: string): Promise<void> {
    const opening = this.#stores.get(key);
    this.#stores.delete(key);
    (await opening?.catch(() => undefined))?.store.close();
  }

  async #open(
    name: string,
    media: ExhibitMedia,
    stream: number,
    width: number | 'native',
    times: FrameTimes,
  ): Promise<OpenStore> {
    const { pts, key } = times;
    const owner = `${name} ${stream} `;
    const probe = await media.probe();
    const probed = probe.status === 'ok' ? probe.value.streams.find(({ index }) => index === stream) : undefined;
    const expect = (at: number, examined: ExaminedHashes | undefined): ExpectedFrame | undefined => {
      const time = pts[at];
      if (time === undefined || probed === undefined) return undefined;
      const hash = examined && hashOfFrame(examined, at, ticksToMs(time, probed.timeBase));
      return { pts: time, hash };
    };
    const store: FrameStore = new FrameStore({
      count: pts.length,
      budgetBytes,
      onJump: (index) => void this.#giveWay(owner, store, index),
      decode: async (from, to, take, signal, { isUrgent, sketch }) => {
        const [fromPts, toPts] = [pts[from], pts[to]];
        if (fromPts === undefined || toPts === undefined) return;
        const examined = this.#hashesOf(name, stream);
        const keyPts = pts[key.lastIndexOf(true, from)];
        // Frames are told apart by their times; where two share one, they come in the order of decoding.
        let next = from;
        await streamFrames(
          {
            ...{ media, toolbox: this.#toolbox, stream, fromPts, toPts, count: to - from + 1, width, signal },
            ...(isUrgent ? { waiting: this.#waiting } : {}),
            ...(sketch && { sketch }),
            expected: (place) => expect(from + place, examined),
            ...(keyPts === undefined ? {} : { keyPts }),
          },
          (frame) => {
            while (next <= to && (pts[next] ?? Infinity) < frame.pts) next += 1;
            return pts[next] === frame.pts ? take(next++, frame) : undefined;
          },
        );
      },
    });
    return { times, store };
  }

  /** A person has gone elsewhere in a film: what is fetched of it at other sizes, for the old place, would only keep them waiting. */
  async #giveWay(owner: string, asking: FrameStore, index: number): Promise<void> {
    for (const [key, opening] of [...this.#stores]) {
      if (!key.startsWith(owner)) continue;
      const store = (await opening.catch(() => undefined))?.store;
      if (store !== asking) store?.giveWay(index);
    }
  }
}
