import type { Certificate } from '../certificate/certificate.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/**
 * Something that signs in the name of a certificate: an unlocked identity today, a smart card some day. Hold it no
 * longer than the work at hand needs.
 */
export interface Signer {
  readonly certificate: Certificate;
  /** Certificates of the issuers above, nearest first, for an identity that an agency's authority issued. */
  readonly issuers: readonly Certificate[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs these bytes (hashing is part of it). ECDSA signatures come as the DER structure that X.509 and CMS use. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
