import * as asn1 from 'asn1js';
import { MalformedAsn1, readDer, toDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { identifier, isContext, sequence } from '../asn1/read-der.ts';
import { objectIdentifier, smallInteger, tag, wrap } from '../asn1/write-der.ts';
import { readImprint, unsignedInteger } from './read-timestamp-info.ts';
import type { MessageImprint } from './timestamp.ts';

/** A request for a timestamp: RFC 3161 §2.4.1, TimeStampReq. */
export interface TimestampRequest {
  readonly imprint: MessageImprint;
  /** Lower-case hex without leading zeros; absent in requests of others that leave it out. */
  readonly nonce?: string;
}

/**
 * A request for a timestamp of these bytes' SHA-256, with a nonce, asking for the authority's certificate.
 *
 * @param nonce random bytes, at least 8
 * @returns DER, to be carried to an authority as a file `.tsq`
 */
export function makeTimestampRequest(sha256: Uint8Array, nonce: Uint8Array): Uint8Array {
  // The first bit is kept clear and the second set, so that the number is positive and of one length.
  const number = Uint8Array.from(nonce);
  number[0] = (number[0]! & 0x7f) | 0x40;
  return wrap(
    tag.sequence,
    smallInteger(1),
    wrap(
      tag.sequence,
      // Authorities expect the NULL that RFC 3161's own time wrote after a digest's name.
      wrap(tag.sequence, objectIdentifier(oid.sha256), toDer(new asn1.Null())),
      wrap(tag.octetString, sha256),
    ),
    toDer(new asn1.Integer({ valueHex: number.buffer })),
    // certReq: the answer must hold the certificate, or nobody could check it offline.
    toDer(new asn1.Boolean({ value: true })),
  );
}

/** Reads a request, ours or another program's. Throws MalformedAsn1. */
export function readTimestampRequest(bytes: Uint8Array): TimestampRequest {
  const [version, imprint, ...optional] = sequence(readDer(bytes), 'TimeStampReq');
  if (unsignedInteger(version, 'request version') !== '1') throw new MalformedAsn1('request has another version');
  if (optional[0] instanceof asn1.ObjectIdentifier) identifier(optional.shift(), 'policy');
  const nonce = optional[0] instanceof asn1.Integer ? optional.shift() : undefined;
  if (optional[0] instanceof asn1.Boolean) optional.shift();
  if (isContext(optional[0], 0)) optional.shift();
  if (optional.length > 0) throw new MalformedAsn1('request has too many fields');
  return {
    imprint: readImprint(imprint),
    ...(nonce === undefined ? {} : { nonce: unsignedInteger(nonce, 'nonce') }),
  };
}
