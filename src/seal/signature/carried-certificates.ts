import { X509Certificate } from 'node:crypto';
import { verifyCertificateIssuedBy } from '../certificate/certificate-chain.ts';
import type { Certificate } from '../certificate/certificate.ts';

/** What became of the certificates that came along with a signature, beside the signers' own. */
export interface CarriedCertificates {
  /** They have no part in the chain, or issued themselves and do not verify. */
  readonly strays: readonly Certificate[];
  /** They stand above a signer, and nobody here has the certificate of their own issuer. */
  readonly unverified: readonly Certificate[];
}

/**
 * Looks at certificates that no signature covers: each must be the issuer of one below it, and be signed itself by one
 * that is there too, or known.
 *
 * SECURITY: one that has no part in the chain could be anything, and could be changed unseen.
 */
export function carriedCertificates(
  signers: readonly Certificate[],
  carried: readonly Certificate[],
  known: readonly Certificate[],
): CarriedCertificates {
  const chain = [...signers];
  for (let found = true; found;) {
    const next = carried.find((candidate) => !includes(chain, candidate) && issuedSome(candidate, chain));
    found = next !== undefined;
    if (next !== undefined) chain.push(next);
  }
  const above = carried.filter((one) => !includes(signers, one) && includes(chain, one));
  const broken = above.filter((one) => isSelfIssued(one) && !verifiesItself(one));
  const unverified = above.filter(
    (one) => !isSelfIssued(one) && ![...carried, ...known].some((issuer) => verifyCertificateIssuedBy(one, issuer)),
  );
  return { strays: [...carried.filter((one) => !includes(chain, one)), ...broken], unverified };
}

function includes(certificates: readonly Certificate[], wanted: Certificate): boolean {
  return certificates.some(({ sha256 }) => sha256 === wanted.sha256);
}

function issuedSome(candidate: Certificate, below: readonly Certificate[]): boolean {
  return below.some((one) => verifyCertificateIssuedBy(one, candidate));
}

function isSelfIssued({ der }: Certificate): boolean {
  const { subject, issuer } = new X509Certificate(der);
  return subject === issuer;
}

function verifiesItself({ der, publicKey }: Certificate): boolean {
  try {
    return new X509Certificate(der).verify(publicKey);
  } catch {
    return false;
  }
}
