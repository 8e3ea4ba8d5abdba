import type { Progress } from '../base/progress.ts';

/** Why a passphrase is asked for: to make an identity, to certify a custody key, to seal, or to open what is encrypted to it. */
export type PassphrasePurpose = 'new' | 'certify' | 'seal' | 'decrypt';

/** What an operation may use beside the engine: how to tell of its progress, when to stop, whom to ask. */
export interface OperationContext {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Absent where nobody can be asked. */
  readonly passphrase?: (purpose: PassphrasePurpose) => Promise<string>;
}
