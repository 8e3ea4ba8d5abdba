import * as asn1 from 'asn1js';
import { toDer } from './der.ts';

/** Identifier octets of X.690 §8.1.2 for what we wrap other encodings in. */
export const tag = { sequence: 0x30, set: 0x31, context0: 0xa0, context1: 0xa1, octetString: 0x04 } as const;

/**
 * Wraps encodings that are there already, byte for byte: a certificate must go into a signature as it was issued, and
 * encoding it again could change it.
 */
export function wrap(identifier: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return new Uint8Array(Buffer.concat([Buffer.of(identifier, ...lengthOctets(length)), ...parts]));
}

/** SET OF in DER: the encodings in ascending order (X.690 §11.6). */
export function wrapSetOf(identifier: number, parts: readonly Uint8Array[]): Uint8Array {
  return wrap(identifier, ...[...parts].sort((a, b) => Buffer.compare(a, b)));
}

export function objectIdentifier(value: string): Uint8Array {
  return toDer(new asn1.ObjectIdentifier({ value }));
}

export function smallInteger(value: number): Uint8Array {
  return toDer(new asn1.Integer({ value }));
}

/** Definite, shortest form: X.690 §10.1. */
function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}
