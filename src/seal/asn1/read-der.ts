import * as asn1 from 'asn1js';
import { MalformedAsn1 } from './der.ts';

/** The parts of a SEQUENCE. Each reader here names what it was looking for when it is not there. */
export function sequence(block: asn1.AsnType | undefined, what: string): readonly asn1.AsnType[] {
  if (!(block instanceof asn1.Sequence)) throw new MalformedAsn1(`${what} is no sequence`);
  return block.valueBlock.value;
}

/** The members of a SET OF. */
export function setOf(block: asn1.AsnType | undefined, what: string): readonly asn1.AsnType[] {
  if (!(block instanceof asn1.Set)) throw new MalformedAsn1(`${what} is no set`);
  return block.valueBlock.value;
}

/** True for a value tagged `[number]`. */
export function isContext(block: asn1.AsnType | undefined, number: number): block is asn1.AsnType {
  return block?.idBlock.tagClass === 3 && block.idBlock.tagNumber === number;
}

/** The parts of a constructed value tagged `[number]`. */
export function contextParts(block: asn1.AsnType | undefined, number: number, what: string): readonly asn1.AsnType[] {
  if (!isContext(block, number) || !(block instanceof asn1.Constructed))
    throw new MalformedAsn1(`${what} is not tagged [${number}]`);
  return block.valueBlock.value;
}

export function identifier(block: asn1.AsnType | undefined, what: string): string {
  if (!(block instanceof asn1.ObjectIdentifier)) throw new MalformedAsn1(`${what} is no object identifier`);
  return block.valueBlock.toString();
}

/** The octets of a primitive OCTET STRING, as DER asks (X.690 §10.2). */
export function octets(block: asn1.AsnType | undefined, what: string): Uint8Array {
  if (!(block instanceof asn1.OctetString) || block.idBlock.isConstructed)
    throw new MalformedAsn1(`${what} is no octet string`);
  return block.valueBlock.valueHexView;
}

const integerTag = 2;

/** A small non-negative INTEGER, such as a version. */
export function version(block: asn1.AsnType | undefined, what: string): number {
  // In asn1js an ENUMERATED is an Integer too.
  if (!(block instanceof asn1.Integer) || block.idBlock.tagNumber !== integerTag)
    throw new MalformedAsn1(`${what} has no version`);
  const octetsOfNumber = block.valueBlock.valueHexView;
  if (octetsOfNumber.length !== 1) throw new MalformedAsn1(`${what} has no version`);
  return octetsOfNumber[0]!;
}

/** The whole encoding of a value as it was read, tag and length included. */
export function encoding(block: asn1.AsnType): Uint8Array {
  return block.valueBeforeDecodeView;
}

/**
 * The identifier of an AlgorithmIdentifier whose parameters are absent or NULL: the only forms that the algorithms of
 * our signatures have (RFC 5754).
 */
export function plainAlgorithm(block: asn1.AsnType | undefined, what: string): string {
  const [name, parameters, ...more] = sequence(block, what);
  if (more.length > 0 || (parameters !== undefined && !(parameters instanceof asn1.Null)))
    throw new MalformedAsn1(`${what} has parameters`);
  return identifier(name, what);
}
