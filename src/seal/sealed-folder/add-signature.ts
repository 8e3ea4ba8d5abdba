import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { wholeSeconds } from '../asn1/time.ts';
import type { NewCommitment } from '../signature/commitment.ts';
import { requireValidNow } from '../signer/require-valid-now.ts';
import type { Signer } from '../signer/signer.ts';
import { readBounded } from '../storage/read-bounded.ts';
import { readError } from '../storage/file-error.ts';
import { writeAtomically } from '../storage/write-atomically.ts';
import { furtherSignature, isSignatureFile, sealFiles } from './seal-files.ts';
import type { SealOptions } from './seal-folder.ts';
import { verifiedSignature } from './seal-folder.ts';
import { verifySealedFolder } from './verify-sealed-folder.ts';

export interface AddedSignatureOptions extends SealOptions {
  /** In which role the signer signs, and a comment; both become part of what is signed. */
  readonly commitment?: NewCommitment;
}

/** A signature that was made and not yet written. */
export interface FurtherSignature {
  /** Name of the file in the sealed folder. */
  readonly name: string;
  readonly der: Uint8Array;
}

/**
 * Makes a further signer's signature (a reviewer's) over the same manifest, for a file of its own beside the first. The
 * folder is verified before: nobody puts a name to a seal that does not hold.
 *
 * @throws AssayError `seal-broken`, `signed-already` by the same certificate, `signature-comment-unusable`,
 *   `certificate-not-valid-now`, `file-not-found`, `file-not-readable`, `cancelled`
 */
export async function furtherSignatureFor(
  folder: string,
  signer: Signer,
  options: AddedSignatureOptions,
): Promise<FurtherSignature> {
  const signingTime = wholeSeconds(options.clock());
  requireValidNow(signer, signingTime);
  const manifest = await readBounded(join(folder, sealFiles.manifest), 256 * 1024 * 1024);
  const { checks, signers } = await verifySealedFolder(folder, options);
  const broken = checks.find(({ outcome }) => outcome === 'failed');
  if (broken || typeof manifest === 'string')
    throw new AssayError('seal-broken', { path: folder, subject: broken?.subject ?? sealFiles.manifest });
  const { sha256, name } = signer.certificate;
  if (signers.some(({ fingerprint }) => fingerprint === sha256))
    throw new AssayError('signed-already', { path: folder, name });
  const { commitment } = options;
  const der = await verifiedSignature(manifest, signer, {
    signingTime,
    ...(commitment === undefined ? {} : { commitment }),
  });
  return { name: await nextName(folder), der };
}

/**
 * Adds what {@link furtherSignatureFor} makes to a folder that nobody else keeps account of.
 *
 * @returns the path of the new signature
 * @throws AssayError as {@link furtherSignatureFor}, and `file-not-writable`
 */
export async function addSignature(folder: string, signer: Signer, options: AddedSignatureOptions): Promise<string> {
  const { name, der } = await furtherSignatureFor(folder, signer, options);
  const path = join(folder, name);
  await writeAtomically(path, der);
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
