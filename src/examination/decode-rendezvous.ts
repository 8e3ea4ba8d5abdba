import type { OwnedSubscription } from '../media/decode/consumers.ts';
import type { DecodeOutcome, Subscription } from '../media/taps.ts';

/**
 * Where the methods of one exhibit meet before its one decode. Each participant either joins with what it wants, or
 * leaves (it ended without decoding). When none is missing, the decode runs once for all who joined.
 */
export interface DecodeRendezvous {
  join(owner: string, subscriptions: readonly Subscription[]): Promise<DecodeOutcome>;
  /** Says that this participant will not join any more; harmless after it has joined. */
  leave(owner: string): void;
}

/** A rendezvous of the named participants; `decode` is called at most once. */
export function meetForDecode(
  participants: readonly string[],
  decode: (subscriptions: readonly OwnedSubscription[]) => Promise<DecodeOutcome>,
): DecodeRendezvous {
  const missing = new Set(participants);
  const brought: OwnedSubscription[] = [];
  let settle: { resolve: (outcome: DecodeOutcome) => void; reject: (error: unknown) => void } | undefined;
  const outcome = new Promise<DecodeOutcome>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Participants that all left leave nobody to hear a rejection.
  outcome.catch(() => undefined);
  let joined = 0;

  const startWhenComplete = (): void => {
    if (missing.size > 0 || joined === 0) return;
    decode(brought).then(
      (ended) => settle?.resolve(ended),
      (error: unknown) => settle?.reject(error),
    );
  };

  return {
    join(owner, subscriptions) {
      if (!missing.delete(owner)) throw new Error(`${owner} is not awaited at the decode`);
      joined += 1;
      brought.push(...subscriptions.map((subscription) => ({ owner, subscription })));
      startWhenComplete();
      return outcome.then((ended) => {
        const own = ended.consumerErrors?.find((error) => error.owner === owner);
        if (own !== undefined) throw own.error;
        return ended;
      });
    },
    leave(owner) {
      if (missing.delete(owner)) startWhenComplete();
    },
  };
}
