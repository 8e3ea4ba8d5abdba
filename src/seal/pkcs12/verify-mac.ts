import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as asn1 from 'asn1js';
import { MalformedAsn1 } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { plainAlgorithm, sequence } from '../asn1/read-der.ts';
import { joinedOctets, readIterations } from './encrypted-content.ts';
import { bmpPassphrase, derivePkcs12Key, purpose } from './key-derivation.ts';
import type { Pkcs12Digest } from './key-derivation.ts';

const digests: ReadonlyMap<string, { name: Pkcs12Digest; bytes: number }> = new Map([
  [oid.sha1, { name: 'sha1', bytes: 20 }],
  [oid.sha256, { name: 'sha256', bytes: 32 }],
  [oid.sha384, { name: 'sha384', bytes: 48 }],
  [oid.sha512, { name: 'sha512', bytes: 64 }],
]);

/**
 * Whether the passphrase is the one that the file was protected with:
 * MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 } (RFC 7292 §4).
 *
 * @throws MalformedAsn1 also for PBMAC1 (RFC 9579), which no widespread program writes by default
 */
export function verifyMac(macData: asn1.AsnType, content: Uint8Array, passphrase: string): boolean {
  const [digestInfo, macSalt, iterations] = sequence(macData, 'MacData');
  const [algorithm, expected] = sequence(digestInfo, 'mac');
  const digest = digests.get(plainAlgorithm(algorithm, 'mac algorithm'));
  if (digest === undefined) throw new MalformedAsn1('protected with a digest that we do not take');
  const rounds = iterations === undefined ? 1 : readIterations(iterations);
  const salt = joinedOctets(macSalt, 'mac salt');
  const key = derivePkcs12Key(digest.name, bmpPassphrase(passphrase), salt, rounds, purpose.mac, digest.bytes);
  const actual = createHmac(digest.name, key).update(content).digest();
  const stated = joinedOctets(expected, 'mac');
  return stated.length === actual.length && timingSafeEqual(actual, stated);
}
