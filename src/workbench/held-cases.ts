import { resolve } from 'node:path';
import type { Case } from '../case/case.ts';

/** Cases that a window keeps open, with their locks, from opening to closing. */
export class HeldCases {
  readonly #cases = new Map<string, Case>();

  /** The open case of a folder; undefined where none is held. */
  find(folder: string): Case | undefined {
    return this.#cases.get(resolve(folder));
  }

  hold(opened: Case): void {
    this.#cases.set(resolve(opened.folder), opened);
  }

  async release(folder: string): Promise<void> {
    const held = this.find(folder);
    this.#cases.delete(resolve(folder));
    await held?.close();
  }

  async releaseAll(): Promise<void> {
    for (const folder of [...this.#cases.keys()]) await this.release(folder);
  }
}
