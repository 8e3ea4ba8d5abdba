import { createHash } from 'node:crypto';
import { toDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { timeBlock } from '../asn1/time.ts';
import { objectIdentifier, smallInteger, tag, wrap, wrapSetOf } from '../asn1/write-der.ts';
import { algorithmIdentifier } from '../certificate/issue-certificate.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { issuerAndSerial } from '../certificate/issuer-and-serial.ts';
import type { Signer } from '../signer/signer.ts';
import { writeCommitment } from './commitment.ts';
import type { NewCommitment } from './commitment.ts';

export interface SigningOptions {
  /** Signed as claimed by this clock. Leave it out for PAdES, where the PDF's own entry states it (ETSI EN 319 142-1 §5.3). */
  readonly signingTime?: Date;
  /** In which role the signer signs, and a comment. */
  readonly commitment?: NewCommitment;
}

/**
 * A detached CMS signature over these bytes in CAdES-BES form (RFC 5126 §4.3.1, ETSI EN 319 122-1): SHA-256, signed
 * attributes content-type, message-digest, signing-certificate-v2 and, when given, signing-time and
 * commitment-type-indication; the signer's certificate and its issuers included.
 *
 * @returns DER of the ContentInfo
 */
export async function signDetached(
  bytes: Uint8Array,
  signer: Signer,
  options: SigningOptions = {},
): Promise<Uint8Array> {
  const attributes = signedAttributes(bytes, signer.certificate, options);
  const { issuer, serialNumber } = issuerAndSerial(signer.certificate);
  // RFC 5652 §5.4: the signature covers the attributes as a SET OF, not as the [0] that stands in the message.
  const signature = await signer.sign(wrapSetOf(tag.set, attributes));
  const signerInfo = wrap(
    tag.sequence,
    // RFC 5652 §5.3: version 1 goes with issuerAndSerialNumber
    smallInteger(1),
    // RFC 5652 §10.2.4
    wrap(tag.sequence, issuer, serialNumber),
    sha256Identifier(),
    wrapSetOf(tag.context0, attributes),
    toDer(algorithmIdentifier(signer.algorithm).toSchema()),
    wrap(tag.octetString, signature),
  );
  const certificates = [signer.certificate, ...signer.issuers].map(({ der }) => der);
  const signedData = wrap(
    tag.sequence,
    // RFC 5652 §5.1: version 1 goes with version 1 signer infos over id-data
    smallInteger(1),
    wrap(tag.set, sha256Identifier()),
    // RFC 5652 §5.2: no eContent, the content is elsewhere
    wrap(tag.sequence, objectIdentifier(oid.data)),
    wrapSetOf(tag.context0, certificates),
    wrap(tag.set, signerInfo),
  );
  // RFC 5652 §3
  return wrap(tag.sequence, objectIdentifier(oid.signedData), wrap(tag.context0, signedData));
}

function signedAttributes(
  bytes: Uint8Array,
  certificate: Certificate,
  { signingTime, commitment }: SigningOptions,
): Uint8Array[] {
  const digest = createHash('sha256').update(bytes).digest();
  return [
    // RFC 5652 §11.1
    attribute(oid.contentType, objectIdentifier(oid.data)),
    // RFC 5652 §11.2
    attribute(oid.messageDigest, wrap(tag.octetString, digest)),
    // RFC 5652 §11.3
    ...(signingTime === undefined ? [] : [attribute(oid.signingTime, toDer(timeBlock(signingTime)))]),
    attribute(oid.signingCertificateV2, signingCertificateV2(certificate)),
    ...(commitment === undefined ? [] : [attribute(oid.commitmentType, writeCommitment(commitment))]),
  ];
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return wrap(tag.sequence, objectIdentifier(type), wrap(tag.set, value));
}

/**
 * RFC 5035 §3: binds the signature to this very certificate and not another over the same key. SHA-256 is the default
 * of hashAlgorithm, so DER leaves it out; issuerSerial is a hint only and not needed (ETSI EN 319 122-1 §5.2.2.3).
 */
function signingCertificateV2(certificate: Certificate): Uint8Array {
  const certHash = wrap(tag.octetString, Buffer.from(certificate.sha256, 'hex'));
  const essCertIdV2 = wrap(tag.sequence, certHash);
  return wrap(tag.sequence, wrap(tag.sequence, essCertIdV2));
}

/** RFC 5754 §2: parameters are left out. */
function sha256Identifier(): Uint8Array {
  return wrap(tag.sequence, objectIdentifier(oid.sha256));
}
