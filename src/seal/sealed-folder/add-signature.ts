import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { wholeSeconds } from '../asn1/time.ts';
import { requireValidNow } from '../signer/require-valid-now.ts';
import type { Signer } from '../signer/signer.ts';
import { readError } from '../storage/file-error.ts';
import { writeAtomically } from '../storage/write-atomically.ts';
import { furtherSignature, isSignatureFile, sealFiles } from './seal-files.ts';
import type { SealOptions } from './seal-folder.ts';
import { verifiedSignature } from './seal-folder.ts';
import { verifySealedFolder } from './verify-sealed-folder.ts';
import { readBounded } from '../storage/read-bounded.ts';

/**
 * Adds a further signer's signature (a reviewer's) over the same manifest, in a file of its own beside the first. The
 * folder is verified before: nobody puts a name to a seal that does not hold.
 *
 * @returns the path of the new signature
 * @throws AssayError `seal-broken`, `certificate-not-valid-now`, `file-not-found`, `file-not-readable`,
 *   `file-not-writable`, `cancelled`
 */
export async function addSignature(folder: string, signer: Signer, options: SealOptions): Promise<string> {
  const signingTime = wholeSeconds(options.clock());
  requireValidNow(signer, signingTime);
  const manifest = await readBounded(join(folder, sealFiles.manifest), 256 * 1024 * 1024);
  const { checks } = await verifySealedFolder(folder, options);
  const broken = checks.find(({ outcome }) => outcome === 'failed');
  if (broken || typeof manifest === 'string')
    throw new AssayError('seal-broken', { path: folder, subject: broken?.subject ?? sealFiles.manifest });
  const path = join(folder, await nextName(folder));
  await writeAtomically(path, await verifiedSignature(manifest, signer, signingTime));
  return path;
}

async function nextName(folder: string): Promise<string> {
  try {
    const taken = (await readdir(folder)).filter(isSignatureFile);
    for (let number = 2; ; number += 1) if (!taken.includes(furtherSignature(number))) return furtherSignature(number);
  } catch (error) {
    throw readError(error, folder);
  }
}
