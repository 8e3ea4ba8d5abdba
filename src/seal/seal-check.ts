import type { Check } from '../base/check.ts';

/** Every code of a check that seals give. The sentences are in the locale's `seal.json` under `checks.<code>.<outcome>`. */
export const sealCheckCodes = [
  'manifest-present',
  'manifest-readable',
  'files-present',
  'file-present',
  'files-listed',
  'file-listed',
  'file-unchanged',
  'file-readable',
  'entry-regular',
  'signature-present',
  'signature-readable',
  'pdf-signature',
  'pdf-signature-readable',
  'pdf-covers-file',
  'signer-certificate',
  'content-digest',
  'signature-value',
  'signing-certificate',
  'certificate-validity',
  'certificate-usage',
  'signer-recognised',
  'signer-practice',
  'signer-certificate-file',
  'signing-time',
  'signing-clock',
  'timestamp-readable',
  'timestamp-imprint',
  'timestamp-signature',
  'timestamp-authority',
  'timestamp-certificates',
  'timestamp-token',
  'revocation',
  'revoked',
  'revoked-later',
  'revoked-claimed-before',
  'revoked-orderly',
  'certificates-carried',
  'unsigned-attributes',
  'custody-key-readable',
  'custody-key-issued',
  'custody-key-purpose',
  'custody-key-case',
] as const;
export type SealCheckCode = (typeof sealCheckCodes)[number];

/** A check of a seal; true and false stand for passed and failed. */
export function sealCheck(
  area: Check['area'],
  code: SealCheckCode,
  outcome: Check['outcome'] | boolean,
  subject: string,
  details: Check['details'] = {},
): Check {
  const named = outcome === true ? 'passed' : outcome === false ? 'failed' : outcome;
  return { area, code, outcome: named, subject, details };
}
