import { createHash } from 'node:crypto';
import type { Certificate } from '../certificate/certificate.ts';
import { issuerAndSerial } from '../certificate/issuer-and-serial.ts';
import { digestOf } from '../signer/signature-algorithm.ts';
import type { SignerIdentifier, SignerInfo } from './read-signer-info.ts';
import type { SigningCertificateHash } from './read-signed-attributes.ts';

/**
 * The certificate that a signer info means: RFC 5652 §5.3. Where several fit (issuer and serial number are no secret,
 * anybody can put them into a certificate), the one whose hash the signer signed is taken.
 */
export function findSignerCertificate(info: SignerInfo, certificates: readonly Certificate[]): Certificate | undefined {
  const fitting = certificates.filter((certificate) => fits(info.signerIdentifier, certificate));
  const { signingCertificate } = info.attributes;
  return fitting.find((certificate) => signingCertificate && hashFits(signingCertificate, certificate)) ?? fitting[0];
}

function fits(wanted: SignerIdentifier, certificate: Certificate): boolean {
  if (wanted.by === 'key-identifier')
    return (
      certificate.keyIdentifier !== undefined && Buffer.compare(certificate.keyIdentifier, wanted.keyIdentifier) === 0
    );
  const { issuer, serialNumber } = issuerAndSerial(certificate);
  return Buffer.compare(issuer, wanted.issuer) === 0 && Buffer.compare(serialNumber, wanted.serialNumber) === 0;
}

/** RFC 5035 §5: the hash that the signer signed is this certificate's. */
export function hashFits({ digestAlgorithm, hash }: SigningCertificateHash, certificate: Certificate): boolean {
  const digest = digestOf(digestAlgorithm);
  return digest !== undefined && Buffer.compare(createHash(digest).update(certificate.der).digest(), hash) === 0;
}
