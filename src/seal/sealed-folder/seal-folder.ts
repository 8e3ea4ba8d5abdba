import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { wholeSeconds } from '../asn1/time.ts';
import { buildManifest } from '../manifest/build-manifest.ts';
import type { ManifestOptions } from '../manifest/manifest.ts';
import { signDetached } from '../signature/sign-detached.ts';
import type { SigningOptions } from '../signature/sign-detached.ts';
import { verifyDetached } from '../signature/verify-detached.ts';
import { requireValidNow } from '../signer/require-valid-now.ts';
import type { Signer } from '../signer/signer.ts';
import { isMissing, readError } from '../storage/file-error.ts';
import { temporaryName, writeAtomically } from '../storage/write-atomically.ts';
import { isOutsideManifest, sealFiles } from './seal-files.ts';

export interface SealOptions extends ManifestOptions {
  readonly clock: () => Date;
}

export interface Seal {
  readonly manifestPath: string;
  readonly signaturePath: string;
  readonly certificatePath: string;
  /** SHA-256 of the manifest's bytes: one number for the whole folder. */
  readonly manifestSha256: string;
  readonly signingTime: Date;
}

/**
 * Seals a folder: writes the signer's certificate, the manifest of everything in the folder (that certificate and
 * HOW-TO-VERIFY.txt included, which the caller has written), and the detached signature over the manifest.
 *
 * The signature comes last and in one step, so a kill at any moment leaves a folder that either has no signature or is
 * sealed whole; sealing again after a kill works. The signature is verified before it is written.
 *
 * @throws AssayError `already-sealed`, `certificate-not-valid-now`, `unsealable-entry`, `file-not-found`,
 *   `file-not-readable`, `file-not-writable`, `cancelled`
 */
export async function sealFolder(folder: string, signer: Signer, options: SealOptions): Promise<Seal> {
  const paths = {
    manifestPath: join(folder, sealFiles.manifest),
    signaturePath: join(folder, sealFiles.signature),
    certificatePath: join(folder, sealFiles.certificate),
  };
  await requireUnsealed(folder, paths.signaturePath);
  const signingTime = wholeSeconds(options.clock());
  requireValidNow(signer, signingTime);
  const chain = [signer.certificate, ...signer.issuers];
  await writeAtomically(paths.certificatePath, chain.map(({ pem }) => pem).join(''));
  const leftover = Object.values(paths).map((path) => basename(temporaryName(path)));
  const exclude = (path: string): boolean =>
    isOutsideManifest(path) || leftover.includes(path) || options.exclude?.(path) === true;
  const manifest = Buffer.from(await buildManifest(folder, { ...options, exclude }), 'utf8');
  await writeAtomically(paths.manifestPath, manifest);
  await writeAtomically(paths.signaturePath, await verifiedSignature(manifest, signer, { signingTime }));
  return { ...paths, manifestSha256: createHash('sha256').update(manifest).digest('hex'), signingTime };
}

async function requireUnsealed(folder: string, signaturePath: string): Promise<void> {
  try {
    await access(signaturePath);
  } catch (error) {
    if (isMissing(error)) return;
    throw readError(error, signaturePath);
  }
  throw new AssayError('already-sealed', { path: folder });
}

/** Signs, and makes sure that what was signed verifies: a seal that fails must not come to light in court. */
export async function verifiedSignature(
  manifest: Uint8Array,
  signer: Signer,
  options: SigningOptions,
): Promise<Uint8Array> {
  const signature = await signDetached(manifest, signer, options);
  const { signers } = verifyDetached(manifest, signature);
  if (signers.length !== 1 || !signers[0]!.valid)
    throw new AssayError('defect', { what: 'a new signature does not verify' });
  return signature;
}
