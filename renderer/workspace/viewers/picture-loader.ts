import { ByteCache } from './frame-cache.ts';
import type { fetchPictures, LoadedPicture, PictureSource } from './fetch-pictures.ts';

/** What one viewer looks at now. */
export interface Wish {
  readonly source: PictureSource;
  readonly width: number | 'native';
  readonly index: number;
  /** Way in which the person goes through the frames: frames that way are fetched before they are asked for. */
  readonly direction: 1 | -1;
  /** How many frames that way; 0 where nothing should be fetched ahead. */
  readonly ahead: number;
  /** Frames that there are. */
  readonly total: number;
  /** A small width that is there sooner: shown first where a person has jumped to. */
  readonly quick?: number | undefined;
}

export type LoadState =
  | { readonly state: 'ready'; readonly picture: LoadedPicture }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'coming' };

interface Errand {
  readonly abort: AbortController;
  readonly wish: Wish;
  readonly first: number;
  readonly count: number;
  readonly urgent: boolean;
  /** For a small picture of one frame, shown until the one of the wished width is there: that width. */
  readonly then?: number | 'native';
}

const mostErrands = 3;
const mostAheadErrands = 1;
/** Frames fetched ahead at once, where they are small: more keep the way to the engine busy when the person turns round. */
const aheadAtOnce = { small: 3, large: 1 };
/** Up to this width three frames are some two megabytes. */
const smallWidth = 640;
/** Frames within which two places are one: a person who steps gets there. */
const nearFrames = 24;
/** A person who goes on within this time, in ms, is not shown the large picture in between. */
const restMs = 120;

/**
 * Fetches what viewers wish for: the picture that a viewer shows now before any that it may show next. Nothing is asked for
 * twice, and a wish that is gone is not fetched any more.
 */
