import { createHash, X509Certificate } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { AssayError } from '../../base/errors.ts';
import { MalformedAsn1, readDer, reading, toDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { octets } from '../asn1/read-der.ts';
import { keyUsages } from './certificate.ts';
import type { Certificate, KeyUsage } from './certificate.ts';
import { readName, showable } from './distinguished-name.ts';
import { readPem, writePem } from './pem.ts';
import { practiceMarker } from './practice-marker.ts';

/** DER of `SEQUENCE { custodyLogSigning }`: compared as bytes, since 128-bit arcs have no agreed text form. */
const custodyUsage = toDer(new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: oid.custodyLogSigning })] }));

const timestampUsage = toDer(new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: oid.timeStamping })] }));

/** Extensions whose meaning is looked at here or in the chain. */
const processed: ReadonlySet<string> = new Set([
  oid.basicConstraints,
  oid.keyUsage,
  oid.extendedKeyUsage,
  oid.subjectAltName,
  oid.subjectKeyIdentifier,
  oid.authorityKeyIdentifier,
]);

/**
 * Reads a certificate from DER bytes, or the first one of a PEM text.
 *
 * @throws AssayError `certificate-unreadable`
 */
export function readCertificate(source: Uint8Array | string): Certificate {
  const der = typeof source === 'string' ? readPem('CERTIFICATE', source)[0] : source;
  if (der === undefined) throw new AssayError('certificate-unreadable', { reason: 'no PEM certificate in the text' });
  try {
    return reading('certificate', () => parse(der));
  } catch (error) {
    if (!(error instanceof MalformedAsn1)) throw error;
    throw new AssayError('certificate-unreadable', { reason: error.message }, { cause: error });
  }
}

/** All certificates of a PEM text, in order: an identity's own first, then its issuers. */
export function readCertificates(pem: string): Certificate[] {
  return readPem('CERTIFICATE', pem).map((der) => readCertificate(der));
}

function parse(source: Uint8Array): Certificate {
  const der = Uint8Array.from(source);
  const parsed = new pkijs.Certificate({ schema: readDer(der) });
  const sha256 = createHash('sha256').update(der).digest('hex');
  const subject = readName(parsed.subject);
  const keyUsage = readKeyUsage(parsed);
  const keyIdentifier = readKeyIdentifier(parsed);
  return {
    der,
    pem: writePem('CERTIFICATE', der),
    sha256,
    subject,
    issuer: readName(parsed.issuer),
    name: subject.commonName || subject.organisation || sha256.slice(0, 16),
    serialNumber: Buffer.from(parsed.serialNumber.valueBlock.valueHexView)
      .toString('hex')
      .replace(/^0+(?=.)/, ''),
    notBefore: validDate(parsed.notBefore.value),
    notAfter: validDate(parsed.notAfter.value),
    ...readBasicConstraints(parsed),
    ...(keyUsage === undefined ? {} : { keyUsage }),
    practice: subject.organisationalUnit === practiceMarker,
    custodyOnly: hasOnlyUsage(parsed, custodyUsage),
    timestampOnly: hasOnlyUsage(parsed, timestampUsage) && extension(parsed, oid.extendedKeyUsage)?.critical === true,
    uris: readUris(parsed),
    ...(keyIdentifier === undefined ? {} : { keyIdentifier }),
    unprocessedCriticalExtension:
      parsed.extensions?.some(({ critical, extnID }) => critical && !processed.has(extnID)) === true,
    publicKey: new X509Certificate(der).publicKey,
  };
}

function validDate(date: Date): Date {
  if (Number.isNaN(date.getTime())) throw new MalformedAsn1('validity holds no time');
  return date;
}

function extension(certificate: pkijs.Certificate, id: string): pkijs.Extension | undefined {
  return certificate.extensions?.find((candidate) => candidate.extnID === id);
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3: a bit string, first bit digitalSignature. */
function readKeyUsage(certificate: pkijs.Certificate): readonly KeyUsage[] | undefined {
  const found = extension(certificate, oid.keyUsage);
  if (found === undefined) return undefined;
  const block = readDer(found.extnValue.valueBlock.valueHexView);
  if (!(block instanceof asn1.BitString)) throw new MalformedAsn1('key usage is no bit string');
  const bits = block.valueBlock.valueHexView;
  return keyUsages.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0);
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.2 */
function readKeyIdentifier(certificate: pkijs.Certificate): Uint8Array | undefined {
  const found = extension(certificate, oid.subjectKeyIdentifier);
  return found && Uint8Array.from(octets(readDer(found.extnValue.valueBlock.valueHexView), 'key identifier'));
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9 */
function readBasicConstraints(
  certificate: pkijs.Certificate,
): Pick<Certificate, 'isCertificateAuthority' | 'pathLength'> {
  const found = extension(certificate, oid.basicConstraints);
  if (found === undefined) return { isCertificateAuthority: false };
  const { cA, pathLenConstraint } = new pkijs.BasicConstraints({
    schema: readDer(found.extnValue.valueBlock.valueHexView),
  });
  return {
    isCertificateAuthority: cA,
    ...(typeof pathLenConstraint === 'number' ? { pathLength: pathLenConstraint } : {}),
  };
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6: GeneralName [6] uniformResourceIdentifier. */
function readUris(certificate: pkijs.Certificate): readonly string[] {
  const found = extension(certificate, oid.subjectAltName);
  if (found === undefined) return [];
  const { names } = new pkijs.GeneralNames({ schema: readDer(found.extnValue.valueBlock.valueHexView) });
  return names.flatMap(({ type, value }) => (type === 6 && typeof value === 'string' ? [showable(value)] : []));
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12 */
function hasOnlyUsage(certificate: pkijs.Certificate, usage: Uint8Array): boolean {
  const found = extension(certificate, oid.extendedKeyUsage);
  return found !== undefined && Buffer.compare(found.extnValue.valueBlock.valueHexView, usage) === 0;
}
