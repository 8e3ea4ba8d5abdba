import { AssayError, isAssayError } from '../../base/errors.ts';
import { practiceName } from '../certificate/practice-marker.ts';
import { systemRandom } from '../random.ts';
import type { RandomBytes } from '../random.ts';
import type { Signer } from '../signer/signer.ts';
import { makeIdentity } from './create-identity.ts';
import { readKeptPassphrase } from './identity-folder.ts';
import type { Identity } from './identity.ts';
import { loadIdentity } from './load-identity.ts';
import { unlockIdentity } from './unlock-identity.ts';

export interface NewPracticeIdentity {
  readonly folder: string;
  readonly clock: () => Date;
  readonly random?: RandomBytes;
}

/**
 * Makes an identity that needs no person: its passphrase is random and lies beside the key (0600). The certificate
 * itself says that it is one; whoever can read the folder can sign with it.
 *
 * @throws AssayError `identity-exists`, `file-not-writable`
 */
export async function createPracticeIdentity(wanted: NewPracticeIdentity): Promise<Identity> {
  const passphrase = Buffer.from((wanted.random ?? systemRandom)(24)).toString('base64url');
  return makeIdentity({ ...wanted, name: practiceName, passphrase, practice: true }, true);
}

/**
 * The practice identity of a folder; one is made where there is none. Several processes may ask at the same time: all
 * get the same one.
 *
 * @throws AssayError `identity-damaged`, `file-not-readable`, `file-not-writable`; `identity-exists` when a
 *   person's identity lies there
 */
export async function ensurePracticeIdentity(wanted: NewPracticeIdentity): Promise<Identity> {
  const identity = (await loadIdentity(wanted.folder)) ?? (await createOrLoad(wanted));
  if (!identity.practice) throw new AssayError('identity-exists', { path: wanted.folder });
  return identity;
}

async function createOrLoad(wanted: NewPracticeIdentity): Promise<Identity> {
  try {
    return await createPracticeIdentity(wanted);
  } catch (error) {
    const made = isAssayError(error, 'identity-exists') ? await loadIdentity(wanted.folder) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}

/**
 * Opens a practice identity with the passphrase kept beside it.
 *
 * @throws AssayError `identity-damaged`, `wrong-passphrase`, `file-not-readable`
 */
export async function unlockPracticeIdentity(identity: Identity): Promise<Signer> {
  return unlockIdentity(identity, await readKeptPassphrase(identity.folder));
}