export class PictureLoader {
  readonly #fetch: typeof fetchPictures;
  readonly #cache: ByteCache<LoadedPicture>;
  readonly #failed = new Map<string, unknown>();
  readonly #wishes = new Map<string, Wish>();
  readonly #running = new Set<Errand>();
  /** Small pictures that came just now. */
  readonly #fresh = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  constructor(fetch: typeof fetchPictures, budgetBytes: number) {
    this.#fetch = fetch;
    this.#cache = new ByteCache(budgetBytes);
  }

  /** Grows whenever something has come. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Says what a viewer looks at; null when it looks at nothing any more. */
  want(viewer: string, wish: Wish | null): void {
    if (wish === null) this.#wishes.delete(viewer);
    else this.#wishes.set(viewer, wish);
    this.#giveUp();
    this.#send();
  }

  state(source: PictureSource, width: number | 'native', index: number): LoadState {
    const key = keyOf(source, width, index);
    const picture = this.#cache.get(key);
    if (picture !== undefined) return { state: 'ready', picture };
    return this.#failed.has(key) ? { state: 'failed', error: this.#failed.get(key) } : { state: 'coming' };
  }

  /** Tries again what could not be had. */
  retry(): void {
    this.#failed.clear();
    this.#send();
  }

  /** Lets everything go. */
  clear(): void {
    this.#cache.clear();
    this.#failed.clear();
  }

  #send(): void {
    for (;;) {
      const errand = this.#next();
      if (errand === undefined) return;
      this.#running.add(errand);
      void this.#run(errand);
    }
  }

  /** Gives up what is on its way for a place that nobody looks at any more. A small picture is there soon in any case. */
  #giveUp(): void {
    for (const errand of this.#running) {
      const { source, width } = errand.wish;
      const isWanted = [...this.#wishes.values()].some(
        (wish) =>
          keyOf(wish.source, wish.width, 0) === keyOf(source, width, 0) &&
          Math.abs(wish.index - errand.first) <= nearFrames,
      );
      if (!isWanted && errand.then === undefined) errand.abort.abort();
    }
  }

  #next(): Errand | undefined {
    if (this.#running.size >= mostErrands) return undefined;
    const wishes = [...this.#wishes.values()];
    for (const wish of wishes) {
      if (!this.#isMissing(wish, wish.index)) continue;
      const quick = this.#quickFirst(wish);
      if (quick === 'wait') continue;
      const one = { abort: new AbortController(), first: wish.index, count: 1, urgent: true };
      return quick === undefined ? { ...one, wish } : { ...one, wish: quick, then: wish.width };
    }
    if ([...this.#running].filter(({ urgent }) => !urgent).length >= mostAheadErrands) return undefined;
    for (const wish of wishes) {
      // What lies ahead of a place that a person has only just jumped to can wait.
      if (this.#isMissing(wish, wish.index)) continue;
      const errand = this.#aheadOf(wish);
      if (errand !== undefined) return errand;
    }
    return undefined;
  }

  /**
   * The small picture to fetch before the large one, for a place that nothing near is known of; `wait` while it is on its way or
   * has only just come; undefined where the large one is to be fetched at once.
   */
  #quickFirst(wish: Wish): Wish | 'wait' | undefined {
    const { quick, source, index } = wish;
    if (quick === undefined) return undefined;
    const isNear = [-2, -1, 1, 2].some((by) => index + by >= 0 && !this.#isMissing(wish, index + by));
    if (isNear) return undefined;
    const small: Wish = { ...wish, width: quick };
    if (this.#isMissing(small, index)) return small;
    const key = keyOf(source, quick, index);
    if (this.#failed.has(key)) return undefined;
    return this.#cache.has(key) && !this.#fresh.has(key) ? undefined : 'wait';
  }

  /** Gives the person a moment to go on before the large picture of the same place is fetched. */
  #rest(key: string): void {
    this.#fresh.add(key);
    setTimeout(() => {
      this.#fresh.delete(key);
      this.#send();
    }, restMs);
  }

  /** The nearest run of missing frames in the direction of a wish. */
  #aheadOf(wish: Wish): Errand | undefined {
    const { index, direction, ahead, total } = wish;
    const isSmall = wish.width !== 'native' && wish.width <= smallWidth;
    const most = isSmall ? aheadAtOnce.small : aheadAtOnce.large;
    for (let by = 1; by <= ahead; by += 1) {
      const at = index + by * direction;
      if (at < 0 || at >= total) return undefined;
      if (!this.#isMissing(wish, at)) continue;
      let count = 1;
      while (count < most && by + count <= ahead && this.#isMissing(wish, at + count * direction)) count += 1;
      const first = direction === 1 ? at : Math.max(0, at - count + 1);
      const here = direction === 1 ? Math.min(count, total - at) : at - first + 1;
      return { abort: new AbortController(), wish, first, count: here, urgent: false };
    }
    return undefined;
  }

  #isMissing({ source, width }: Wish, index: number): boolean {
    const key = keyOf(source, width, index);
    if (this.#cache.has(key) || this.#failed.has(key)) return false;
    return ![...this.#running].some(
      ({ wish, first, count }) =>
        keyOf(wish.source, wish.width, 0) === keyOf(source, width, 0) && index >= first && index < first + count,
    );
  }

  async #run(errand: Errand): Promise<void> {
    const { wish, first, count, abort } = errand;
    const numbers = Array.from({ length: count }, (_, i) => first + i);
    try {
      const pictures = await this.#fetch(wish.source, wish.width, first, count, errand.then, abort.signal);
      pictures.forEach((picture, i) => {
        const index = picture.frame?.index ?? numbers[i] ?? first;
        this.#cache.set(keyOf(wish.source, wish.width, index), picture, picture.rgb.length);
      });
      const came = new Set(pictures.map(({ frame }, i) => frame?.index ?? numbers[i]));
      for (const index of numbers)
        if (!came.has(index)) this.#failed.set(keyOf(wish.source, wish.width, index), undefined);
    } catch (error) {
      // What was given up is asked for again when somebody comes back.
      if (!abort.signal.aborted)
        for (const index of numbers) this.#failed.set(keyOf(wish.source, wish.width, index), error);
    }
    this.#running.delete(errand);
    if (errand.then !== undefined) this.#rest(keyOf(wish.source, wish.width, first));
    this.#version += 1;
    for (const listener of this.#listeners) listener();
    this.#send();
  }
}

function keyOf({ folder, exhibit, stream }: PictureSource, width: number | 'native', index: number): string {
  return `${folder}\n${exhibit} ${stream ?? 'still'} ${width} ${index}`;
}
