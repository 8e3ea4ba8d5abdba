import { createHash } from 'node:crypto';
import type { Check } from '../../base/check.ts';
import { isAssayError } from '../../base/errors.ts';
import { MalformedAsn1 } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { validAt } from '../certificate/certificate.ts';
import { digestOf, verifySignature } from '../signer/signature-algorithm.ts';
import { findSignerCertificate, hashFits } from './find-signer-certificate.ts';
import { sealCheck } from '../seal-check.ts';
import { verifyTimestamp } from '../timestamp/verify-timestamp.ts';
import type { AttestedTime } from '../timestamp/timestamp.ts';
import { checkRevocation } from './check-revocation.ts';
import { carriedCertificates } from './carried-certificates.ts';
import { readSignedData } from './read-signed-data.ts';
import type { SignedData } from './read-signed-data.ts';
import type { SignerInfo } from './read-signer-info.ts';
import { recognise } from './recognise-signer.ts';
import type { SignatureSigner, TrustOptions, Verification } from './signature.ts';

/**
 * Verifies a detached CMS signature over these bytes. Never throws for what the signature holds: everything is a check.
 *
 * For every signer, apart from each other: `content-digest` (these are the bytes that were signed), `signature-value`,
 * `signing-certificate` (signing-certificate-v2), `certificate-validity` at the claimed signing time,
 * `certificate-usage`, `signer-recognised`, `signing-time` and `revocation`. For the signature as a whole:
 * `signature-readable`, and `signer-certificate` where a signer's certificate is not in it.
 *
 * @param options.subject what the checks call the signature, such as its file name
 * @param options.claimedTime when the signer says that it signed, where that is signed elsewhere than in the attributes: in a PDF
 */
export function verifyDetached(
  bytes: Uint8Array,
  der: Uint8Array,
  options: TrustOptions & { readonly subject?: string; readonly claimedTime?: Date } = {},
): Verification {
  const { subject = 'signature', claimedTime, ...trust } = options;
  const read = readOrReason(der);
  if (typeof read === 'string')
    return { checks: [sealCheck('signature', 'signature-readable', 'failed', subject, { reason: read })], signers: [] };
  const each = read.signerInfos.map((info) => verifySigner(bytes, info, read, { subject, claimedTime, ...trust }));
  return {
    checks: [
      sealCheck('signature', 'signature-readable', 'passed', subject, { signers: read.signerInfos.length }),
      ...each.flatMap(({ checks }) => checks),
    ],
    signers: each.flatMap(({ signer }) => signer ?? []),
  };
}

function readOrReason(der: Uint8Array): SignedData | string {
  try {
    return readSignedData(der);
  } catch (error) {
    if (error instanceof MalformedAsn1) return error.message;
    if (isAssayError(error, 'certificate-unreadable')) return error.details.reason;
    throw error;
  }
}

interface SignerResult {
  readonly checks: readonly Check[];
  readonly signer?: SignatureSigner;
}

function verifySigner(
  bytes: Uint8Array,
  info: SignerInfo,
  read: SignedData,
  trust: TrustOptions & { readonly subject: string; readonly claimedTime: Date | undefined },
): SignerResult {
  const { subject } = trust;
  const { certificates } = read;
  const certificate = findSignerCertificate(info, certificates);
  if (certificate === undefined) return { checks: [sealCheck('certificate', 'signer-certificate', 'failed', subject)] };
  const { name, sha256: fingerprint, practice } = certificate;
  const { signingTime = trust.claimedTime, commitment } = info.attributes;
  const { checks: timeChecks, attested } = verifyTimes(info, name, signingTime, trust.timestampAuthorities ?? []);
  const {
    recognition,
    check: recognised,
    path,
  } = recognise(certificate, certificates, trust, attested?.at ?? signingTime);
  const {
    check: revoked,
    revocation,
    isDoubtful,
  } = checkRevocation(certificate, { signingTime, attested: attested?.at }, trust.revocations ?? []);
  const signatureChecks = [
    contentDigest(bytes, info, name),
    signatureValue(info, certificate),
    signingCertificate(info, certificate),
    ...uncovered(info, certificate, read, trust),
    validity(certificate, attested?.at ?? signingTime),
    usage(certificate),
    revoked,
  ];
  return {
    checks: [...signatureChecks, recognised, ...timeChecks],
    signer: {
      name,
      certificate,
      fingerprint,
      practice,
      ...(signingTime === undefined ? {} : { signingTime }),
      ...(commitment === undefined ? {} : { commitment }),
      source: subject,
      valid: signatureChecks.every(({ outcome }) => outcome !== 'failed'),
      // FORENSIC: whoever stole a key can set a clock back; the claimed time alone does not clear a withdrawn identity.
      recognition: isDoubtful && recognition === 'trusted' ? 'unknown' : recognition,
      ...(attested === undefined ? {} : { attested }),
      ...(revocation === undefined ? {} : { revocation }),
      ...(path === undefined ? {} : { path }),
    },
  };
}

