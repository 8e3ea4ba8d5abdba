import { createDecipheriv } from 'node:crypto';
import * as asn1 from 'asn1js';
import type * as pkijs from 'pkijs';
import { MalformedAsn1 } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { sequence } from '../asn1/read-der.ts';
import { passphraseBytes } from '../key/passphrase.ts';
import { decryptPbes2 } from '../key/pbes2.ts';
import { bmpPassphrase, derivePkcs12Key, purpose } from './key-derivation.ts';

/** SECURITY: the derivation of PKCS#12 runs on the main thread; a file that asks for more would stop everything. */
export const mostIterations = 2_000_000;

/**
 * Decrypts one part of a PKCS#12 file: PBES2, or the triple DES that Windows wrote for years (RFC 7292 appendix C).
 *
 * @returns undefined when the passphrase is not the right one
 * @throws MalformedAsn1 for other algorithms, the 40-bit RC2 of old files among them
 */
export async function decryptContent(
  algorithm: pkijs.AlgorithmIdentifier,
  ciphertext: Uint8Array,
  passphrase: string,
): Promise<Buffer | undefined> {
  if (algorithm.algorithmId !== oid.pbeWithSha1And3KeyTripleDes)
    return decryptPbes2(algorithm, ciphertext, passphraseBytes(passphrase));
  const { salt, iterations } = readPkcs12Parameters(algorithm.algorithmParams as asn1.AsnType | undefined);
  const secret = bmpPassphrase(passphrase);
  const key = derivePkcs12Key('sha1', secret, salt, iterations, purpose.encryption, 24);
  const iv = derivePkcs12Key('sha1', secret, salt, iterations, purpose.initialisationVector, 8);
  try {
    const decipher = createDecipheriv('des-ede3-cbc', key, iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER } */
function readPkcs12Parameters(block: asn1.AsnType | undefined): { salt: Uint8Array; iterations: number } {
  const [salt, iterations] = sequence(block, 'PKCS#12 encryption parameters');
  return { salt: joinedOctets(salt, 'salt'), iterations: readIterations(iterations) };
}

export function readIterations(block: asn1.AsnType | undefined): number {
  const iterations = block instanceof asn1.Integer ? block.valueBlock.valueDec : 0;
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > mostIterations)
    throw new MalformedAsn1(`${iterations} iterations`);
  return iterations;
}

/** The octets of an OCTET STRING that may come in pieces, as BER allows. */
export function joinedOctets(block: asn1.AsnType | undefined, what: string): Uint8Array {
  if (!(block instanceof asn1.OctetString)) throw new MalformedAsn1(`${what} is no octet string`);
  return new Uint8Array(block.getValue());
}
