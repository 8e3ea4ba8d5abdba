import type { z } from 'zod';
import type { frameIndex } from '../../../src/contract/window-operations.ts';

export type FramePage = z.infer<typeof frameIndex.output>;

/** One frame as the index knows it. */
export interface KnownFrame {
  readonly index: number;
  readonly timeMs: number;
  readonly key: boolean;
  /** What the whole decode gave; null where that gave no such frame, undefined where nothing was examined. */
  readonly examinedHash: string | null | undefined;
}

type AskFrames = (place: {
  readonly from: number;
  readonly atMs?: number;
  readonly count: number;
  readonly soon?: boolean;
}) => Promise<FramePage>;

export const framesOnPage = 2048;
/** The first picture comes before the rest of the index is read. */
const usualRestMs = 800;

/** Times are told in ms with a rounding of their own; frames are never that close. */
const tolerance = 0.01;

/**
 * The frames of one moving picture, page by page as a person comes near them: a film of hours is as quick as one of seconds.
 */
export class FrameTimes {
  readonly #ask: AskFrames;
  readonly #restMs: number;
  readonly #pages = new Map<number, FramePage>();
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #total: number | null = null;
  #version = 0;
  #error: unknown;

  constructor(ask: AskFrames, restMs = usualRestMs) {
    this.#ask = ask;
    this.#restMs = restMs;
  }

  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Frames that there are; null while it is not known. */
  get total(): number | null {
    return this.#total;
  }

  /** Frames that can be gone to now: all, or those of the beginning while the index of a long film is being read. */
  get reach(): number {
    return this.#total ?? Math.max(0, ...[...this.#pages.values()].map(({ from, timesMs }) => from + timesMs.length));
  }

  get error(): unknown {
    return this.#error;
  }

  /** Frame by number; undefined while its page is on its way. */
  at(index: number): KnownFrame | undefined {
    const number = Math.floor(index / framesOnPage);
    const page = this.#pages.get(number);
    if (page === undefined) {
      if (index >= 0 && (this.#total === null || index < this.#total)) void this.#load({ from: number * framesOnPage });
      return undefined;
    }
    const place = index - page.from;
    const timeMs = page.timesMs[place];
    if (timeMs === undefined || timeMs === null) return undefined;
    return {
      ...{ index, timeMs, key: page.key[place] ?? false },
      examinedHash: page.examined ? (page.hashes[place] ?? null) : undefined,
    };
  }

  /** The frame that is shown at a time: the last that begins no later; undefined while its page is on its way. */
  when(ms: number): KnownFrame | undefined {
    const limit = ms + tolerance;
    for (const [number, page] of this.#pages) {
      const [first, last] = [page.timesMs[0] ?? Infinity, page.timesMs.at(-1) ?? -Infinity];
      const isLastPage = this.#total !== null && page.from + page.timesMs.length >= this.#total;
      const begins = number === 0 || first <= limit;
      // A time between this page's last frame and the next page's first belongs here too; without the next page it is not
      // known whether it does.
      const next = this.#pages.get(number + 1)?.timesMs[0];
      const ends = isLastPage || limit < last || (typeof next === 'number' && limit < next);
      if (begins && ends) return this.at(page.from + placeOf(page.timesMs, limit));
    }
    void this.#load({ from: 0, atMs: ms });
    return undefined;
  }

  /** Number of the next key frame after (1) or before (-1) a frame; undefined where there is none or it is not known yet. */
  keyFrom(index: number, direction: 1 | -1): number | undefined {
    const page = this.#pages.get(Math.floor(index / framesOnPage));
    if (page === undefined) return undefined;
    const place = index - page.from;
    const found =
      direction === 1 ? page.key.indexOf(true, place + 1) : place === 0 ? -1 : page.key.lastIndexOf(true, place - 1);
    if (found >= 0) return page.from + found;
    return (direction === 1 ? page.keyAfter : page.keyBefore) ?? undefined;
  }

  /** Asks again for what could not be had. */
  retry(): void {
    this.#error = undefined;
    this.#asked.clear();
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Asks again for what is known: an examination has added hashes. */
  refresh(): void {
    const known = [...this.#pages.values()];
    this.#asked.clear();
    for (const { from } of known) void this.#load({ from }, false);
  }

  /** Asks for a page again that was answered from the film's beginning: this time the whole index is waited for. */
  async #loadWhole(from: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#restMs));
    try {
      const page = await this.#ask({ from, count: framesOnPage });
      this.#total = page.total;
      this.#pages.set(Math.floor(page.from / framesOnPage), page);
    } catch (error) {
      this.#error = error;
    }
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  async #load(place: { from: number; atMs?: number }, beside = true): Promise<void> {
    // One question by time at a time: whoever waits asks again when its answer is there.
    const name = place.atMs === undefined ? `#${place.from}` : '@';
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    try {
      const page = await this.#ask({ ...place, count: framesOnPage, ...(this.#total === null ? { soon: true } : {}) });
      // An answer from the beginning alone must not take away what is known of the whole.
      if (page.total !== null || this.#total === null) this.#total = page.total;
      if (page.total === null && page.timesMs.length > 0) void this.#loadWhole(page.from);
      this.#error = undefined;
      this.#pages.set(Math.floor(page.from / framesOnPage), page);
      // The pages beside it, so that stepping over a page's edge does not wait.
      const after = page.from + page.timesMs.length;
      if (beside && page.total !== null && after < page.total) void this.#load({ from: after }, false);
      if (beside && page.from > 0) void this.#load({ from: page.from - framesOnPage }, false);
      if (place.atMs !== undefined) this.#asked.delete(name);
    } catch (error) {
      this.#error = error;
    }
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** Place of the last time that is no later than the limit; 0 where all are later. */
function placeOf(times: readonly (number | null)[], limit: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? -Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
