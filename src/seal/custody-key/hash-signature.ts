import { createPrivateKey, sign, verify } from 'node:crypto';
import { AssayError, isAssayError } from '../../base/errors.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { readCertificate } from '../certificate/read-certificate.ts';
import type { CustodyKey } from './custody-key.ts';

/** IEEE P1363 form of a P-256 signature: r and s, 32 bytes each. */
const signatureLength = 64;

/**
 * Signs the 32 bytes of a SHA-256 hash: ECDSA P-256 with SHA-256 over those bytes.
 *
 * @returns base64 of the IEEE P1363 form (r ‖ s, 64 bytes)
 */
export function signHash(key: Pick<CustodyKey, 'privateKeyPem'>, hash: Uint8Array): string {
  if (hash.length !== 32) throw new AssayError('defect', { what: `a hash of ${hash.length} bytes was to be signed` });
  const privateKey = createPrivateKey(key.privateKeyPem);
  return sign('sha256', hash, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
}

/**
 * True when the signature over the hash was made with the key that the certificate names. Whether that certificate
 * deserves belief is for {@link verifyCustodyCertificate}. Anything malformed is false, never an error.
 */
export function verifyHashSignature(
  certificate: Uint8Array | Certificate,
  hash: Uint8Array,
  signatureBase64: string,
): boolean {
  const signature = Buffer.from(signatureBase64, 'base64');
  // SECURITY: one text for one signature, so that a log cannot be changed without changing its bytes' meaning.
  if (signature.length !== signatureLength || signature.toString('base64') !== signatureBase64) return false;
  try {
    // A log has thousands of entries under one certificate: who has read it already hands it over read.
    const { publicKey } = certificate instanceof Uint8Array ? readCertificate(certificate) : certificate;
    if (publicKey.asymmetricKeyType !== 'ec' || hash.length !== 32) return false;
    return verify('sha256', hash, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  } catch (error) {
    if (isAssayError(error, 'certificate-unreadable')) return false;
    throw error;
  }
}
