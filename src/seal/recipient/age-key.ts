import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AssayError } from '../../base/errors.ts';
import { MalformedAsn1 } from '../asn1/der.ts';
import { identityFiles, type Identity } from '../identity/identity.ts';
import { openPrivateKey } from '../identity/open-private-key.ts';
import { decryptKey, encryptKey } from '../key/encrypted-key.ts';
import { systemRandom, type RandomBytes } from '../random.ts';
import { isMissing, readError } from '../storage/file-error.ts';
import { writeAtomically } from '../storage/write-atomically.ts';
import { bech32 } from './bech32.ts';

const generate = promisify(generateKeyPair);

/** An X25519 key that bundles are encrypted to, and the recipient that goes out (docs/adr/0020). */
export interface AgeKey {
  readonly privateKey: KeyObject;
  /** `age1…` */
  readonly recipient: string;
}

/** Makes a new key. The signing key is never used for encryption. */
export async function makeAgeKey(): Promise<AgeKey> {
  const { publicKey, privateKey } = await generate('x25519');
  return { privateKey, recipient: recipientOf(publicKey) };
}

function recipientOf(publicKey: KeyObject): string {
  const { x } = publicKey.export({ format: 'jwk' });
  return bech32('age', Buffer.from(x ?? '', 'base64url'));
}

/**
 * The identity's age secret (`AGE-SECRET-KEY-1…`).
 *
 * @returns undefined for an identity without one
 * @throws AssayError `wrong-passphrase`, `identity-damaged`, `file-not-readable`
 */
export async function openAgeKey({ folder }: Identity, passphrase: string): Promise<string | undefined> {
  const path = join(folder, identityFiles.ageKey);
  const pem = await readOptional(path);
  if (pem === undefined) return undefined;
  const key = await decrypted(folder, pem, passphrase);
  if (key === undefined) throw new AssayError('wrong-passphrase', { path });
  const { d } = key.export({ format: 'jwk' });
  return bech32('age-secret-key-', Buffer.from(d ?? '', 'base64url')).toUpperCase();
}

/**
 * Gives an identity an age key that has none: one that was taken over from a PKCS#12 file, or made by an older Assay.
 * Its certificate stays as it is and does not name the recipient.
 *
 * @returns the recipient, the old one where there was one already
 * @throws AssayError `wrong-passphrase`, `identity-damaged`, `file-not-readable`, `file-not-writable`
 */
export async function ensureAgeKey(
  identity: Identity,
  passphrase: string,
  random: RandomBytes = systemRandom,
): Promise<string> {
  if (identity.ageRecipient !== undefined) return identity.ageRecipient;
  // Under the passphrase that opens the signing key, and no other.
  await openPrivateKey(identity, passphrase);
  const { privateKey, recipient } = await makeAgeKey();
  const { folder } = identity;
  await writeAtomically(join(folder, identityFiles.ageKey), await encryptKey(privateKey, passphrase, random), 0o600);
  await writeAtomically(join(folder, identityFiles.ageRecipient), `${recipient}\n`, 0o600);
  return recipient;
}

/**
 * Protects the age key with another passphrase. One that a kill left under the new passphrase already stays.
 *
 * @throws AssayError `wrong-passphrase`, `identity-damaged`, `file-not-readable`, `file-not-writable`
 */
export async function changeAgePassphrase(
  { folder }: Identity,
  { from, to, random }: { readonly from: string; readonly to: string; readonly random: RandomBytes },
): Promise<void> {
  const path = join(folder, identityFiles.ageKey);
  const pem = await readOptional(path);
  if (pem === undefined) return;
  const key = await decrypted(folder, pem, from);
  if (key !== undefined) await writeAtomically(path, await encryptKey(key, to, random), 0o600);
  else if ((await decrypted(folder, pem, to)) === undefined) throw new AssayError('wrong-passphrase', { path });
}

/** The recipient kept beside an identity; undefined where there is none, or none that can be one. */
export async function readAgeRecipient(folder: string): Promise<string | undefined> {
  const text = (await readOptional(join(folder, identityFiles.ageRecipient)))?.trim();
  return text !== undefined && /^age1[02-9ac-hj-np-z]{58}$/.test(text) ? text : undefined;
}

async function decrypted(folder: string, pem: string, passphrase: string): Promise<KeyObject | undefined> {
  try {
    const key = await decryptKey(pem, passphrase);
    if (key !== undefined && createPublicKey(key).asymmetricKeyType !== 'x25519')
      throw new MalformedAsn1(`${identityFiles.ageKey} holds no X25519 key`);
    return key;
  } catch (error) {
    if (!(error instanceof MalformedAsn1)) throw error;
    throw new AssayError('identity-damaged', { path: folder, reason: error.message }, { cause: error });
  }
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw readError(error, path);
  }
}
