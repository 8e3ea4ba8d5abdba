import { create } from 'zustand';
import { OperationError, type WithPassphrase } from '../api/call.ts';

/** What the identity's passphrase is needed for; its words are `window/start:passphrase.<purpose>`. */
export type PassphrasePurpose = 'certify' | 'seal' | 'sign' | 'bundle' | 'decrypt';

interface AskedPassphrase {
  readonly purpose: PassphrasePurpose;
  /** Whose passphrase it is, where the engine said so. */
  readonly name: string | null;
  /** The last answer did not open the key. */
  readonly wrong: boolean;
  /** Null: the person does not give it. */
  answer(passphrase: string | null): void;
}

/** The question that the window is asking now. The passphrase itself is never kept here. */
export const usePassphrase = create<{ readonly asked: AskedPassphrase | null }>()(() => ({ asked: null }));

const enginePurposes = new Set(['new', 'certify', 'seal', 'decrypt', 'revoke', 'old', 'pkcs12']);

/**
 * Does work that may need the identity's passphrase: asks when the engine says so, and again while it is wrong. With `first`
 * it asks before the first try. Rejects with OperationError; with `cancelled` where the person gave no passphrase.
 */
export async function withPassphrase<T>(
  purpose: PassphrasePurpose,
  work: (given: WithPassphrase) => Promise<T>,
  first?: { readonly name: string },
): Promise<T> {
  let name = first?.name ?? null;
  let given: WithPassphrase = first === undefined ? {} : { passphrase: await ask(purpose, name, false) };
  for (;;) {
    let wrong = false;
    try {
      return await work(given);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      if (error.code === 'wrong-passphrase') wrong = true;
      else if (error.code !== 'passphrase-needed') throw error;
      const { name: told } = error.details;
      // Without one at hand the engine names what it is for, and not whose it is.
      if (typeof told === 'string' && !enginePurposes.has(told)) name = told;
    }
    given = { passphrase: await ask(purpose, name, wrong) };
  }
}

/** True for the error of something that the person themself stopped: it is no failure. */
export function isCancelled(error: unknown): boolean {
  return error instanceof OperationError && error.code === 'cancelled';
}

function ask(purpose: PassphrasePurpose, name: string | null, wrong: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const answer = (passphrase: string | null): void => {
      usePassphrase.setState({ asked: null });
      if (passphrase === null) reject(new OperationError('cancelled', { what: purpose }));
      else resolve(passphrase);
    };
    usePassphrase.setState({ asked: { purpose, name, wrong, answer } });
  });
}
