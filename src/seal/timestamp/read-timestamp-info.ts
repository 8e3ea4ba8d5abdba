import * as asn1 from 'asn1js';
import { MalformedAsn1, readDer } from '../asn1/der.ts';
import { contextParts, encoding, identifier, isContext, octets, plainAlgorithm, sequence } from '../asn1/read-der.ts';
import type { MessageImprint, TimestampInfo } from './timestamp.ts';

/**
 * Reads the content of a timestamp's token: TSTInfo of https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2
 *
 * @throws MalformedAsn1, also for a critical extension, of which we know none
 */
export function readTimestampInfo(bytes: Uint8Array): TimestampInfo {
  const [version, policy, imprint, serialNumber, generatedAt, ...optional] = sequence(readDer(bytes), 'TSTInfo');
  if (unsignedInteger(version, 'TSTInfo version') !== '1') throw new MalformedAsn1('TSTInfo has another version');
  const accuracy = optional[0] instanceof asn1.Sequence ? optional.shift() : undefined;
  if (optional[0] instanceof asn1.Boolean) optional.shift();
  const nonce = optional[0] instanceof asn1.Integer ? optional.shift() : undefined;
  if (isContext(optional[0], 0)) optional.shift();
  if (isContext(optional[0], 1)) requireNoneCritical(contextParts(optional.shift(), 1, 'extensions'));
  if (optional.length > 0) throw new MalformedAsn1('TSTInfo has too many fields');
  return {
    policy: identifier(policy, 'policy'),
    imprint: readImprint(imprint),
    serialNumber: unsignedInteger(serialNumber, 'serial number'),
    generatedAt: readGeneralizedTime(generatedAt),
    ...(accuracy === undefined ? {} : { accuracyMs: readAccuracy(accuracy) }),
    ...(nonce === undefined ? {} : { nonce: unsignedInteger(nonce, 'nonce') }),
  };
}

/** MessageImprint ::= SEQUENCE { hashAlgorithm, hashedMessage }: §2.4.1. Throws MalformedAsn1. */
export function readImprint(block: asn1.AsnType | undefined): MessageImprint {
  const [algorithm, hash, ...more] = sequence(block, 'message imprint');
  if (more.length > 0) throw new MalformedAsn1('message imprint has too many fields');
  return {
    algorithm: plainAlgorithm(algorithm, 'imprint algorithm'),
    hash: Uint8Array.from(octets(hash, 'imprint')),
  };
}

/** A non-negative INTEGER of any size, as hex without leading zeros. Throws MalformedAsn1. */
export function unsignedInteger(block: asn1.AsnType | undefined, what: string): string {
  if (!(block instanceof asn1.Integer) || block.idBlock.tagNumber !== 2)
    throw new MalformedAsn1(`${what} is no integer`);
  return hexOf(block, what);
}

function hexOf(block: asn1.AsnType, what: string): string {
  const content = contentOf(block);
  // X.690 §8.3.2: the shortest form, so that one number has one encoding.
  const isPadded = content.length > 1 && content[0] === 0 && content[1]! < 0x80;
  if (content.length === 0 || content[0]! >= 0x80 || isPadded) throw new MalformedAsn1(`${what} is no plain number`);
  return Buffer.from(content)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
}

/** Content octets of a short primitive value: its head was checked when the whole was read. */
function contentOf(block: asn1.AsnType): Uint8Array {
  const bytes = encoding(block);
  const more = bytes[1]! < 0x80 ? 0 : bytes[1]! & 0x7f;
  return bytes.subarray(2 + more);
}

/** §2.4.2: seconds with or without a fraction, always UTC. */
function readGeneralizedTime(block: asn1.AsnType | undefined): Date {
  if (!(block instanceof asn1.GeneralizedTime)) throw new MalformedAsn1('time of the timestamp is no time');
  const text = Buffer.from(contentOf(block)).toString('latin1');
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text);
  if (match === null) throw new MalformedAsn1('time of the timestamp is no time');
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const iso = `${year!}-${month!}-${day!}T${hour!}:${minute!}:${second!}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso)
    throw new MalformedAsn1('time of the timestamp is no time');
  return date;
}

/** Accuracy ::= SEQUENCE { seconds OPTIONAL, millis [0] OPTIONAL, micros [1] OPTIONAL } */
function readAccuracy(block: asn1.AsnType): number {
  const parts = [...sequence(block, 'accuracy')];
  const number = (part: asn1.AsnType | undefined): number =>
    part === undefined ? 0 : Number.parseInt(hexOf(part, 'accuracy'), 16);
  const seconds = number(parts[0] instanceof asn1.Integer ? parts.shift() : undefined);
  const millis = number(isContext(parts[0], 0) ? parts.shift() : undefined);
  const micros = number(isContext(parts[0], 1) ? parts.shift() : undefined);
  if (parts.length > 0 || !Number.isSafeInteger(seconds)) throw new MalformedAsn1('accuracy cannot be read');
  return seconds * 1000 + millis + Math.ceil(micros / 1000);
}

function requireNoneCritical(extensions: readonly asn1.AsnType[]): void {
  for (const extension of extensions)
    if (sequence(extension, 'extension').some((field) => field instanceof asn1.Boolean && field.valueBlock.value))
      throw new MalformedAsn1('the timestamp has a critical extension that is not known');
}
