import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { readDer, toDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { timeBlock } from '../asn1/time.ts';
import type { RandomBytes } from '../random.ts';
import type { SignatureAlgorithm } from '../signer/signature-algorithm.ts';
import { keyUsages } from './certificate.ts';
import type { Certificate, KeyUsage } from './certificate.ts';
import { writeName } from './distinguished-name.ts';
import type { DistinguishedName } from './distinguished-name.ts';
import { readCertificate } from './read-certificate.ts';

/** What a new certificate says. */
export interface CertificateContent {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsage: readonly KeyUsage[];
  /** How many authorities may stand between it and an end entity; absent: it is no authority. */
  readonly pathLength?: number;
  /** Its key signs custody logs only. */
  readonly custodyOnly?: boolean;
  /** Uniform resource identifiers of the subject, such as `urn:uuid:…`. */
  readonly uris?: readonly string[];
}

/** Who issues it: another certificate's holder, or itself. */
export interface Issuer {
  /** Absent: self-signed. */
  readonly certificate?: Certificate;
  readonly algorithm: SignatureAlgorithm;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Makes an X.509 v3 certificate (RFC 5280 §4.1). Validity is cut to whole seconds; the serial number has 127 random bits. */
export async function issueCertificate(
  content: CertificateContent,
  issuer: Issuer,
  random: RandomBytes,
): Promise<Certificate> {
  const publicKeyDer = content.publicKey.export({ type: 'spki', format: 'der' });
  const issuerParsed = issuer.certificate && new pkijs.Certificate({ schema: readDer(issuer.certificate.der) });
  const certificate = new pkijs.Certificate({
    // RFC 5280 §4.1.2.1: 2 means v3
    version: 2,
    serialNumber: serialNumber(random),
    signature: algorithmIdentifier(issuer.algorithm),
    // RFC 5280 §4.1.2.4: byte for byte the issuer's own subject, or chains break
    issuer: issuerParsed?.subject ?? writeName(content.subject),
    subject: writeName(content.subject),
    notBefore: new pkijs.Time({ schema: timeBlock(content.notBefore) }),
    notAfter: new pkijs.Time({ schema: timeBlock(content.notAfter) }),
    subjectPublicKeyInfo: new pkijs.PublicKeyInfo({ schema: readDer(publicKeyDer) }),
    extensions: extensions(content, issuerParsed),
    signatureAlgorithm: algorithmIdentifier(issuer.algorithm),
  });
  const signature = await issuer.sign(toDer(certificate.encodeTBS()));
  certificate.signatureValue = new asn1.BitString({ valueHex: Uint8Array.from(signature).buffer });
  return readCertificate(toDer(certificate.toSchema(true)));
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2: positive, at most 20 octets. */
function serialNumber(random: RandomBytes): asn1.Integer {
  const bytes = Uint8Array.from(random(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return new asn1.Integer({ valueHex: bytes.buffer });
}

export function algorithmIdentifier(algorithm: SignatureAlgorithm): pkijs.AlgorithmIdentifier {
  return new pkijs.AlgorithmIdentifier({
    algorithmId: algorithm.oid,
    ...(algorithm.nullParameters ? { algorithmParams: new asn1.Null() } : {}),
  });
}

function extensions(content: CertificateContent, issuer: pkijs.Certificate | undefined): pkijs.Extension[] {
  const own = keyIdentifier(
    new pkijs.PublicKeyInfo({ schema: readDer(content.publicKey.export({ type: 'spki', format: 'der' })) }),
  );
  const above = issuer === undefined ? own : keyIdentifier(issuer.subjectPublicKeyInfo);
  return [
    // RFC 5280 §4.2.1.9
    extension(oid.basicConstraints, true, basicConstraints(content)),
    // RFC 5280 §4.2.1.3
    extension(oid.keyUsage, true, keyUsageBits(content.keyUsage)),
    // RFC 5280 §4.2.1.12. SECURITY: critical, so that no other verifier takes a custody key for a person's signature.
    ...(content.custodyOnly === true
      ? [
          extension(
            oid.extendedKeyUsage,
            true,
            new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: oid.custodyLogSigning })] }),
          ),
        ]
      : []),
    // RFC 5280 §4.2.1.6
    ...(content.uris === undefined ? [] : [extension(oid.subjectAltName, false, uriNames(content.uris))]),
    // RFC 5280 §4.2.1.2
    extension(oid.subjectKeyIdentifier, false, new asn1.OctetString({ valueHex: own })),
    // RFC 5280 §4.2.1.1
    extension(oid.authorityKeyIdentifier, false, new asn1.Sequence({ value: [implicit(0, above)] })),
  ];
}

function extension(extnID: string, critical: boolean, value: asn1.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) });
}

function basicConstraints({ pathLength }: CertificateContent): asn1.Sequence {
  // DER leaves out a value that is the default, and cA is FALSE by default.
  if (pathLength === undefined) return new asn1.Sequence({ value: [] });
  return new asn1.Sequence({ value: [new asn1.Boolean({ value: true }), new asn1.Integer({ value: pathLength })] });
}

function keyUsageBits(usages: readonly KeyUsage[]): asn1.BitString {
  let bits = 0;
  for (const usage of usages) bits |= 0x80 >> keyUsages.indexOf(usage);
  // DER of a named-bit list ends at its last one bit: X.690 §11.2.2
  const unusedBits = 31 - Math.clz32(bits & -bits);
  return new asn1.BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits });
}

function uriNames(uris: readonly string[]): asn1.Sequence {
  return new asn1.Sequence({
    value: uris.map((uri) => implicit(6, Uint8Array.from(Buffer.from(uri, 'ascii')).buffer)),
  });
}

function implicit(tagNumber: number, valueHex: ArrayBuffer): asn1.Primitive {
  return new asn1.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex });
}

/** RFC 5280 §4.2.1.2 method (1): SHA-1 of the key's bit string. A name for finding it, not a protection. */
function keyIdentifier(key: pkijs.PublicKeyInfo): ArrayBuffer {
  const digest = createHash('sha1').update(key.subjectPublicKey.valueBlock.valueHexView).digest();
  return Uint8Array.from(digest).buffer;
}
