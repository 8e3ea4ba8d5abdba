import type { Check } from '../../base/check.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { Revocation, RevocationReason } from '../revocation/revocation.ts';
import { sealCheck } from '../seal-check.ts';

/** The holder says that nobody else has the key: its clock is as good as it was before. */
const orderly: ReadonlySet<RevocationReason> = new Set(['superseded', 'left-service']);

export interface CheckedRevocation {
  readonly check: Check;
  /** The statement that withdraws this identity, where one is known. */
  readonly revocation?: Revocation;
  /** Withdrawn, and only a clock that anybody who has the key could set says that this was signed before. */
  readonly isDoubtful: boolean;
}

/**
 * Whether the signer's identity was withdrawn, as one check:
 *
 * - `revocation`, not checked: no statement is known here, and offline nobody can be asked;
 * - `revoked-later`, passed: withdrawn, and a trusted timestamp shows that this was signed before;
 * - `revoked-claimed-before`, not checked: only the signer's own clock says so, and the key may be in other hands;
 * - `revoked-orderly`, not checked: only the signer's own clock says so, and the holder gave the identity up with its key in hand;
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
    const isOrderly = orderly.has(revocation.reason);
    const code = isOrderly ? 'revoked-orderly' : 'revoked-claimed-before';
    return { check: sealCheck('certificate', code, 'not-checked', name, details), revocation, isDoubtful: !isOrderly };
  }
  return { check: sealCheck('certificate', 'revoked', 'failed', name, { since }), revocation, isDoubtful: false };
}
