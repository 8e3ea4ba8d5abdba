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
 * @param subject what the checks call the signature, such as its file name
 */
export function verifyDetached(
  bytes: Uint8Array,
  der: Uint8Array,
  options: TrustOptions & { readonly subject?: string } = {},
): Verification {
  const { subject = 'signature', ...trust } = options;
  const read = readOrReason(der);
  if (typeof read === 'string')
    return { checks: [sealCheck('signature', 'signature-readable', 'failed', subject, { reason: read })], signers: [] };
  const each = read.signerInfos.map((info) => verifySigner(bytes, info, read, subject, trust));
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
  { certificates }: SignedData,
  subject: string,
  trust: TrustOptions,
): SignerResult {
  const certificate = findSignerCertificate(info, certificates);
  if (certificate === undefined) return { checks: [sealCheck('certificate', 'signer-certificate', 'failed', subject)] };
  const { name, sha256: fingerprint, practice } = certificate;
  const { signingTime, commitment } = info.attributes;
  const { recognition, check: recognised, path } = recognise(certificate, certificates, trust, signingTime);
  const signatureChecks = [
    contentDigest(bytes, info, name),
    signatureValue(info, certificate),
    signingCertificate(info, certificate),
    validity(certificate, signingTime),
    usage(certificate),
  ];
  return {
    checks: [
      ...signatureChecks,
      recognised,
      time(info, name),
      sealCheck('certificate', 'revocation', 'not-checked', name),
    ],
    signer: {
      name,
      certificate,
      fingerprint,
      practice,
      ...(signingTime === undefined ? {} : { signingTime }),
      ...(commitment === undefined ? {} : { commitment }),
      source: subject,
      valid: signatureChecks.every(({ outcome }) => outcome !== 'failed'),
      recognition,
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
function usage({ keyUsage, custodyOnly, name }: Certificate): Check {
  const allowed =
    keyUsage === undefined || keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation');
  return sealCheck('certificate', 'certificate-usage', allowed && !custodyOnly, name);
}

/** The time is the signer's own word until a timestamp says otherwise. */
function time({ attributes, hasTimestamp }: SignerInfo, name: string): Check {
  const { signingTime } = attributes;
  return sealCheck('timestamp', hasTimestamp ? 'timestamp-token' : 'signing-time', 'not-checked', name, {
    ...(signingTime === undefined ? {} : { signingTime: signingTime.toISOString() }),
  });
}
