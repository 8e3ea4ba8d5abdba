import { createHash } from 'node:crypto';
import type { Check } from '../../base/check.ts';
import { isAssayError } from '../../base/errors.ts';
import { MalformedAsn1 } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { findTrustedPath } from '../certificate/certificate-chain.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { validAt } from '../certificate/certificate.ts';
import { sealCheck } from '../seal-check.ts';
import { findSignerCertificate, hashFits } from '../signature/find-signer-certificate.ts';
import { carriedCertificates } from '../signature/carried-certificates.ts';
import { readSignedContent } from '../signature/read-signed-data.ts';
import type { SignerInfo } from '../signature/read-signer-info.ts';
import { digestOf, verifySignature } from '../signer/signature-algorithm.ts';
import { readTimestampInfo } from './read-timestamp-info.ts';
import type { AttestedTime, TimestampInfo } from './timestamp.ts';

export interface TimestampVerification {
  readonly checks: readonly Check[];
  /** What the token says; absent where it cannot be read. */
  readonly info?: TimestampInfo;
  /** The authority's certificate, where the token holds one. */
  readonly authority?: Certificate;
  /** Only when everything holds and the authority is trusted. */
  readonly attested?: AttestedTime;
}

/**
 * Verifies a timestamp's token (RFC 3161 §2.4.2) over these bytes. Never throws for what the token holds.
 *
 * Checks: `timestamp-readable`, `timestamp-imprint` (it is about these bytes), `timestamp-signature`,
 * `timestamp-authority` (its certificate may sign timestamps and was valid), and `timestamp-token`: passed when the
 * authority leads to one of `authorities`, not checked when nobody vouches for it.
 *
 * @param subject what the checks call it: the signer's name
 */
export function verifyTimestamp(
  token: Uint8Array,
  stamped: Uint8Array,
  { authorities, subject }: { readonly authorities: readonly Certificate[]; readonly subject: string },
): TimestampVerification {
  const read = readToken(token, authorities);
  if (typeof read === 'string')
    return { checks: [sealCheck('timestamp', 'timestamp-readable', false, subject, { reason: read })] };
  const { info, signer, certificate, certificates, content } = read;
  const { generatedAt } = info;
  const digest = digestOf(info.imprint.algorithm);
  const isAbout =
    digest !== undefined &&
    Buffer.compare(createHash(digest).update(stamped).digest(), Buffer.from(info.imprint.hash)) === 0;
  const said = { by: certificate.name, at: generatedAt.toISOString() };
  const { strays, unverified } = carriedCertificates([certificate], certificates, authorities);
  const checks = [
    sealCheck('timestamp', 'timestamp-imprint', isAbout, subject, said),
    sealCheck(
      'timestamp',
      'timestamp-signature',
      holds(content, signer, certificate) && strays.length === 0,
      subject,
      said,
    ),
    sealCheck(
      'timestamp',
      'timestamp-authority',
      certificate.timestampOnly && validAt(certificate, generatedAt),
      subject,
      said,
    ),
  ];
  const isWhole = checks.every(({ outcome }) => outcome === 'passed');
  const path = isWhole ? findTrustedPath(certificate, certificates, authorities, generatedAt)?.path : undefined;
  return {
    checks: [
      ...checks,
      // Not in `isWhole`: an authority may hand out its chain without the root, which only some readers have.
      ...(unverified.length === 0
        ? []
        : [sealCheck('timestamp', 'timestamp-certificates', 'not-checked', subject, said)]),
      ...(isWhole
        ? [sealCheck('timestamp', 'timestamp-token', path === undefined ? 'not-checked' : 'passed', subject, said)]
        : []),
    ],
    info,
    authority: certificate,
    ...(path === undefined ? {} : { attested: { at: generatedAt, by: certificate.name, path } }),
  };
}

interface ReadToken {
  readonly info: TimestampInfo;
  readonly content: Uint8Array;
  readonly signer: SignerInfo;
  readonly certificate: Certificate;
  readonly certificates: readonly Certificate[];
}

function readToken(token: Uint8Array, authorities: readonly Certificate[]): ReadToken | string {
  try {
    const { content, certificates, signerInfos } = readSignedContent(token, oid.timestampInfo);
    const [signer, ...others] = signerInfos;
    // RFC 3161 §2.4.2: no signature but the authority's. Unsigned attributes would be covered by nothing.
    if (signer === undefined || others.length > 0) return `${signerInfos.length} signers`;
    if (signer.unknownUnsigned.length > 0 || signer.timestamps.length > 0) return 'unsigned attributes';
    const certificate = findSignerCertificate(signer, certificates) ?? findSignerCertificate(signer, authorities);
    if (certificate === undefined) return 'no certificate of the authority';
    return { info: readTimestampInfo(content), content, signer, certificate, certificates };
  } catch (error) {
    if (error instanceof MalformedAsn1) return error.message;
    if (isAssayError(error, 'certificate-unreadable')) return error.details.reason;
    throw error;
  }
}

/** RFC 5652 §5.6 over the token's own content, and RFC 5035 or RFC 2634 for which certificate was meant. */
function holds(content: Uint8Array, signer: SignerInfo, certificate: Certificate): boolean {
  const { attributes, digestAlgorithm, signatureAlgorithm, signedBytes, signature } = signer;
  const digest = digestOf(digestAlgorithm);
  if (digest === undefined || attributes.contentType !== oid.timestampInfo) return false;
  if (Buffer.compare(createHash(digest).update(content).digest(), attributes.messageDigest) !== 0) return false;
  if (!names(signer, certificate)) return false;
  const named = { algorithm: signatureAlgorithm, digest };
  return verifySignature(named, certificate.publicKey, signedBytes, signature) === true;
}

/**
 * RFC 3161 §2.4.2 demands that the token names its certificate by hash. SHA-1 there (RFC 2634) is what openssl and many
 * authorities still write: finding another certificate with the same hash is out of reach, and the key signs this all the same.
 */
function names({ attributes }: SignerInfo, certificate: Certificate): boolean {
  const { signingCertificate, signingCertificateSha1 } = attributes;
  if (signingCertificate !== undefined) return hashFits(signingCertificate, certificate);
  if (signingCertificateSha1 === undefined) return false;
  const sha1 = createHash('sha1').update(certificate.der).digest();
  return Buffer.compare(sha1, Buffer.from(signingCertificateSha1)) === 0;
}
