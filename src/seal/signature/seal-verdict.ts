import { allPassed } from '../../base/check.ts';
import type { Verification } from './signature.ts';

/**
 * One word for a verified seal. Only `valid` means: whole, signed, and signed by somebody who is known.
 *
 * - `invalid`: a check failed, or nobody signed;
 * - `signer-unknown`: whole and signed, but nobody vouches for who signed;
 * - `practice`: whole and signed by a practice identity, which shows integrity, not who signed.
 */
export type SealVerdict = 'valid' | 'signer-unknown' | 'practice' | 'invalid';

/** With several signers, one who is known is enough for `valid`; each signer's own standing is in the list. */
export function sealVerdict({ checks, signers }: Verification): SealVerdict {
  if (!allPassed(checks) || signers.length === 0 || !signers.every(({ valid }) => valid)) return 'invalid';
  if (signers.some(({ recognition }) => recognition === 'trusted')) return 'valid';
  return signers.every(({ recognition }) => recognition === 'practice') ? 'practice' : 'signer-unknown';
}
