import type { Check } from '../../base/check.ts';
import { isAssayError } from '../../base/errors.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { verifyCertificateIssuedBy } from '../certificate/certificate-chain.ts';
import { readCertificate } from '../certificate/read-certificate.ts';
import { sealCheck } from '../seal-check.ts';
import type { SealCheckCode } from '../seal-check.ts';
import { custodyUri } from './custody-key.ts';

/**
 * Checks that a custody key's certificate was issued by an identity, for that case and for custody entries only.
 * Whether the identity itself is known is another question.
 *
 * @param subject what the checks call it, such as its file name
 */
export function verifyCustodyCertificate(
  certificateDer: Uint8Array,
  expected: { readonly issuer: Certificate; readonly caseId: string; readonly subject: string },
): readonly Check[] {
  const { subject, issuer } = expected;
  const check = (code: SealCheckCode, passed: boolean, details: Check['details'] = {}): Check =>
    sealCheck('certificate', code, passed, subject, details);
  let certificate: Certificate;
  try {
    certificate = readCertificate(certificateDer);
  } catch (error) {
    if (!isAssayError(error, 'certificate-unreadable')) throw error;
    return [check('custody-key-readable', false)];
  }
  return [
    check('custody-key-readable', true),
    check('custody-key-issued', verifyCertificateIssuedBy(certificate, issuer), { issuer: issuer.name }),
    check('custody-key-purpose', certificate.custodyOnly && !certificate.isCertificateAuthority),
    check('custody-key-case', certificate.uris.includes(custodyUri(expected.caseId)), { caseId: expected.caseId }),
  ];
}
