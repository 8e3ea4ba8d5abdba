import { AssayError } from '../../base/errors.ts';
import { wholeSeconds } from '../asn1/time.ts';
import { validAt } from '../certificate/certificate.ts';
import type { Signer } from './signer.ts';

/**
 * Refuses to sign outside the certificate's validity: such a seal could never be verified. Most often a workstation
 * without a network has lost its clock.
 *
 * @throws AssayError `certificate-not-valid-now`
 */
export function requireValidNow({ certificate }: Signer, now: Date): void {
  if (validAt(certificate, wholeSeconds(now))) return;
  throw new AssayError('certificate-not-valid-now', {
    name: certificate.name,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    now: now.toISOString(),
  });
}
