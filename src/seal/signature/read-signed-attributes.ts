import * as asn1 from 'asn1js';
import { MalformedAsn1 } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { identifier, octets, plainAlgorithm, sequence, setOf } from '../asn1/read-der.ts';
import { readTime } from '../asn1/time.ts';
import { readCommitment } from './commitment.ts';
import type { Commitment } from './commitment.ts';

/** RFC 5652 §5.3, Attribute. */
export interface Attribute {
  readonly type: string;
  readonly values: readonly asn1.AsnType[];
}

/** RFC 5035 §4, the first ESSCertIDv2: the certificate that the signer says it used. */
export interface SigningCertificateHash {
  readonly digestAlgorithm: string;
  readonly hash: Uint8Array;
}

/** The signed attributes that we act on. Others are covered by the signature and otherwise let be. */
export interface SignedAttributes {
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  readonly signingTime?: Date;
  readonly signingCertificate?: SigningCertificateHash;
  /** RFC 2634 §5.4, ESSCertID: SHA-1 of the certificate, as older timestamps name theirs. */
  readonly signingCertificateSha1?: Uint8Array;
  readonly commitment?: Commitment;
}

/** @throws MalformedAsn1 */
export function readAttributes(blocks: readonly asn1.AsnType[]): readonly Attribute[] {
  return blocks.map((block) => {
    const [type, values, ...more] = sequence(block, 'attribute');
    if (more.length > 0) throw new MalformedAsn1('attribute has too many fields');
    return { type: identifier(type, 'attribute type'), values: setOf(values, 'attribute values') };
  });
}

/** @throws MalformedAsn1, also when an attribute that must be single is not (RFC 5652 §11) */
export function readSignedAttributes(blocks: readonly asn1.AsnType[]): SignedAttributes {
  const attributes = readAttributes(blocks);
  const contentType = single(attributes, oid.contentType);
  const messageDigest = single(attributes, oid.messageDigest);
  const signingTime = single(attributes, oid.signingTime);
  const signingCertificate = single(attributes, oid.signingCertificateV2);
  const older = single(attributes, oid.signingCertificate);
  const commitment = single(attributes, oid.commitmentType);
  const time = readTime(signingTime);
  if (signingTime !== undefined && time === undefined) throw new MalformedAsn1('signing time is no time');
  return {
    contentType: identifier(contentType, 'content type'),
    messageDigest: octets(messageDigest, 'message digest'),
    ...(time === undefined ? {} : { signingTime: time }),
    ...(signingCertificate === undefined ? {} : { signingCertificate: readSigningCertificate(signingCertificate) }),
    ...(older === undefined ? {} : { signingCertificateSha1: readSigningCertificateSha1(older) }),
    ...(commitment === undefined ? {} : { commitment: readCommitment(commitment) }),
  };
}

function single(attributes: readonly Attribute[], type: string): asn1.AsnType | undefined {
  const found = attributes.filter((attribute) => attribute.type === type);
  if (found.length > 1 || (found.length === 1 && found[0]!.values.length !== 1))
    throw new MalformedAsn1(`attribute ${type} is not single`);
  return found[0]?.values[0];
}

/**
 * SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies … OPTIONAL };
 * ESSCertIDv2 ::= SEQUENCE { hashAlgorithm DEFAULT sha256, certHash, issuerSerial OPTIONAL }
 */
function readSigningCertificate(block: asn1.AsnType): SigningCertificateHash {
  const [certs] = sequence(block, 'signing certificate');
  const [first] = sequence(certs, 'signing certificate list');
  const fields = sequence(first, 'ESSCertIDv2');
  const explicit = fields[0] instanceof asn1.Sequence;
  return {
    digestAlgorithm: explicit ? plainAlgorithm(fields[0], 'ESSCertIDv2 hash algorithm') : oid.sha256,
    hash: octets(fields[explicit ? 1 : 0], 'ESSCertIDv2 hash'),
  };
}

/** SigningCertificate ::= SEQUENCE { certs SEQUENCE OF ESSCertID, … }; ESSCertID ::= SEQUENCE { certHash, … } */
function readSigningCertificateSha1(block: asn1.AsnType): Uint8Array {
  const [certs] = sequence(block, 'signing certificate');
  const [first] = sequence(certs, 'signing certificate list');
  return octets(sequence(first, 'ESSCertID')[0], 'ESSCertID hash');
}
