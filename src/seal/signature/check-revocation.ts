import type { Check } from '../../base/check.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { Revocation } from '../revocation/revocation.ts';
import { sealCheck } from '../seal-check.ts';

export interface CheckedRevocation {
  readonly check: Check;
  /** The statement that withdraws this identity, where one is known. */
  readonly revocation?: Revocation;
  /** Withdrawn, and only the signer's own clock says that this was signed before. */
  readonly isDoubtful: boolean;
}

/**
 * Whether the signer's identity was withdrawn, as one check:
 *
 * - `revocation`, not checked: no statement is known here, and offline nobody can be asked;
 * - `revoked-later`, passed: withdrawn, and a trusted timestamp shows that this was signed before;
 * - `revoked-claimed-before`, not checked: only the signer's own clock says so;
 * - `revoked`, failed: signed afterwards, or nobody says when.
 */
export function checkRevocation(
  certificate: Certificate,
  times: { readonly signingTime?: Date | undefined; readonly attested?: Date | undefined },
  revocations: readonly Revocation[],
): CheckedRevocation {
  const { name, sha256 } = certificate;
  const [revocation] = revocations
    .filter(({ fingerprint }) => fingerprint === sha256)
    .sort((a, b) => a.since.getTime() - b.since.getTime());
  if (revocation === undefined)
    return { check: sealCheck('certificate', 'revocation', 'not-checked', name), isDoubtful: false };
  const since = revocation.since.toISOString();
  const { attested, signingTime } = times;
  if (attested !== undefined && attested < revocation.since) {
    const details = { since, at: attested.toISOString() };
    return { check: sealCheck('certificate', 'revoked-later', 'passed', name, details), revocation, isDoubtful: false };
  }
  if (attested === undefined && signingTime !== undefined && signingTime < revocation.since) {
    const details = { since, at: signingTime.toISOString() };
    const check = sealCheck('certificate', 'revoked-claimed-before', 'not-checked', name, details);
    return { check, revocation, isDoubtful: true };
  }
  return { check: sealCheck('certificate', 'revoked', 'failed', name, { since }), revocation, isDoubtful: false };
}
