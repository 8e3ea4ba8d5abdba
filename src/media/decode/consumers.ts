import type { Subscription } from '../taps.ts';
import { tapKey } from './plan.ts';

/** A subscription and whose it is. */
export interface OwnedSubscription {
  readonly owner: string;
  readonly subscription: Subscription;
}

/**
 * Hands items to all who asked for a tap, at once, and waits for all. An owner whose consumer throws gets nothing more;
 * its error is kept, and the others go on.
 */
export class Consumers {
  readonly #byTap = new Map<string, OwnedSubscription[]>();
  readonly #owners: ReadonlySet<string>;
  readonly errors = new Map<string, unknown>();
  /** Called once, when the last owner has failed. */
  onAllFailed: () => void = () => undefined;

  constructor(subscriptions: readonly OwnedSubscription[]) {
    for (const owned of subscriptions) {
      const key = tapKey(owned.subscription.tap);
      this.#byTap.set(key, [...(this.#byTap.get(key) ?? []), owned]);
    }
    this.#owners = new Set(subscriptions.map(({ owner }) => owner));
  }

  /** True when nobody is left to hand anything to. */
  get allFailed(): boolean {
    return this.errors.size === this.#owners.size;
  }

  /** The function that hands an item of the tap with this key to everyone who asked for it. */
  of<T>(key: string): (item: T) => void | Promise<void> {
    const asked = this.#byTap.get(key) ?? [];
    const [first] = asked;
    if (first === undefined) return () => undefined;
    if (asked.length === 1) return (item) => this.#hand(first, item);
    return async (item) => {
      // All begin before any is waited for.
      const waiting = asked.map((owned) => this.#hand(owned, item));
      for (const one of waiting) await one;
    };
  }

  /** Waits only where the consumer does: most items are taken at once, and there are a hundred thousand of them. */
  #hand(owned: OwnedSubscription, item: unknown): void | Promise<void> {
    if (this.errors.has(owned.owner)) return;
    const consume = owned.subscription.consume as (item: unknown) => void | Promise<void>;
    try {
      return consume(item)?.catch((error: unknown) => {
        this.#fail(owned, error);
      });
    } catch (error) {
      this.#fail(owned, error);
    }
  }

  #fail(owned: OwnedSubscription, error: unknown): void {
    if (this.errors.has(owned.owner)) return;
    this.errors.set(owned.owner, error);
    if (this.allFailed) this.onAllFailed();
  }
}
