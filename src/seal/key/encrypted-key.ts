import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { MalformedAsn1, reading } from '../asn1/der.ts';
import { readPem, writePem } from '../certificate/pem.ts';
import type { RandomBytes } from '../random.ts';
import { passphraseBytes } from './passphrase.ts';
import { decryptPbes2, encryptedPrivateKeyInfo, encryptPbes2, readEncryptedPrivateKeyInfo } from './pbes2.ts';

/** A private key as PKCS#8, encrypted with PBES2: the text of `private-key.pem`. `openssl pkcs8` and `openssl pkey` read it. */
export async function encryptKey(key: KeyObject, passphrase: string, random: RandomBytes): Promise<string> {
  const plaintext = key.export({ type: 'pkcs8', format: 'der' });
  const encrypted = await encryptPbes2(plaintext, passphraseBytes(passphrase), random);
  plaintext.fill(0);
  return writePem('ENCRYPTED PRIVATE KEY', encryptedPrivateKeyInfo(encrypted));
}

/**
 * Opens what {@link encryptKey} wrote, or what `openssl pkcs8 -topk8 -v2 aes256` writes.
 *
 * @returns undefined when the passphrase is not the right one
 * @throws MalformedAsn1 when the text holds no key that we can open
 */
export async function decryptKey(pem: string, passphrase: string): Promise<KeyObject | undefined> {
  const der = readPem('ENCRYPTED PRIVATE KEY', pem)[0];
  if (der === undefined) throw new MalformedAsn1('no encrypted private key in the text');
  const { algorithm, ciphertext } = reading('encrypted private key', () => readEncryptedPrivateKeyInfo(der));
  const plaintext = await decryptPbes2(algorithm, ciphertext, passphraseBytes(passphrase));
  if (plaintext === undefined) return undefined;
  try {
    return createPrivateKey({ key: plaintext, format: 'der', type: 'pkcs8' });
  } catch {
    // Padding that fits by chance (one wrong passphrase in 256) leaves bytes that are no key.
    return undefined;
  } finally {
    plaintext.fill(0);
  }
}
