import type { KeyObject } from 'node:crypto';
import type { DistinguishedName } from './distinguished-name.ts';

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3, in the order of its bits. */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsages)[number];

/** An X.509 certificate, read. Its bytes are what they were: nothing is encoded again. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly pem: string;
  /** SHA-256 of the DER bytes, lower-case hex. */
  readonly sha256: string;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** What to call its holder: common name, or organisation, or the fingerprint's beginning. */
  readonly name: string;
  /** Lower-case hex without leading zeros. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isCertificateAuthority: boolean;
  /** How many authorities may stand below this one; absent where it does not limit them. */
  readonly pathLength?: number;
  /** Absent where the certificate does not restrict its key's use. */
  readonly keyUsage?: readonly KeyUsage[];
  /** It says of itself that it shows integrity, not who signed. */
  readonly practice: boolean;
  /** Its key signs custody logs only. */
  readonly custodyOnly: boolean;
  /** Its key signs timestamps and nothing else (RFC 3161 §2.3). */
  readonly timestampOnly: boolean;
  /** Uniform resource identifiers among its alternative names. */
  readonly uris: readonly string[];
  /** RFC 5280 §4.2.1.2, where it has one. */
  readonly keyIdentifier?: Uint8Array;
  /** It carries a critical extension that we do not process, so no chain may lead through it (RFC 5280 §4.2). */
  readonly unprocessedCriticalExtension: boolean;
  readonly publicKey: KeyObject;
}

/** True when `date` lies in the certificate's validity, both ends included (RFC 5280 §4.1.2.5). */
export function validAt(certificate: Certificate, date: Date): boolean {
  return date >= certificate.notBefore && date <= certificate.notAfter;
}
