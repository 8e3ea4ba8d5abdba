import { ByteCache } from './frame-cache.ts';
import type { fetchLens, LoadedLens, PictureSource } from './fetch-pictures.ts';

/** A picture through a live lens that one viewer looks at. */
export interface LensWish {
  readonly source: PictureSource;
  readonly method: string;
  readonly index: number;
  /** Without the parameter that only scales what is shown. */
  readonly params: Readonly<Record<string, unknown>>;
}

export type LensState =
  | { readonly state: 'ready'; readonly lens: LoadedLens }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'coming' };

/**
 * Fetches what live lenses show. Each viewer has one question on its way at a time; what was asked meanwhile is left out but
 * for the last, so that dragging a slider stays quick.
 */
export class LensLoader {
  readonly #fetch: typeof fetchLens;
  readonly #cache: ByteCache<LoadedLens>;
  readonly #failed = new Map<string, unknown>();
  readonly #running = new Map<string, string>();
  readonly #next = new Map<string, LensWish>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  constructor(fetch: typeof fetchLens, budgetBytes: number) {
    this.#fetch = fetch;
    this.#cache = new ByteCache(budgetBytes);
  }

  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  want(viewer: string, wish: LensWish | null): void {
    this.#next.delete(viewer);
    if (wish === null) return;
    const key = keyOf(wish);
    if (this.#cache.has(key) || this.#failed.has(key) || this.#running.get(viewer) === key) return;
    this.#next.set(viewer, wish);
    if (!this.#running.has(viewer)) void this.#run(viewer);
  }

  state(wish: LensWish): LensState {
    const key = keyOf(wish);
    const lens = this.#cache.get(key);
    if (lens !== undefined) return { state: 'ready', lens };
    return this.#failed.has(key) ? { state: 'failed', error: this.#failed.get(key) } : { state: 'coming' };
  }

  retry(): void {
    this.#failed.clear();
    this.#changed();
  }

  async #run(viewer: string): Promise<void> {
    for (let wish = this.#next.get(viewer); wish !== undefined; wish = this.#next.get(viewer)) {
      this.#next.delete(viewer);
      const key = keyOf(wish);
      this.#running.set(viewer, key);
      try {
        const lens = await this.#fetch(wish.source, wish.method, wish.index, wish.params);
        if (lens === undefined) this.#failed.set(key, undefined);
        else this.#cache.set(key, lens, lens.data.length);
      } catch (error) {
        this.#failed.set(key, error);
      }
      this.#running.delete(viewer);
      this.#changed();
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

function keyOf({ source: { folder, exhibit, stream }, method, index, params }: LensWish): string {
  const named = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${folder}\n${exhibit} ${stream ?? 'still'} ${method} ${index} ${JSON.stringify(named)}`;
}
