import type { LensPicture } from '../../methods/method.ts';

/** A picture through a lens, and the frame that it was made of; null for a still. */
export interface SeenThroughLens {
  readonly shown: LensPicture;
  readonly frame: {
    readonly index: number;
    readonly timeMs: number;
    readonly key: boolean;
    readonly hash: string;
  } | null;
}

/** Bytes of lens pictures kept: some thirty of 1080p. */
const budgetBytes = 64 * 1024 * 1024;

/** What live lenses worked out, by name, least recently seen first out; several who ask for the same wait for one. */
export class LensCache {
  readonly #kept = new Map<string, Promise<SeenThroughLens>>();
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  get(name: string, make: () => Promise<SeenThroughLens>): Promise<SeenThroughLens> {
    const known = this.#kept.get(name);
    if (known !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, known);
      return known;
    }
    const making = make();
    this.#kept.set(name, making);
    making.then(
      ({ shown }) => this.#count(name, shown.data.length),
      () => this.#drop(name),
    );
    return making;
  }

  /** Lets go what belongs to a case. */
  close(namePrefix: string): void {
    for (const name of [...this.#kept.keys()]) if (name.startsWith(namePrefix)) this.#drop(name);
  }

  #count(name: string, bytes: number): void {
    if (!this.#kept.has(name)) return;
    this.#sizes.set(name, bytes);
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= budgetBytes || oldest === name) break;
      this.#drop(oldest);
    }
  }

  #drop(name: string): void {
    this.#kept.delete(name);
    this.#bytes -= this.#sizes.get(name) ?? 0;
    this.#sizes.delete(name);
  }
}
