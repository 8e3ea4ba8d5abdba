import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { isMissing, isOccupied, readError, writeError } from '../storage/file-error.ts';
import { flushFolder, writeAtomically } from '../storage/write-atomically.ts';
import { identityFiles } from './identity.ts';

/** What is written when an identity is made. */
export interface IdentityContent {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly ageKeyPem: string;
  readonly ageRecipient: string;
  /** Of a practice identity only. */
  readonly passphrase?: string;
}

/**
 * Puts a new identity in place in one step: all files are written to a neighbour folder that is then renamed, so that
 * two processes that make one at the same time end with one whole identity, and a kill leaves none or a whole one.
 *
 * Folder 0700, files 0600.
 *
 * @throws AssayError `identity-exists`, `file-not-writable`
 */
export async function placeIdentity(folder: string, content: IdentityContent): Promise<void> {
  const target = resolve(folder);
  await requireNoIdentity(folder);
  const neighbour = `${target}.new-${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await mkdir(neighbour, { mode: 0o700 });
    await writeAtomically(join(neighbour, identityFiles.privateKey), content.privateKeyPem, 0o600);
    await writeAtomically(join(neighbour, identityFiles.ageKey), content.ageKeyPem, 0o600);
    await writeAtomically(join(neighbour, identityFiles.ageRecipient), `${content.ageRecipient}\n`, 0o600);
    if (content.passphrase !== undefined)
      await writeAtomically(join(neighbour, identityFiles.passphrase), `${content.passphrase}\n`, 0o600);
    await writeAtomically(join(neighbour, identityFiles.certificate), content.certificatePem, 0o600);
    // An empty folder at that place is no identity. One that holds anything is not taken away.
    await rmdir(target).catch((error: unknown) => {
      if (!isMissing(error) && !isOccupied(error)) throw error;
    });
    await rename(neighbour, target);
    await flushFolder(dirname(target));
  } catch (error) {
    await rm(neighbour, { recursive: true, force: true }).catch(() => undefined);
    if (isOccupied(error)) await requireNoIdentity(folder);
    throw writeError(error, folder);
  }
}

async function requireNoIdentity(folder: string): Promise<void> {
  const path = join(folder, identityFiles.certificate);
  try {
    await stat(path);
  } catch (error) {
    if (isMissing(error)) return;
    throw readError(error, path);
  }
  throw new AssayError('identity-exists', { path: folder });
}

/** Reads the encrypted private key. Throws AssayError `identity-damaged` when it is gone, `file-not-readable`. */
export async function readPrivateKeyPem(folder: string): Promise<string> {
  return readIdentityFile(folder, identityFiles.privateKey);
}

/** Reads the passphrase kept beside a practice identity. Throws as {@link readPrivateKeyPem}. */
export async function readKeptPassphrase(folder: string): Promise<string> {
  return (await readIdentityFile(folder, identityFiles.passphrase)).trim();
}

async function readIdentityFile(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw readError(error, path);
    throw new AssayError('identity-damaged', { path: folder, reason: `${name} is missing` }, { cause: error });
  }
}
