import type * as asn1 from 'asn1js';
import { MalformedAsn1 } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { contextParts, encoding, isContext, octets, plainAlgorithm, sequence, version } from '../asn1/read-der.ts';
import { tag } from '../asn1/write-der.ts';
import { readAttributes, readSignedAttributes } from './read-signed-attributes.ts';
import type { SignedAttributes } from './read-signed-attributes.ts';

/** Which certificate signed: RFC 5652 §5.3, SignerIdentifier. */
export type SignerIdentifier =
  | { readonly by: 'issuer-and-serial'; readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
  | { readonly by: 'key-identifier'; readonly keyIdentifier: Uint8Array };

/** RFC 5652 §5.3, read. */
export interface SignerInfo {
  readonly version: number;
  readonly signerIdentifier: SignerIdentifier;
  readonly digestAlgorithm: string;
  readonly attributes: SignedAttributes;
  /** What the signature was made over: the signed attributes as a SET OF. */
  readonly signedBytes: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  /** RFC 3161 appendix A: tokens of timestamps in the unsigned attributes. */
  readonly timestamps: readonly Uint8Array[];
  /** Types of unsigned attributes that we do not know: nothing vouches for what they hold. */
  readonly unknownUnsigned: readonly string[];
}

/** @throws MalformedAsn1 */
export function readSignerInfo(block: asn1.AsnType): SignerInfo {
  const [versionField, sid, digestAlgorithm, signedAttrs, signatureAlgorithm, signature, unsignedAttrs, ...more] =
    sequence(block, 'SignerInfo');
  if (more.length > 0) throw new MalformedAsn1('SignerInfo has too many fields');
  // SECURITY: without signed attributes, the attributes of another signature could be passed off as the content
  // (RFC 5652 §5.3 needs them for us anyway: CAdES is made of them).
  if (!isContext(signedAttrs, 0)) throw new MalformedAsn1('no signed attributes');
  const signerIdentifier = readSignerIdentifier(sid);
  const stated = version(versionField, 'SignerInfo');
  if (stated !== (signerIdentifier.by === 'issuer-and-serial' ? 1 : 3))
    throw new MalformedAsn1('SignerInfo version does not fit');
  const signedBytes = Uint8Array.from(encoding(signedAttrs));
  // RFC 5652 §5.4: the SET OF tag, not the [0] of the message
  signedBytes[0] = tag.set;
  return {
    version: stated,
    signerIdentifier,
    digestAlgorithm: plainAlgorithm(digestAlgorithm, 'digestAlgorithm'),
    attributes: readSignedAttributes(contextParts(signedAttrs, 0, 'signedAttrs')),
    signedBytes,
    signatureAlgorithm: plainAlgorithm(signatureAlgorithm, 'signatureAlgorithm'),
    signature: octets(signature, 'signature'),
    ...readUnsigned(unsignedAttrs),
  };
}

function readUnsigned(block: asn1.AsnType | undefined): Pick<SignerInfo, 'timestamps' | 'unknownUnsigned'> {
  if (block === undefined) return { timestamps: [], unknownUnsigned: [] };
  const attributes = readAttributes(contextParts(block, 1, 'unsignedAttrs'));
  return {
    timestamps: attributes.flatMap(({ type, values }) =>
      type === oid.timeStampToken ? values.map((value) => Uint8Array.from(encoding(value))) : [],
    ),
    // RFC 5652 §5.3: a set of attributes has at least one, each of at least one value.
    unknownUnsigned: attributes.flatMap(({ type, values }) =>
      type === oid.timeStampToken && values.length > 0 ? [] : [type],
    ),
  };
}

function readSignerIdentifier(block: asn1.AsnType | undefined): SignerIdentifier {
  if (isContext(block, 0)) {
    const view = 'valueHexView' in block.valueBlock ? block.valueBlock.valueHexView : undefined;
    if (!(view instanceof Uint8Array)) throw new MalformedAsn1('no subject key identifier');
    return { by: 'key-identifier', keyIdentifier: view };
  }
  const [issuer, serialNumber, ...more] = sequence(block, 'issuerAndSerialNumber');
  if (issuer === undefined || serialNumber === undefined || more.length > 0)
    throw new MalformedAsn1('issuerAndSerialNumber is incomplete');
  return { by: 'issuer-and-serial', issuer: encoding(issuer), serialNumber: encoding(serialNumber) };
}
