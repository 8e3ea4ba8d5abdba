import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { encryptKey } from '../key/encrypted-key.ts';
import { requireLongEnough } from '../key/passphrase.ts';
import { systemRandom } from '../random.ts';
import type { RandomBytes } from '../random.ts';
import { writeAtomically } from '../storage/write-atomically.ts';
import { identityFiles } from './identity.ts';
import type { Identity } from './identity.ts';
import { changeAgePassphrase } from '../recipient/age-key.ts';
import { openPrivateKey } from './open-private-key.ts';

/**
 * Protects an identity's key with another passphrase. The certificate and its fingerprint stay as they are. A kill
 * leaves the key under the old passphrase or under the new one.
 *
 * @throws AssayError `wrong-passphrase`, `passphrase-too-short`, `wrong-use` for a practice identity,
 *   `identity-damaged`, `file-not-readable`, `file-not-writable`
 */
export async function changePassphrase(
  identity: Identity,
  { from, to, random = systemRandom }: { readonly from: string; readonly to: string; readonly random?: RandomBytes },
): Promise<void> {
  if (identity.practice)
    throw new AssayError('wrong-use', {
      what: 'A practice identity keeps its own passphrase. Make an identity of your own.',
    });
  requireLongEnough(to);
  const key = await openPrivateKey(identity, from);
  await changeAgePassphrase(identity, { from, to, random });
  await writeAtomically(join(identity.folder, identityFiles.privateKey), await encryptKey(key, to, random), 0o600);
}
