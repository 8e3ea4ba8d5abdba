import { createCipheriv, createDecipheriv, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { MalformedAsn1, readDer, reading, toDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import type { RandomBytes } from '../random.ts';

const deriveKey = promisify(pbkdf2);

/** Iterations that new keys are derived with: OWASP's figure for PBKDF2-HMAC-SHA256, and the design's lower bound. */
export const keyIterations = 600_000;

/** SECURITY: a file that asks for more would keep the machine busy for minutes. */
const mostIterations = 20_000_000;

const saltLength = 16;
const keyLength = 32;
const blockLength = 16;

/** What PBES2 made: its AlgorithmIdentifier and the encrypted bytes. */
export interface Pbes2Encrypted {
  readonly algorithm: asn1.Sequence;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/** PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC: https://www.rfc-editor.org/rfc/rfc8018#section-6.2 */
export async function encryptPbes2(
  plaintext: Uint8Array,
  passphrase: Uint8Array,
  random: RandomBytes,
): Promise<Pbes2Encrypted> {
  const salt = Uint8Array.from(random(saltLength));
  const iv = Uint8Array.from(random(blockLength));
  const key = await deriveKey(passphrase, salt, keyIterations, keyLength, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const ciphertext = Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final()]));
  key.fill(0);
  return { algorithm: algorithmIdentifier(salt, iv), ciphertext };
}

function algorithmIdentifier(salt: Uint8Array<ArrayBuffer>, iv: Uint8Array<ArrayBuffer>): asn1.Sequence {
  const pbkdf2Params = new asn1.Sequence({
    // RFC 8018 appendix A.2: salt, iterationCount, keyLength absent (the cipher fixes it), prf
    value: [
      new asn1.OctetString({ valueHex: salt.buffer }),
      new asn1.Integer({ value: keyIterations }),
      named(oid.hmacWithSha256, new asn1.Null()),
    ],
  });
  // RFC 8018 appendix A.4: keyDerivationFunc, encryptionScheme with its IV
  const pbes2Params = new asn1.Sequence({
    value: [named(oid.pbkdf2, pbkdf2Params), named(oid.aes256Cbc, new asn1.OctetString({ valueHex: iv.buffer }))],
  });
  return named(oid.pbes2, pbes2Params);
}

function named(identifier: string, parameters: asn1.BaseBlock): asn1.Sequence {
  return new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: identifier }), parameters] });
}

const prfDigests: ReadonlyMap<string, string> = new Map([
  [oid.hmacWithSha1, 'sha1'],
  [oid.hmacWithSha256, 'sha256'],
  [oid.hmacWithSha384, 'sha384'],
  [oid.hmacWithSha512, 'sha512'],
]);

const ciphers: ReadonlyMap<string, { name: string; keyLength: number }> = new Map([
  [oid.aes128Cbc, { name: 'aes-128-cbc', keyLength: 16 }],
  [oid.aes192Cbc, { name: 'aes-192-cbc', keyLength: 24 }],
  [oid.aes256Cbc, { name: 'aes-256-cbc', keyLength: 32 }],
]);

/**
 * Decrypts what PBES2 with PBKDF2 and AES-CBC encrypted.
 *
 * @returns the bytes, or undefined when the padding shows that the passphrase is another one. A wrong passphrase
 *   passes this by chance once in 256, so the caller must check what the bytes are.
 * @throws MalformedAsn1 for parameters that are none or that we do not take
 */
export async function decryptPbes2(
  algorithm: pkijs.AlgorithmIdentifier,
  ciphertext: Uint8Array,
  passphrase: Uint8Array,
): Promise<Buffer | undefined> {
  const { salt, iterations, digest, cipher, iv } = reading('PBES2', () => readParameters(algorithm));
  const key = await deriveKey(passphrase, salt, iterations, cipher.keyLength, digest);
  try {
    const decipher = createDecipheriv(cipher.name, key, iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
}

function readParameters(algorithm: pkijs.AlgorithmIdentifier) {
  if (algorithm.algorithmId !== oid.pbes2)
    throw new MalformedAsn1(`encrypted with ${algorithm.algorithmId}, not PBES2`);
  const parameters = new pkijs.PBES2Params({ schema: algorithm.algorithmParams });
  if (parameters.keyDerivationFunc.algorithmId !== oid.pbkdf2) throw new MalformedAsn1('key not derived by PBKDF2');
  const derivation = new pkijs.PBKDF2Params({ schema: parameters.keyDerivationFunc.algorithmParams });
  // RFC 8018 appendix A.2: HMAC with SHA-1 is the default of prf
  const digest = prfDigests.get(derivation.prf?.algorithmId ?? oid.hmacWithSha1);
  const cipher = ciphers.get(parameters.encryptionScheme.algorithmId);
  const iv: unknown = parameters.encryptionScheme.algorithmParams;
  const iterations = derivation.iterationCount;
  if (digest === undefined || cipher === undefined) throw new MalformedAsn1('PBES2 with an algorithm we do not take');
  if (!(iv instanceof asn1.OctetString) || !(derivation.salt instanceof asn1.OctetString))
    throw new MalformedAsn1('PBES2 without salt or initialisation vector');
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > mostIterations)
    throw new MalformedAsn1(`PBKDF2 with ${iterations} iterations`);
  return {
    salt: Uint8Array.from(derivation.salt.valueBlock.valueHexView),
    iterations,
    digest,
    cipher,
    iv: Uint8Array.from(iv.valueBlock.valueHexView),
  };
}

/** The DER of `EncryptedPrivateKeyInfo`: https://www.rfc-editor.org/rfc/rfc5958#section-3 */
export function encryptedPrivateKeyInfo({ algorithm, ciphertext }: Pbes2Encrypted): Uint8Array {
  return toDer(new asn1.Sequence({ value: [algorithm, new asn1.OctetString({ valueHex: ciphertext.buffer })] }));
}

/** Reads an `EncryptedPrivateKeyInfo`. Throws MalformedAsn1 or what pkijs throws. */
export function readEncryptedPrivateKeyInfo(der: Uint8Array): {
  algorithm: pkijs.AlgorithmIdentifier;
  ciphertext: Uint8Array;
} {
  const bag = new pkijs.PKCS8ShroudedKeyBag({ schema: readDer(der) });
  return { algorithm: bag.encryptionAlgorithm, ciphertext: bag.encryptedData.valueBlock.valueHexView };
}
