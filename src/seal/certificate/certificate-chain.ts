import { X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { validAt } from './certificate.ts';

/**
 * True when `issuer` issued `certificate`: the names fit, the signature holds with the issuer's key, and the issuer
 * may issue at all.
 *
 * SECURITY: a custody key lies unencrypted on a workstation. Whatever it would certify is refused, or stealing one would be
 * stealing the identity. An identity from an agency's authority is seldom an authority itself and yet certifies
 * custody keys, so that is allowed for certificates of custody keys alone.
 */
export function verifyCertificateIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (issuer.custodyOnly) return false;
  const mayIssue = issuer.isCertificateAuthority && issuer.keyUsage?.includes('keyCertSign') !== false;
  if (!mayIssue && !certificate.custodyOnly) return false;
  try {
    const x509 = new X509Certificate(certificate.der);
    // checkIssued compares names, key identifiers and key usage; it refuses an end entity as issuer, so for custody
    // keys below one the encoded names are compared here.
    const namesFit = mayIssue ? x509.checkIssued(new X509Certificate(issuer.der)) : sameName(x509, issuer);
    return namesFit && x509.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function sameName(certificate: X509Certificate, issuer: Certificate): boolean {
  return certificate.issuer === new X509Certificate(issuer.der).subject;
}

/** How a certificate leads to a trusted one. */
export interface TrustedPath {
  /** The trusted certificate that the path ends in; the certificate itself when it was named as trusted. */
  readonly anchor: Certificate;
  /** From the certificate up to the anchor, both included. */
  readonly path: readonly Certificate[];
}

const longestPath = 8;

/**
 * Looks for a path from `certificate` through `between` to one of `trusted`, every certificate on it valid at `date`.
 * The trusted ones are taken as they are (RFC 5280 §6.1.1 d): who names one vouches for it.
 *
 * @returns the shortest path found, or undefined
 */
export function findTrustedPath(
  certificate: Certificate,
  between: readonly Certificate[],
  trusted: readonly Certificate[],
  date: Date,
): TrustedPath | undefined {
  const seen = new Set([certificate.sha256]);
  let paths: (readonly Certificate[])[] = [[certificate]];
  while (paths.length > 0) {
    for (const path of paths) {
      const anchor = anchorOf(path, trusted, date);
      if (anchor !== undefined) return anchor;
    }
    paths = paths.flatMap((path) => longerPaths(path, between, date, seen));
  }
  return undefined;
}

function anchorOf(path: readonly Certificate[], trusted: readonly Certificate[], date: Date): TrustedPath | undefined {
  const last = path.at(-1)!;
  const itself = trusted.find((candidate) => candidate.sha256 === last.sha256);
  if (itself !== undefined) return { anchor: itself, path };
  const above = trusted.find((candidate) => validAt(candidate, date) && mayFollow(path, candidate, date));
  return above && { anchor: above, path: [...path, above] };
}

function longerPaths(
  path: readonly Certificate[],
  between: readonly Certificate[],
  date: Date,
  seen: Set<string>,
): (readonly Certificate[])[] {
  if (path.length >= longestPath) return [];
  return between.flatMap((candidate) => {
    if (seen.has(candidate.sha256) || !mayFollow(path, candidate, date)) return [];
    seen.add(candidate.sha256);
    return [[...path, candidate]];
  });
}

/** RFC 5280 §6.1.3 (a) and §6.1.4 (m), as far as a path of identities needs them. */
function mayFollow(path: readonly Certificate[], issuer: Certificate, date: Date): boolean {
  const last = path.at(-1)!;
  const authoritiesBelow = path.length - 1;
  return (
    validAt(last, date) &&
    !last.unprocessedCriticalExtension &&
    authoritiesBelow <= (issuer.pathLength ?? longestPath) &&
    verifyCertificateIssuedBy(last, issuer)
  );
}
