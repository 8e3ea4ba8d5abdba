import type * as asn1 from 'asn1js';
import { MalformedAsn1, readDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import {
  contextParts,
  encoding,
  identifier,
  isContext,
  octets,
  plainAlgorithm,
  sequence,
  setOf,
  version,
} from '../asn1/read-der.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { readCertificate } from '../certificate/read-certificate.ts';
import { readSignerInfo } from './read-signer-info.ts';
import type { SignerInfo } from './read-signer-info.ts';

/** A CMS signature, read and not yet believed. */
export interface SignedData {
  /** What is signed, where the message holds it itself. */
  readonly content?: Uint8Array;
  readonly certificates: readonly Certificate[];
  readonly signerInfos: readonly SignerInfo[];
}

/**
 * Reads the DER or BER of a detached CMS signature over plain data (RFC 5652 §3 and §5).
 *
 * SECURITY: stricter than many readers. Fields that no signature covers must be what the rest of the message makes
 * them (versions, digest algorithms), so that there is nothing left that could be changed unseen.
 *
 * @throws MalformedAsn1, or AssayError `certificate-unreadable`
 */
export function readSignedData(bytes: Uint8Array): SignedData {
  return readSigned(bytes, detachedData);
}

/**
 * Reads a CMS signature that holds what it signs: a timestamp's token (RFC 3161 §2.4.2). Strict as {@link readSignedData}.
 *
 * @throws MalformedAsn1, or AssayError `certificate-unreadable`
 */
export function readSignedContent(bytes: Uint8Array, contentType: string): SignedData & { content: Uint8Array } {
  const signed = readSigned(bytes, (block) => encapsulated(block, contentType));
  const { content } = signed;
  if (content === undefined) throw new MalformedAsn1('signed content is missing');
  return { ...signed, content };
}

function readSigned(
  bytes: Uint8Array,
  readContent: (block: asn1.AsnType | undefined) => { readonly content?: Uint8Array; readonly leastVersion: number },
): SignedData {
  const [contentType, content, ...more] = sequence(readDer(bytes), 'ContentInfo');
  if (identifier(contentType, 'contentType') !== oid.signedData || more.length > 0)
    throw new MalformedAsn1('not a signed message');
  const fields = sequence(onlyOne(contextParts(content, 0, 'content'), 'content'), 'SignedData');
  const [versionField, digestAlgorithms, encapsulatedContent, ...optional] = fields;
  const certificateSet = takeContext(optional, 0);
  // RFC 5652 §10.2.1: revocation lists may be carried; offline, they are for a chain's verifier and not read here.
  takeContext(optional, 1);
  const signerInfos = setOf(onlyOne(optional, 'signerInfos'), 'signerInfos').map(readSignerInfo);
  if (signerInfos.length === 0) throw new MalformedAsn1('nobody signed');
  const { content: signedContent, leastVersion } = readContent(encapsulatedContent);
  requireFitting(version(versionField, 'SignedData'), leastVersion, digestAlgorithms, signerInfos);
  const certificates =
    certificateSet === undefined
      ? []
      : contextParts(certificateSet, 0, 'certificates').map((block) => readCertificate(encoding(block)));
  return { ...(signedContent === undefined ? {} : { content: signedContent }), certificates, signerInfos };
}

function onlyOne(blocks: readonly asn1.AsnType[], what: string): asn1.AsnType {
  if (blocks.length !== 1) throw new MalformedAsn1(`${what} has ${blocks.length} values`);
  return blocks[0]!;
}

function takeContext(blocks: asn1.AsnType[], number: number): asn1.AsnType | undefined {
  return isContext(blocks[0], number) ? blocks.shift() : undefined;
}

/** RFC 5652 §5.2. SECURITY: content inside would be a second thing that the signature might be about. */
function detachedData(block: asn1.AsnType | undefined): { leastVersion: number } {
  const [type, content] = sequence(block, 'encapContentInfo');
  if (identifier(type, 'eContentType') !== oid.data) throw new MalformedAsn1('signed content is not plain data');
  if (content !== undefined) throw new MalformedAsn1('signature is not detached');
  return { leastVersion: 1 };
}

function encapsulated(
  block: asn1.AsnType | undefined,
  contentType: string,
): { content: Uint8Array; leastVersion: number } {
  const [type, content, ...more] = sequence(block, 'encapContentInfo');
  if (identifier(type, 'eContentType') !== contentType || more.length > 0)
    throw new MalformedAsn1('signed content is of another type');
  // RFC 5652 §5.1: what is not plain data asks for version 3
  return { content: octets(onlyOne(contextParts(content, 0, 'eContent'), 'eContent'), 'eContent'), leastVersion: 3 };
}

/** RFC 5652 §5.1: version and digestAlgorithms follow from the signer infos. */
function requireFitting(
  stated: number,
  least: number,
  digestAlgorithms: asn1.AsnType | undefined,
  signerInfos: readonly SignerInfo[],
): void {
  if (stated !== Math.max(least, ...signerInfos.map((info) => info.version)))
    throw new MalformedAsn1('version does not fit');
  const named = setOf(digestAlgorithms, 'digestAlgorithms').map((block) => plainAlgorithm(block, 'digestAlgorithm'));
  const used = new Set(signerInfos.map((info) => info.digestAlgorithm));
  if (new Set(named).size !== named.length || named.length !== used.size || !named.every((name) => used.has(name)))
    throw new MalformedAsn1('digest algorithms do not fit');
}
