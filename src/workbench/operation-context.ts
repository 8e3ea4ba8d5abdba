import type { Progress } from '../base/progress.ts';
import type { Recovered } from '../case/case.ts';

export type { Recovered };

/**
 * Why a passphrase is asked for: to protect a new key, to certify a custody key, to seal, to open what is encrypted to the
 * identity, to withdraw it, to take the place of the old passphrase, or to open a PKCS#12 file.
 */
export type PassphrasePurpose = 'new' | 'certify' | 'seal' | 'decrypt' | 'revoke' | 'old' | 'pkcs12';

/** What an operation may use beside the engine: how to tell of its progress, when to stop, whom to ask. */
export interface OperationContext {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Told what an interrupted run had left behind in a case and what was put right when it was opened. */
  readonly recovered?: (what: Recovered) => void;
  /** Absent where nobody can be asked. */
  readonly passphrase?: (purpose: PassphrasePurpose) => Promise<string>;
}
