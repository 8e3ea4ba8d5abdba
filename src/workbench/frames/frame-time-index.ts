import type { ExhibitMedia } from '../../media/exhibit-media.ts';
import { readFirstPackets } from '../../media/read-first-packets.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { frameTimesOf, readFrameTimes, type FrameTimes } from './frame-times.ts';

/** Frame times, and whether they are all that there are. */
export interface KnownTimes extends FrameTimes {
  readonly isWhole: boolean;
}

/** Below this size the whole index is there as soon as the beginning of it. */
const usualSmallBytes = 64 * 1024 * 1024;
/** Packets of all streams that the beginning is read from. */
const firstPackets = 1500;
/** Last frames of the beginning that are left out: a packet behind them may be shown before them. */
const unsureFrames = 40;

/**
 * Frame times of a window's exhibits. The beginning of a long film is known long before its whole index, and frame numbers are
 * the same in both: a film of two hours opens as fast as one of a minute.
 */
export class FrameTimeIndex {
  readonly #toolbox: Toolbox;
  readonly #smallBytes: number;
  readonly #known = new WeakMap<ExhibitMedia, { isWhole: boolean; readonly first: Map<number, Promise<FrameTimes>> }>();

  constructor(toolbox: Toolbox, smallBytes = usualSmallBytes) {
    this.#toolbox = toolbox;
    this.#smallBytes = smallBytes;
  }

  /** True once all packets of an exhibit are known. */
  isWhole(media: ExhibitMedia): boolean {
    return this.#entry(media).isWhole;
  }

  /** All frame times of a stream. */
  async whole(media: ExhibitMedia, stream: number): Promise<FrameTimes> {
    const entry = this.#entry(media);
    try {
      return await readFrameTimes(media, stream);
    } finally {
      entry.isWhole = true;
    }
  }

  /**
   * Frame times as soon as there are some: those of the beginning of a long film whose whole index is not there yet. Reading
   * the rest is left until someone asks for it, so that the first picture need not share the processor with it.
   */
  async soon(media: ExhibitMedia, stream: number): Promise<KnownTimes> {
    const entry = this.#entry(media);
    const whole = async (): Promise<KnownTimes> => ({ ...(await this.whole(media, stream)), isWhole: true });
    if (entry.isWhole || media.bytes.sizeBytes < this.#smallBytes) return whole();
    const beginning =
      entry.first.get(stream) ??
      readFirstPackets(this.#toolbox, media, firstPackets).then((all) => firstTimes(all, stream));
    entry.first.set(stream, beginning);
    const first = await beginning.catch(() => undefined);
    return first === undefined || first.pts.length === 0 ? whole() : { ...first, isWhole: false };
  }

  #entry(media: ExhibitMedia) {
    const known = this.#known.get(media) ?? { isWhole: false, first: new Map<number, Promise<FrameTimes>>() };
    this.#known.set(media, known);
    return known;
  }
}

function firstTimes(streams: Awaited<ReturnType<typeof readFirstPackets>>, stream: number): FrameTimes {
  const own = streams.find((one) => one.stream === stream);
  if (own === undefined) return { pts: [], key: [] };
  const { pts, key } = frameTimesOf(own);
  const sure = Math.max(0, pts.length - unsureFrames);
  return { pts: pts.slice(0, sure), key: key.slice(0, sure) };
}
