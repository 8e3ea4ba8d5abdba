import type { Check } from '../../base/check.ts';
import { findTrustedPath } from '../certificate/certificate-chain.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { sealCheck } from '../seal-check.ts';
import type { SealCheckCode } from '../seal-check.ts';
import type { Recognition, TrustOptions } from './signature.ts';

export interface Recognised {
  readonly recognition: Recognition;
  readonly check: Check;
  /** From the certificate up to the one that is trusted; absent where nobody vouches. */
  readonly path?: readonly Certificate[];
}

/**
 * Whether anybody vouches for a signer, as a check `signer-recognised`:
 *
 * - passed: the certificate is, or leads to, one that is trusted or known;
 * - failed: the person named whom they trust, and it is not this one;
 * - not-checked: nobody vouches, or it is a practice identity (`signer-practice`), for which nobody can.
 *
 * @param date when it signed, as it says; without it, paths are looked for at the certificate's own beginning
 */
export function recognise(
  certificate: Certificate,
  carried: readonly Certificate[],
  { trusted, known = [] }: TrustOptions,
  date: Date = certificate.notBefore,
): Recognised {
  const { name: subject, practice, sha256: fingerprint } = certificate;
  const made = (
    recognition: Recognition,
    code: SealCheckCode,
    outcome: Check['outcome'],
    details: Check['details'] = {},
  ) => ({
    recognition,
    check: sealCheck('certificate', code, outcome, subject, { fingerprint, ...details }),
  });
  const path = findTrustedPath(certificate, carried, trusted ?? known, date);
  if (trusted !== undefined && path === undefined) return made('unknown', 'signer-recognised', 'failed');
  if (practice) return made('practice', 'signer-practice', 'not-checked');
  if (path === undefined) return made('unknown', 'signer-recognised', 'not-checked');
  const chain = path.path.map(({ name }) => name).join(' ← ');
  return {
    ...made('trusted', 'signer-recognised', 'passed', { by: path.anchor.name, chain }),
    path: path.path,
  };
}
