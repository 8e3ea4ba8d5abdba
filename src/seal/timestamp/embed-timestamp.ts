import { MalformedAsn1, readDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { contextParts, encoding, octets, sequence, setOf } from '../asn1/read-der.ts';
import { objectIdentifier, tag, wrap, wrapSetOf } from '../asn1/write-der.ts';
import { readAttributes } from '../signature/read-signed-attributes.ts';

/**
 * The value of the one signature in a CMS message: what a timestamp of it is made over (RFC 5126 §6.1.1).
 *
 * @throws MalformedAsn1, also when several have signed: each of our signatures is a message of its own
 */
export function signatureValue(cms: Uint8Array): Uint8Array {
  return Uint8Array.from(octets(signerFields(cms).signer[5], 'signature'));
}

/**
 * Puts a timestamp into a CMS signature as the unsigned attribute signature-time-stamp (RFC 5126 §6.1.1): CAdES-T. Everything
 * that was there stays byte for byte as it was; the same token is not put in twice.
 *
 * @throws MalformedAsn1 as {@link signatureValue}
 */
export function embedTimestamp(cms: Uint8Array, token: Uint8Array): Uint8Array {
  const { contentType, signedData, signer } = signerFields(cms);
  const unsigned = signer[6] === undefined ? [] : contextParts(signer[6], 1, 'unsignedAttrs');
  const kept = unsigned.map((block) => encoding(block));
  const added = wrap(tag.sequence, objectIdentifier(oid.timeStampToken), wrap(tag.set, token));
  const isThere = readAttributes(unsigned).some(
    ({ type, values }) =>
      type === oid.timeStampToken && values.some((value) => Buffer.compare(encoding(value), token) === 0),
  );
  if (isThere) return Uint8Array.from(cms);
  const signerInfo = wrap(
    tag.sequence,
    ...signer.slice(0, 6).map((block) => encoding(block)),
    wrapSetOf(tag.context1, [...kept, added]),
  );
  const before = signedData.slice(0, -1).map((block) => encoding(block));
  return wrap(
    tag.sequence,
    encoding(contentType),
    wrap(tag.context0, wrap(tag.sequence, ...before, wrap(tag.set, signerInfo))),
  );
}

function signerFields(cms: Uint8Array) {
  const [contentType, content] = sequence(readDer(cms), 'ContentInfo');
  const [body] = contextParts(content, 0, 'content');
  const signedData = sequence(body, 'SignedData');
  const signers = setOf(signedData.at(-1), 'signerInfos');
  if (contentType === undefined || signers.length !== 1) throw new MalformedAsn1(`${signers.length} signers`);
  const signer = sequence(signers[0], 'SignerInfo');
  // RFC 5652 §5.3: version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature, [1] unsignedAttrs
  if (signer.length < 6) throw new MalformedAsn1('SignerInfo is incomplete');
  return { contentType, signedData, signer };
}
