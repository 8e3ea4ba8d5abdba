import { keySigner } from '../signer/key-signer.ts';
import type { Signer } from '../signer/signer.ts';
import type { Identity } from './identity.ts';
import { openPrivateKey } from './open-private-key.ts';

/**
 * Opens an identity's private key. Deriving the key from the passphrase takes a few tenths of a second on purpose.
 *
 * @throws AssayError `wrong-passphrase`, `identity-damaged`, `file-not-readable`
 */
export async function unlockIdentity(identity: Identity, passphrase: string): Promise<Signer> {
  return keySigner(identity.certificate, identity.issuers, await openPrivateKey(identity, passphrase));
}
