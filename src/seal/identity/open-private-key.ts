import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { MalformedAsn1 } from '../asn1/der.ts';
import { decryptKey } from '../key/encrypted-key.ts';
import { readPrivateKeyPem } from './identity-folder.ts';
import { identityFiles } from './identity.ts';
import type { Identity } from './identity.ts';

/**
 * The private key itself, checked to be the one that the certificate speaks of.
 *
 * @throws AssayError `wrong-passphrase`, `identity-damaged`, `file-not-readable`
 */
export async function openPrivateKey(identity: Identity, passphrase: string): Promise<KeyObject> {
  const { folder, certificate } = identity;
  const key = await decrypt(folder, await readPrivateKeyPem(folder), passphrase);
  if (key === undefined) throw new AssayError('wrong-passphrase', { path: join(folder, identityFiles.privateKey) });
  if (!createPublicKey(key).equals(certificate.publicKey))
    throw new AssayError('identity-damaged', {
      path: folder,
      reason: 'the private key belongs to another certificate',
    });
  return key;
}

async function decrypt(folder: string, pem: string, passphrase: string): Promise<KeyObject | undefined> {
  try {
    return await decryptKey(pem, passphrase);
  } catch (error) {
    if (!(error instanceof MalformedAsn1)) throw error;
    throw new AssayError('identity-damaged', { path: folder, reason: error.message }, { cause: error });
  }
}