/** RFC 5652 §5.6 and §11.2: the message-digest attribute is the digest of the content. */
function contentDigest(bytes: Uint8Array, { digestAlgorithm, attributes }: SignerInfo, name: string): Check {
  const digest = digestOf(digestAlgorithm);
  const same =
    digest !== undefined &&
    attributes.contentType === oid.data &&
    Buffer.compare(createHash(digest).update(bytes).digest(), attributes.messageDigest) === 0;
  return sealCheck('signature', 'content-digest', same, name);
}

/** RFC 5652 §5.6: the signature over the signed attributes holds with the certificate's key. */
function signatureValue(info: SignerInfo, certificate: Certificate): Check {
  const digest = digestOf(info.digestAlgorithm);
  const holds =
    digest === undefined
      ? 'algorithm-unknown'
      : verifySignature(
          { algorithm: info.signatureAlgorithm, digest },
          certificate.publicKey,
          info.signedBytes,
          info.signature,
        );
  // A signature that cannot be tried is not a good one.
  if (typeof holds === 'string')
    return sealCheck('signature', 'signature-value', 'failed', certificate.name, { reason: holds });
  return sealCheck('signature', 'signature-value', holds, certificate.name);
}

/** RFC 5035 §5. A signature without the attribute is no CAdES signature and leaves open which certificate was meant. */
function signingCertificate({ attributes }: SignerInfo, certificate: Certificate): Check {
  const stated = attributes.signingCertificate;
  const outcome = stated === undefined ? 'not-checked' : hashFits(stated, certificate);
  return sealCheck('signature', 'signing-certificate', outcome, certificate.name);
}

function validity(certificate: Certificate, signingTime: Date | undefined): Check {
  const details = { notBefore: certificate.notBefore.toISOString(), notAfter: certificate.notAfter.toISOString() };
  if (signingTime === undefined)
    return sealCheck('certificate', 'certificate-validity', 'not-checked', certificate.name, details);
  return sealCheck('certificate', 'certificate-validity', validAt(certificate, signingTime), certificate.name, {
    ...details,
    signingTime: signingTime.toISOString(),
  });
}

/** SECURITY: a custody key signs custody entries without a passphrase; it must never pass for a person's seal. */
function usage({ keyUsage, custodyOnly, timestampOnly, name }: Certificate): Check {
  const allowed =
    keyUsage === undefined || keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation');
  return sealCheck('certificate', 'certificate-usage', allowed && !custodyOnly && !timestampOnly, name);
}

/** SECURITY: what no signature covers could be changed unseen, so only what we can check by itself may be there. */
function uncovered(
  info: SignerInfo,
  certificate: Certificate,
  { certificates: carried, signerInfos }: SignedData,
  { trusted = [], known = [] }: TrustOptions,
): readonly Check[] {
  const signers = signerInfos.flatMap((one) => findSignerCertificate(one, carried) ?? []);
  const { name } = certificate;
  const { strays, unverified } = carriedCertificates(signers, carried, [...trusted, ...known]);
  const outcome = strays.length > 0 ? 'failed' : unverified.length > 0 ? 'not-checked' : 'passed';
  const types = info.unknownUnsigned.join(', ');
  return [
    ...(carried.length < 2 ? [] : [sealCheck('certificate', 'certificates-carried', outcome, name)]),
    ...(types === '' ? [] : [sealCheck('signature', 'unsigned-attributes', 'failed', name, { types })]),
  ];
}

/** The timestamps in the unsigned attributes; without one the time is the signer's own word. */
function verifyTimes(
  { timestamps, signature }: SignerInfo,
  name: string,
  signingTime: Date | undefined,
  authorities: readonly Certificate[],
): { readonly checks: readonly Check[]; readonly attested?: AttestedTime } {
  const claimed = signingTime === undefined ? {} : { signingTime: signingTime.toISOString() };
  if (timestamps.length === 0)
    return { checks: [sealCheck('timestamp', 'signing-time', 'not-checked', name, claimed)] };
  const each = timestamps.map((token) => verifyTimestamp(token, signature, { authorities, subject: name }));
  const [attested] = each.flatMap((one) => one.attested ?? []).sort((a, b) => a.at.getTime() - b.at.getTime());
  const isAhead = attested !== undefined && signingTime !== undefined && signingTime > attested.at;
  return {
    checks: [
      ...each.flatMap(({ checks }) => checks),
      ...(isAhead
        ? [sealCheck('timestamp', 'signing-clock', 'not-checked', name, { ...claimed, at: attested.at.toISOString() })]
        : []),
    ],
    ...(attested === undefined ? {} : { attested }),
  };
}
